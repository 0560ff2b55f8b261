from home_manager.authoring import *


def flag(name):
    """A flag whose value is a word of its own, which may be empty."""
    return formats.command_line.OptionFormat(f"--{name}" if len(name) > 1 else f"-{name}", None)


class Bemenu(Program):
    """bemenu"""

    platforms = ("linux",)

    package = Package("bemenu", nullable=True)
    settings = option(
        t.attrs_of(t.one_of(t.str, t.number, t.bool)),
        default={},
        example={"line-height": 28, "prompt": "open", "ignorecase": True, "fb": "#1e1e2e", "width-factor": 0.3},
        doc="The flags that bemenu is always given, see bemenu(1).",
    )
    variables = Variables(
        BEMENU_OPTS=lambda self: formats.command_line.render(self.settings, option_format=flag), when=settings
    )
