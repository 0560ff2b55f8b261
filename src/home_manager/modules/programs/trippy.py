from home_manager.authoring import *


class Trippy(Program):
    """Trippy, which shows the way of packets"""

    package = Package("trippy", nullable=True)
    settings = Settings(
        formats.toml,
        file="trippy/trippy.toml",
        example={
            "theme-colors": {
                "bg-color": "black",
                "border-color": "gray",
                "text-color": "gray",
                "tab-text-color": "green",
            },
            "bindings": {
                "toggle-help": "h",
                "toggle-help-alt": "?",
                "toggle-settings": "s",
                "toggle-settings-tui": "1",
                "toggle-settings-trace": "2",
                "toggle-settings-dns": "3",
                "toggle-settings-geoip": "4",
            },
        },
        doc="The settings; see <https://trippy.rs/reference/configuration/>.",
    )
    forceUserConfig = option(
        t.bool,
        default=True,
        example=False,
        doc="Whether an alias of the shells gives trip this file, which it then also reads under sudo.",
    )

    @defines("home.shellAliases", when=forceUserConfig)
    def alias(self):
        return {"trip": f"trip -c {self['xdg.configHome']}/trippy/trippy.toml"}
