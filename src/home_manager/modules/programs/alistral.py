from home_manager.authoring import *


class Alistral(Program):
    """Alistral, statistics of ListenBrainz on the command line"""

    package = Package("alistral", nullable=True)
    settings = Settings(
        formats.json,
        file=".config/alistral/config.json",
        below="home.file",
        darwin="Library/Application Support/alistral/config.json",
        example={
            "default_user": "spanish_inquisition",
            "listenbrainz_url": "https://api.listenbrainz.org/1/",
            "musicbrainz_url": "http://musicbrainz.org/ws/2",
        },
        doc="Settings of alistral.",
    )
