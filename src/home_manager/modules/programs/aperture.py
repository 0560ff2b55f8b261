from home_manager.authoring import *


class Aperture(Program):
    """Aperture, a reverse proxy that asks for Lightning payments"""

    package = Package("aperture", nullable=True)
    settings = Settings(
        formats.yaml,
        file=".aperture/aperture.yaml",
        below="home.file",
        example={
            "autocert": False,
            "debuglevel": "debug",
            "listenaddr": "localhost:8081",
            "servername": "aperture.example.com",
            "servestatic": False,
            "staticroot": "./static",
        },
        doc="Settings of aperture, see <https://github.com/lightninglabs/aperture/blob/master/sample-conf.yaml>.",
    )
