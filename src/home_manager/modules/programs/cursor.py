from home_manager.authoring import *
from home_manager.modules.programs._vscode_family import _Editor, mutable_extensions


class Cursor(_Editor):
    """Cursor, a code editor"""

    short_name = "Cursor"
    directory = ".cursor"

    package = Package("code-cursor", nullable=True)
    mutableExtensionsDir = mutable_extensions("programs.cursor")
