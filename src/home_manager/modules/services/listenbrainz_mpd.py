from home_manager.authoring import *


class ListenbrainzMpd(Service):
    """listenbrainz-mpd, which tells ListenBrainz what MPD plays"""

    platforms = ("linux", "darwin")
    package = Package("listenbrainz-mpd", nullable=True, install=False)
    settings = Settings(
        formats.toml,
        file="listenbrainz-mpd/config.toml",
        example={"submission": {"token_file": "/run/secrets/listenbrainz-mpd"}},
        doc="The configuration, see <https://codeberg.org/elomatreb/listenbrainz-mpd#configuration>.",
    )
    daemon = UserUnit(
        lambda self: f"{self.package}/bin/listenbrainz-mpd",
        description="ListenBrainz submission client for MPD",
        after="mpd.service",
        requires="mpd.service",
        wanted_by="default.target",
        restart="always",
        unit={"Documentation": "https://codeberg.org/elomatreb/listenbrainz-mpd"},
        service=lambda self: {
            "RestartSec": 5,
            "Type": "notify" if version_at_least(self.package["version"], "2.3.2") else "simple",
        },
        when=package,
    )
