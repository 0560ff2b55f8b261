from home_manager.authoring import *


class Imv(Program):
    """imv, a viewer of images for window managers that tile"""

    platforms = ("linux",)

    package = Package("imv", nullable=True)
    settings = Settings(
        formats.ini,
        type=t.attrs_of(t.attrs_of(t.one_of(t.bool, t.int, t.str))),
        file="imv/config",
        example={"options": {"background": "ffffff"}, "aliases": {"x": "close"}},
        doc="The settings of imv, see imv(5).",
    )
