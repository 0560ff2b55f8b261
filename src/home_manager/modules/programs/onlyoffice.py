from home_manager.authoring import *


class Onlyoffice(Program):
    """ONLYOFFICE, an office suite"""

    package = Package("onlyoffice", default="onlyoffice-desktopeditors", nullable=True)
    settings = Settings(
        formats.keyvalue,
        file="onlyoffice/DesktopEditors.conf",
        example={
            "UITheme": "theme-contrast-dark",
            "editorWindowMode": False,
            "forcedRtl": False,
            "maximized": True,
            "titlebar": "custom",
        },
        doc="Settings of onlyoffice.",
    )
