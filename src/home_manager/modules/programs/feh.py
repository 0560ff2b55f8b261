from typing import Any

from home_manager.authoring import *


def bindings(value):
    return t.attrs_of(t.null_or(t.either(value, t.list_of(value))))


def lines(bound: dict[str, Any]) -> str:
    """Actions and what they are bound to; those that are bound to nothing first."""
    off = [name for name, value in bound.items() if value is None]
    on = [
        " ".join([name, *map(str, value if isinstance(value, list) else [value])])
        for name, value in bound.items()
        if value is not None
    ]
    return "\n".join([*off, *on]) + "\n"


class Feh(Program):
    """feh, a fast and light viewer of images"""

    package = Package("feh", nullable=True)
    buttons = option(
        bindings(t.either(t.str, t.int)),
        default={},
        example={"zoom_in": 4, "zoom_out": "C-4", "prev_img": [3, "C-3"]},
        doc="Buttons of the mouse for actions: one, a list, or `null` for none. See <https://man.finalrewind.org/1/feh/>.",
    )
    keybindings = option(
        bindings(t.str),
        default={},
        example={"zoom_in": "plus", "zoom_out": "minus", "prev_img": ["h", "Left"]},
        doc="Keys for actions: one, a list, or `null` for none. See <https://man.finalrewind.org/1/feh/>.",
    )
    themes = option(
        t.attrs_of(t.list_of(t.str)),
        default={},
        example={"feh": ["--image-bg", "black"], "example": ["--info", "foo bar"]},
        doc="Options by the name of the theme; feh takes one that it is called by. See <https://man.finalrewind.org/1/feh/>.",
    )

    @check
    def empty_keys(self):
        if "" in self.keybindings.values():
            yield "To disable a keybinding, use `null` instead of an empty string."

    @config_file("feh/buttons", when=buttons)
    def buttons_file(self) -> str:
        return lines(self.buttons)

    @config_file("feh/keys", when=keybindings)
    def keys_file(self) -> str:
        return lines(self.keybindings)

    @config_file("feh/themes", when=themes)
    def themes_file(self) -> str:
        return "\n".join(f"{name} {formats.shell.quote_all(given)}" for name, given in self.themes.items()) + "\n"
