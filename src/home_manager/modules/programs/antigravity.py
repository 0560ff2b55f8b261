from home_manager.authoring import *
from home_manager.modules.programs._vscode_family import _Editor, mutable_extensions


class Antigravity(_Editor):
    """Antigravity, a code editor"""

    short_name = "Antigravity"
    directory = ".antigravity"
    always_lists = True

    package = Package("antigravity", nullable=True)
    mutableExtensionsDir = mutable_extensions("programs.antigravity")
