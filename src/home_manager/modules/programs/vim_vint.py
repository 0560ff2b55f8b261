from home_manager.authoring import *


class VimVint(Program):
    """Vint, a linter for Vimscript"""

    package = Package("vim-vint", nullable=True)
    settings = Settings(
        formats.yaml,
        file=".vintrc.yaml",
        when=True,
        doc="The settings of Vint, see <https://github.com/Vimjas/vint#configuration>.",
    )
