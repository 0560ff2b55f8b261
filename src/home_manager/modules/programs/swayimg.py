from home_manager.authoring import *

EXAMPLE = """\
swayimg.text.set_size(32)
swayimg.viewer.set_default_scale("fill")
"""


class Swayimg(Program):
    """swayimg"""

    platforms = ("linux",)

    package = Package("swayimg")
    initLua = ExtraText(
        file="swayimg/init.lua",
        type=t.null_or(t.either(t.path, t.lines)),
        default=None,
        example=literal(EXAMPLE),
        doc="The configuration, or the file that has it; see <https://github.com/artemsen/swayimg/blob/master/CONFIG.md>.",
    )
    removed = Removed(
        "settings", "Upstream moved to a lua config. This option has been replaced by programs.swayimg.initLua."
    )
