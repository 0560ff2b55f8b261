from home_manager.authoring import *


class Swappy(Program):
    """swappy"""

    platforms = ("linux",)

    package = Package("swappy", nullable=True)
    settings = Settings(
        formats.ini,
        file="swappy/config",
        example={"Default": {"save_dir": "$HOME/Desktop", "show_panel": False, "line_size": 5}},
        doc="The settings, see <https://github.com/jtheoof/swappy?tab=readme-ov-file#config>.",
    )
