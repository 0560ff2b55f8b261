from home_manager.authoring import *


class Formiko(Program):
    """Formiko, an editor and viewer of reStructuredText and Markdown"""

    package = Package("formiko", nullable=True)
    settings = Settings(
        formats.ini,
        file="formiko.ini",
        example={
            "editor": {"auto_indent": False, "check_spelling": False, "period_save": True},
            "main": {"auto_scroll": True, "parser": "json", "preview": 0, "writer": "tiny"},
        },
        doc="Settings of formiko.",
    )
