from home_manager.authoring import *


class Herdr(Program):
    """herdr, a terminal multiplexer for agents"""

    package = Package("herdr", nullable=True)
    settings = Settings(
        formats.toml,
        file="herdr/config.toml",
        onChange=lambda self: f"{exe(self.package) if self.package else 'herdr'} server reload-config || true",
        doc="Settings of herdr, see <https://herdr.dev/docs/configuration/>. A running server reads them again.",
    )
