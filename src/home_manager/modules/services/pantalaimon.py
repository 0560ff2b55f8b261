from home_manager.authoring import *


class Pantalaimon(Service):
    """Pantalaimon, a proxy of Matrix that encrypts for clients"""

    package = Package("pantalaimon")
    settings = option(
        formats.ini.type,
        default={},
        example={
            "Default": {"LogLevel": "Debug", "SSL": True},
            "local-matrix": {"Homeserver": "https://matrix.org", "ListenAddress": "127.0.0.1", "ListenPort": 8008},
        },
        doc="The configuration, see <https://github.com/matrix-org/pantalaimon/blob/master/docs/man/pantalaimon.5.md>.",
    )
    daemon = UserUnit(
        lambda self: (
            f"{self.package}/bin/pantalaimon -c "
            f"{self._made('writeText', 'pantalaimon.conf', formats.ini.render(self.settings))}"
        ),
        description="Pantalaimon - E2EE aware proxy daemon for matrix clients",
        wanted_by="default.target",
        restart="on-failure",
    )
