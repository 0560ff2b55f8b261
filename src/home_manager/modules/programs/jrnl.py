from home_manager.authoring import *


class Jrnl(Program):
    """jrnl, a journal on the command line"""

    package = Package("jrnl", nullable=True)
    settings = Settings(
        formats.yaml,
        file="jrnl/jrnl.yaml",
        doc="Settings of jrnl, see <https://jrnl.sh/en/stable/reference-config-file/>.",
    )
