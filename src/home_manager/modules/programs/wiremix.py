from home_manager.authoring import *


class Wiremix(Program):
    """wiremix, a mixer for PipeWire in the terminal"""

    platforms = ("linux",)
    package = Package("wiremix", nullable=True)
    settings = Settings(
        formats.toml,
        file="wiremix/wiremix.toml",
        example={"mouse": False, "peaks": "auto", "theme": "default", "max_volume_percent": 100.0},
        doc="Settings of wiremix, see <https://github.com/tsowell/wiremix#configuration>.",
    )
