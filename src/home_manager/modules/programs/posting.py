from home_manager.authoring import *


class Posting(Program):
    """Posting, a client for HTTP in the terminal"""

    package = Package("posting", nullable=True)
    settings = Settings(
        formats.yaml,
        file="posting/config.yaml",
        example={"theme": "custom", "layout": "horizontal", "response": {"prettify_json": False}},
        doc="Settings of Posting, see <https://posting.sh/guide/configuration/>.",
    )
    themes = Files(
        "posting/themes/{name}.yaml",
        formats.yaml,
        below="xdg.dataFile",
        example={
            "custom": {
                "name": "custom",
                "primary": "#4e78c4",
                "secondary": "#f39c12",
                "accent": "#e74c3c",
                "background": "#0e1726",
                "surface": "#17202a",
                "error": "#e74c3c",
                "success": "#2ecc71",
                "warning": "#f1c40f",
            }
        },
        doc="Themes by name, each as a value, a text or a file; see <https://posting.sh/guide/themes/>.",
    )
