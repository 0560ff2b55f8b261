"""What `uninstall` does: a configuration in which nothing is left."""

from home_manager.authoring import *


class Uninstall(Module):
    """Removal of everything"""

    namespace = ""

    @defines("home.packages", when=lambda self: self["uninstall"])
    def packages(self):
        return force([])

    @defines("home.file", when=lambda self: self["uninstall"])
    def files(self):
        return force({})

    @defines("home.stateVersion", when=lambda self: self["uninstall"])
    def version(self):
        return force("26.05")

    @defines("home.enableNixpkgsReleaseCheck", when=lambda self: self["uninstall"])
    def releases(self):
        return force(False)

    @defines("manual.manpages.enable", when=lambda self: self["uninstall"])
    def manual(self):
        return force(False)

    @defines("news.display", when=lambda self: self["uninstall"])
    def news(self):
        return force("silent")
