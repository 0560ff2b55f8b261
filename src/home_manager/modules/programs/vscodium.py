from home_manager.authoring import *
from home_manager.modules.programs._vscode_family import _Editor, mutable_extensions


class VSCodium(_Editor):
    """VSCodium, the free builds of Visual Studio Code"""

    short_name = "VSCodium"
    directory = ".vscode-oss"

    package = Package("vscodium", nullable=True)
    mutableExtensionsDir = mutable_extensions("programs.vscodium")
