from home_manager.authoring import *


class Asciinema(Program):
    """asciinema, a recorder of terminal sessions"""

    package = Package("asciinema", nullable=True)
    settings = Settings(
        formats.toml,
        file="asciinema/config.toml",
        doc="Settings of asciinema, see <https://docs.asciinema.org/manual/cli/configuration/>.",
    )
