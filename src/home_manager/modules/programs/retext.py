from home_manager.authoring import *


class Retext(Program):
    """ReText, an editor for Markdown"""

    package = Package("retext", nullable=True)
    settings = Settings(
        formats.ini,
        file="ReText Project/ReText.conf",
        example={
            "ColorScheme": {"htmlComments": "#abc", "htmlSymbols": "#ff8800", "htmlTags": "green"},
            "General": {
                "documentStatsEnabled": True,
                "lineNumbersEnabled": True,
                "relativeLineNumbers": True,
                "useWebEngine": True,
            },
        },
        doc="The settings of ReText, see <https://github.com/retext-project/retext/blob/master/configuration.md>.",
    )
