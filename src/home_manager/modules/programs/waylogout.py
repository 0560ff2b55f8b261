from home_manager.authoring import *
from home_manager.modules import _graphical


class Waylogout(Program):
    """waylogout"""

    platforms = ("linux",)

    package = Package("waylogout", nullable=True)
    settings = Settings(
        None,
        type=t.attrs_of(t.one_of(t.bool, t.float, t.int, t.path, t.str)),
        file="waylogout/config",
        render=_graphical.flags,
        example={"color": "808080", "poweroff-command": "systemctl poweroff", "screenshots": True},
        doc="The flags that waylogout is always given.",
    )
