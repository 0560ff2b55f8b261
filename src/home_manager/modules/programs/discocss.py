from home_manager.authoring import *


class Discocss(Program):
    """discocss, a tiny Discord CSS injector for Linux and MacOS"""

    package = Package("discocss", nullable=True, install=False)
    discordPackage = Package("discord", nullable=True, install=False)
    discordAlias = option(t.bool, default=True, doc="Whether discocss can be started as `discord`.")
    css = option(t.str, default="", doc="The style sheet.")

    @check
    def one_discord(self):
        names = [package["name"] for package in self["home.packages"]] if self.discordAlias else []
        if self.discordPackage is not None and self.discordPackage["name"] in names:
            yield (
                "To use discocss with discordAlias you have to remove discord from home.packages, or set discordAlias to "
                "false."
            )

    @defines("home.packages", when=package)
    def installed(self):
        discord = {} if self.discordPackage is None else {"discord": self.discordPackage}
        return [self._made(self.package["override"], {"discordAlias": self.discordAlias, **discord})]

    @config_file("discocss/custom.css", when=css)
    def style(self):
        return self.css
