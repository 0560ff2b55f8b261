from home_manager.authoring import *
from home_manager.modules.programs._vscode_family import _Editor, mutable_extensions


class Windsurf(_Editor):
    """Windsurf, a code editor"""

    short_name = "Windsurf"
    directory = ".windsurf"

    package = Package("windsurf", nullable=True)
    mutableExtensionsDir = mutable_extensions("programs.windsurf")
