from home_manager.authoring import *


class I3barRiver(Program):
    """i3bar-river"""

    package = Package("i3bar-river", nullable=True)
    settings = Settings(
        formats.toml,
        file="i3bar-river/config.toml",
        example={"background": "#282828ff", "font": "monospace 10", "height": 24, "wm.river": {"max_tag": 0}},
        doc="The settings, see <https://github.com/MaxVerevkin/i3bar-river?tab=readme-ov-file#configuration>.",
    )
