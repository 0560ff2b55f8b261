from home_manager.authoring import *


class Npm(Program):
    """npm, and its configuration"""

    package = Package("nodejs", nullable=True, example="nodejs_24")
    settings = option(
        t.attrs_of(t.ini_atom(duplicates=True)),
        default={"prefix": "${HOME}/.npm"},
        example=literal(
            "{\n"
            "  color = true;\n"
            "  include = [\n"
            '    "dev"\n'
            '    "prod"\n'
            "  ];\n"
            '  init-license = "MIT";\n'
            '  prefix = "${HOME}/.npm";\n'
            "}\n"
        ),
        doc="What the file `npmrc` of the user holds, see <https://docs.npmjs.com/cli/using-npm/config>.",
    )
    variables = Variables(
        NPM_CONFIG_USERCONFIG=lambda self: f"{self['home.homeDirectory']}/{self._target()}", when=settings
    )

    def _target(self):
        folder = self["xdg.configHome"] if self["home.preferXdgDirectories"] else None
        return f"{folder.removeprefix(self['home.homeDirectory'] + '/')}/npm/npmrc" if folder else ".npmrc"

    @defines("home.file", when=settings)
    def file(self):
        lists = {f"{name}[]": value for name, value in self.settings.items() if isinstance(value, list)}
        single = {name: value for name, value in self.settings.items() if not isinstance(value, list)}
        return {self._target(): {"text": FORMAT.render({**single, **lists})}}


FORMAT = formats.keyvalue(duplicates=True)
