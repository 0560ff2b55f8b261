from home_manager.authoring import *


def lines(self, settings):
    """One flag a line; what is false is left out."""
    given = ((name, value) for name, value in settings.items() if value is not False)
    return "".join(f"{name}\n" if value is True else f"{name}={self._text_of(value)}\n" for name, value in given)


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
        render=lines,
        example={"color": "808080", "font-size": 24, "indicator-idle-visible": False, "show-failed-attempts": True},
        doc="The flags that swaylock is always given.",
    )

    def _text_of(self, value):
        return formats.plain.to_string(value) if isinstance(value, int | float) else self._in_text(value)
