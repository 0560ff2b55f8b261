from home_manager.authoring import *


class Micro(Program):
    """micro, a text editor for the terminal"""

    package = Package("micro", nullable=True)
    settings = Settings(
        formats.json,
        file="micro/settings.json",
        when=True,
        example={"autosu": False, "cursorline": False},
        doc="The settings of micro, see <https://github.com/zyedidia/micro/blob/master/runtime/help/options.md>.",
    )
