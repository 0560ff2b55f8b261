"""`programs.ion`."""

from __future__ import annotations

from home_manager.authoring import Package, Program, config_file, formats, option, t


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
