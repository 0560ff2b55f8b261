from home_manager.authoring import *


class Havoc(Program):
    """Havoc terminal"""

    platforms = ("linux",)

    package = Package("havoc", nullable=True)
    settings = Settings(
        formats.ini,
        file="havoc.cfg",
        example={"child": {"program": "bash"}, "terminal": {"rows": 80}, "bind": {"C-S-c": "copy"}},
        doc="The settings, see <https://raw.githubusercontent.com/ii8/havoc/master/havoc.cfg>.",
    )
