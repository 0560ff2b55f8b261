from home_manager.authoring import *


class Hyfetch(Program):
    """HyFetch, a display of system information with pride flags"""

    package = Package("hyfetch")
    settings = Settings(
        formats.json,
        file="hyfetch.json",
        example={"color_align": {"mode": "horizontal"}, "mode": "rgb", "preset": "rainbow"},
        doc="Settings of hyfetch.",
    )
