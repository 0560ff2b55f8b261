from home_manager.authoring import *


class Ion(Program):
    """the Ion shell, which runs on Redox and Linux"""

    package = Package("ion")
    initExtra = option(t.lines, default="", doc="Further lines of `initrc`, which Ion runs when it starts.")
    shellAliases = option(
        t.attrs_of(t.str), default={}, example={"g": "git"}, doc="Aliases and the commands they stand for."
    )

    @config_file("ion/initrc")
    def start(self) -> str:
        aliases = [
            f"alias {name} = {formats.shell.quote(command)}" for name, command in sorted(self.shellAliases.items())
        ]
        return "# Aliases\n" + "\n".join(aliases) + f"\n\n{self.initExtra}\n"
