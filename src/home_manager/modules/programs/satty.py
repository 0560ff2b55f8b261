from home_manager.authoring import *


class Satty(Program):
    """Satty, which draws on screenshots"""

    platforms = ("linux",)

    package = Package("satty", nullable=True)
    settings = Settings(
        formats.toml,
        file="satty/config.toml",
        example={"general": {"fullscreen": True, "initial-tool": "brush"}, "color-palette": {"palette": ["#00ffff"]}},
        doc="The settings, see <https://github.com/gabm/Satty#configuration-file>.",
    )
