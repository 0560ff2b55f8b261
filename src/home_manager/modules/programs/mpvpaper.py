from home_manager.authoring import *


def programs(file, what):
    return ExtraText(
        file=f"mpvpaper/{file}", example="firefox\nsteam\nobs\n", doc=f"Programs while which mpvpaper {what}."
    )


class Mpvpaper(Program):
    """mpvpaper"""

    platforms = ("linux",)

    package = Package("mpvpaper", nullable=True)
    pauseList = programs("pauselist", "pauses")
    stopList = programs("stoplist", "stops")
