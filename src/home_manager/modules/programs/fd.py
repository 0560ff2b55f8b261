from typing import Any

from home_manager.authoring import *


class Fd(Program):
    """fd, a fast and simple `find`"""

    ignores = option(
        t.list_of(t.str), default=[], example=[".git/", "*.bak"], doc="Patterns of what fd leaves out everywhere."
    )
    hidden = option(t.bool, default=False, doc="Whether hidden files and directories are searched, too.")
    extraOptions = option(
        t.list_of(t.str),
        default=[],
        example=["--no-ignore", "--absolute-path"],
        doc="Further arguments of every run of fd.",
    )
    package = Package("fd", nullable=True)

    @config_file("fd/ignore", when=ignores)
    def ignored(self) -> str:
        return "".join(f"{pattern}\n" for pattern in self.ignores)

    def _alias(self) -> dict[str, Any]:
        arguments = [*(["--hidden"] if self.hidden else []), *self.extraOptions]
        return {"fd": f"fd {formats.shell.quote_all(arguments)}"} if arguments else {}

    aliases = tuple(
        defines(f"programs.{shell}.shellAliases")(lambda self: self._alias())
        for shell in ("bash", "zsh", "fish", "ion", "nushell")
    )
