from home_manager.authoring import *


class Rescrobbled(Service):
    """rescrobbled, which scrobbles what players show by MPRIS"""

    package = Package("rescrobbled")
    settings = Settings(
        formats.toml,
        file="rescrobbled/config.toml",
        doc="The configuration, see <https://github.com/InputUsername/rescrobbled#configuration>.",
    )
    daemon = UserUnit(
        lambda self: exe(self.package),
        description="An MPRIS scrobbler",
        wanted_by="default.target",
        unit={"Documentation": "https://github.com/InputUsername/rescrobbled"},
    )
