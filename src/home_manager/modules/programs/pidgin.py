from home_manager.authoring import *


class Pidgin(Program):
    """Pidgin messaging client"""

    package = Package("pidgin", install=False)
    plugins = option(
        t.unspecified,
        default=[],
        example=literal("[ pkgs.pidgin-otr pkgs.pidgin-osd ]"),
        doc="Packages of plugins.",
    )

    @defines("home.packages")
    def installed(self):
        return [self._made(self.package["override"], {"plugins": self.plugins})]
