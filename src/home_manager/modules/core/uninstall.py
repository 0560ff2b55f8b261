"""What `uninstall` does: a configuration in which nothing is left."""

from __future__ import annotations

from typing import Any

from home_manager.authoring import Module, defines, force


class Uninstall(Module):
    """Removal of everything"""

    namespace = ""

    @defines("home.packages", when=lambda self: self["uninstall"])
    def packages(self) -> Any:
        return force([])

    @defines("home.file", when=lambda self: self["uninstall"])
    def files(self) -> Any:
        return force({})

    @defines("home.stateVersion", when=lambda self: self["uninstall"])
    def version(self) -> Any:
        return force("26.05")

    @defines("home.enableNixpkgsReleaseCheck", when=lambda self: self["uninstall"])
    def releases(self) -> Any:
        return force(False)

    @defines("manual.manpages.enable", when=lambda self: self["uninstall"])
    def manual(self) -> Any:
        return force(False)

    @defines("news.display", when=lambda self: self["uninstall"])
    def news(self) -> Any:
        return force("silent")
