from home_manager.authoring import *

SCALARS = t.attrs_of(t.one_of(t.bool, t.int, t.str))


class Papers(Options):
    """A library of papis"""

    name = option(
        t.str, default=lambda self: self._name, default_text='"‹name›"', read_only=True, doc="The name of the library."
    )
    isDefault = option(
        t.bool, default=False, example=True, doc="Whether papis uses this library unless told otherwise."
    )
    settings = option(SCALARS, default={}, example={"dir": "~/papers/"}, doc="The settings of the library.")


class Papis(Program):
    """papis, which manages documents and bibliographies"""

    package = Package("papis", nullable=True)
    settings = option(
        SCALARS,
        default={},
        example=literal('{\n  editor = "nvim";\n  file-browser = "ranger"\n  add-edit = true;\n}\n'),
        doc="The settings of papis, see <https://papis.readthedocs.io/en/latest/configuration.html>.",
    )
    libraries = option(
        t.attrs_of(t.submodule(Papers)), default={}, doc="Libraries by name, of which one is the default."
    )

    def _defaults(self):
        return [library.name for library in self.libraries.values() if library.isDefault]

    @check
    def one_default(self):
        if self.libraries and len(self._defaults()) != 1:
            yield (
                "One of `programs.papis.libraries` must have `isDefault = true`, and only one; "
                f"these have: {', '.join(self._defaults()) or 'none'}."
            )

    @config_file("papis/config")
    def file(self):
        sections = {name: library.settings for name, library in self.libraries.items()}
        chosen = {"default-library": self._defaults()[0]} if self._defaults() else {}
        return formats.ini.render({**sections, "settings": {**self.settings, **chosen}})
