from home_manager.authoring import *
from home_manager.modules.programs._vscode_family import _Editor, mutable_extensions


class Kiro(_Editor):
    """Kiro, a code editor"""

    short_name = "Kiro"
    directory = ".kiro"

    package = Package("kiro", nullable=True)
    mutableExtensionsDir = mutable_extensions("programs.kiro")
