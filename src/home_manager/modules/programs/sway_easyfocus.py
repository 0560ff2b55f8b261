from home_manager.authoring import *


class SwayEasyfocus(Program):
    """sway-easyfocus"""

    package = Package("sway-easyfocus", nullable=True)
    settings = Settings(
        formats.yaml,
        file="sway-easyfocus/config.yaml",
        default={},
        example={"chars": "fjghdkslaemuvitywoqpcbnxz", "window_background_opacity": 0.2, "font_weight": "bold"},
        doc="The settings, see <https://github.com/edzdez/sway-easyfocus?tab=readme-ov-file#config-file>.",
    )
