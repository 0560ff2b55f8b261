from home_manager.authoring import *

BITS = {"shift": 1 << 17, "ctrl": 1 << 18, "option": 1 << 19, "command": 1 << 20}
COMBINATIONS = (
    "shift",
    "ctrl",
    "option",
    "ctrl+option",
    "ctrl+option+shift",
    "command",
    "shift+command",
    "ctrl+option+command",
    "ctrl+option+shift+command",
)


def flags(names):
    return sum(BITS[name] for name in names.split("+"))


class Shortcut(Options):
    """Keys."""

    keyCode = option(t.int, doc="The code that macOS has for the key.")
    modifierFlags = option(
        t.coerced_to(t.enum(*sorted(COMBINATIONS)), flags, t.int), doc="The keys that are held, or the number for them."
    )


class Rectangle(Program):
    """Rectangle window manager"""

    platforms = ("darwin",)

    package = Package("rectangle", nullable=True)
    defaults = option(
        t.attrs_of(t.anything),
        default={},
        example={"launchOnLogin": True, "gapSize": 8.0, "windowSnapping": 1, "almostMaximizeHeight": 0.9},
        doc="The preferences of Rectangle, see <https://github.com/rxhanson/Rectangle>.",
    )
    shortcuts = option(
        t.attrs_of(t.submodule(Shortcut)),
        default={},
        example={
            "leftHalf": {"keyCode": 123, "modifierFlags": "ctrl+option+command"},
            "maximize": {"keyCode": 46, "modifierFlags": "ctrl+option+command"},
        },
        doc="The keys of Rectangle's actions. <https://manytricks.com/keycodes/> shows the codes of keys.",
    )

    @config_file(
        "Library/Preferences/com.knollsoft.Rectangle.plist",
        below="home.file",
        when=lambda self: self.defaults or self.shortcuts,
    )
    def file(self):
        return f"{formats.plist.render({**self.defaults, **self.shortcuts})}\n"
