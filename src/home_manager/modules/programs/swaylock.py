from home_manager.authoring import *
from home_manager.modules import _graphical


class Swaylock(Program):
    """swaylock"""

    platforms = ("linux",)
    by_mention = True

    enable = option(
        t.bool,
        default=lambda self: not self._state_at_least("23.05") and bool(self.settings),
        default_text="true  if state version < 23.05 and settings ≠ { },\nfalse otherwise\n",
        example=True,
        doc="Whether to enable swaylock. PAM needs a service `swaylock` for it, without which the session cannot be unlocked "
        "again. Where the system has its own swaylock, that fits its PAM: install that, and set `package` to `null`.",
    )
    package = Package("swaylock", nullable=True)
    settings = Settings(
        None,
        type=t.attrs_of(t.one_of(t.bool, t.float, t.int, t.path, t.str)),
        file="swaylock/config",
        render=_graphical.flags,
        example={"color": "808080", "font-size": 24, "indicator-idle-visible": False, "show-failed-attempts": True},
        doc="The flags that swaylock is always given.",
    )
