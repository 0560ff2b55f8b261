from home_manager.authoring import *


class AnvilEditor(Program):
    """Anvil, an editor that was inspired by Acme"""

    package = Package("anvil-editor", nullable=True)
    settings = Settings(
        formats.toml,
        file=".anvil/settings.toml",
        below="home.file",
        example={
            "env": {"BAR": "FOO", "FOO": "BAR"},
            "general": {"exec": ["aad", "ado"]},
            "layout": {"column-tag": "New Cut Paste Snarf Zerox Delcol"},
            "typesetting": {"replace-cr-with-tofu": False},
        },
        doc="The settings, see <https://anvil-editor.net/reference/config/>.",
    )
    style = Settings(
        formats.json,
        file=".anvil/style.js",
        below="home.file",
        example={
            "BodyBgColor": "#17223b",
            "GutterWidth": 14,
            "ScrollBgColor": "#6b778d",
            "ScrollFgColor": "#17223b",
            "TagBgColor": "#263859",
            "TagFgColor": "#fefefe",
            "WinBorderColor": "#000000",
        },
        doc="Colours and sizes, see <https://anvil-editor.net/reference/config/>.",
    )
