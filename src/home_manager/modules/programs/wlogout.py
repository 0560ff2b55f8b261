from home_manager.authoring import *
from home_manager.modules import _graphical

SHARE = t.null_or(t.number_between(0, 1))


def text(doc, example, type=t.str):
    return option(type, default="", example=example, doc=doc)


class Button(Options):
    """A button."""

    freeform = formats.json.type

    label = text("The name of the button in the style sheet.", "shutdown")
    action = text("The command of the button.", "systemctl poweroff", t.either(t.path, t.str))
    text_ = option(t.str, default="", example="Shutdown", doc="The text on the button.", name="text")
    keybind = text("The key that presses the button.", "s")
    height = option(SHARE, default=None, example=0.5, doc="The place of the text from above: 0 to 1.")
    width = option(SHARE, default=None, example=0.5, doc="The place of the text from the left: 0 to 1.")
    circular = option(t.null_or(t.bool), default=None, example=True, doc="Whether the button is a circle.")


class Wlogout(Program):
    """wlogout"""

    platforms = ("linux",)

    package = Package("wlogout", nullable=True)
    layout = option(
        t.list_of(t.submodule(Button)),
        default=[],
        example=[{"label": "shutdown", "action": "systemctl poweroff", "text": "Shutdown", "keybind": "s"}],
        doc="The buttons, see <https://github.com/ArtsyMacaw/wlogout#config>.",
    )
    style = _graphical.style(
        "the buttons",
        "wlogout/style.css",
        example="window {\n  background: #16191C;\n}\n\nbutton {\n  color: #AAB2BF;\n}\n",
        doc="See <https://github.com/ArtsyMacaw/wlogout#style>.",
    )

    @config_file("wlogout/layout", when=layout)
    def file(self):
        """One object after the other, which is no list."""
        buttons = ({name: value for name, value in button.items() if value is not None} for button in self.layout)
        return "".join(f"{formats.json.compact(button)}\n" for button in buttons)
