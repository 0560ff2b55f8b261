from home_manager.authoring import *


class Ripgrep(Program):
    """ripgrep, which searches directories for patterns"""

    package = Package("ripgrep", nullable=True)
    arguments = option(
        t.list_of(t.str),
        default=[],
        example=["--max-columns-preview", "--colors=line:style:bold"],
        doc="Arguments of every run of ripgrep, each as it is, see "
        "<https://github.com/BurntSushi/ripgrep/blob/master/GUIDE.md#configuration-file>.",
    )

    def _path(self) -> str:
        return f"{self['xdg.configHome']}/ripgrep/ripgreprc"

    variables = Variables(RIPGREP_CONFIG_PATH=lambda self: self._path(), when=arguments)

    @config_file(lambda self: self._path(), below="home.file", when=arguments)
    def file(self) -> str:
        return "".join(f"{argument}\n" for argument in self.arguments)
