import re

from home_manager.authoring import *

ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
STAND_IN = "__unicode_escape_"
"""What an escape is while the renderer of TOML would still double its backslash."""


def without_backslashes(value):
    """A value in whose texts the escapes of control characters are written without a backslash."""
    if isinstance(value, dict):
        return {name: without_backslashes(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [without_backslashes(inner) for inner in value]
    if isinstance(value, str):
        return ESCAPE.sub(STAND_IN + r"\1", value.replace("\\^[", "\\u001b"))
    return value


def with_escapes(self, settings) -> str:
    """The settings as TOML, in which `\\u001d` and `\\^[` of a text mean the control characters.

    A text of the configuration cannot hold all of these characters itself, so their escapes are written there.
    """
    return formats.toml.render(without_backslashes(settings)).replace(STAND_IN, "\\u")


class Alacritty(Program):
    """Alacritty, a terminal emulator that is drawn by the graphics card"""

    package = Package("alacritty", nullable=True)
    themePackage = Package("alacritty-theme", install=False)
    theme = option(
        t.null_or(t.str),
        default=None,
        example="solarized_dark",
        doc="A theme of the package of themes, by its name. A theme of your own goes into `settings.general.import` or "
        "`settings.colors`.",
    )
    settings = Settings(
        formats.toml,
        file="alacritty/alacritty.toml",
        render=with_escapes,
        example={
            "window": {"dimensions": {"lines": 3, "columns": 200}},
            "keyboard": {"bindings": [{"key": "K", "mods": "Control", "chars": "\\u000c"}]},
        },
        doc="The settings of Alacritty.",
    )

    @defines(".settings", when=theme)
    def imported(self):
        files = [f"{self.themePackage}/share/alacritty-theme/{self.theme}.toml"]
        # The setting moved to a section of its own with 0.14.
        recent = self.package is None or version_at_least(self.package["version"], "0.14")
        return {"general": {"import": files}} if recent else {"import": files}
