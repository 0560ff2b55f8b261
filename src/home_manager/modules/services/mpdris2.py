from home_manager.authoring import *


class Daemon(Options):
    """The Music Player Daemon"""

    host = option(
        t.str,
        default=lambda self: self["services.mpd.network.listenAddress"],
        default_text='"config.services.mpd.network.listenAddress"',
        example="192.168.1.1",
        doc="The address that MPD listens at.",
    )
    port = option(
        t.port,
        default=lambda self: self["services.mpd.network.port"],
        default_text='"config.services.mpd.network.port"',
        doc="The port that MPD listens at.",
    )
    musicDirectory = option(
        t.null_or(t.path),
        default=lambda self: self["services.mpd.musicDirectory"],
        default_text='"config.services.mpd.musicDirectory"',
        doc="Where covers are looked for.",
    )
    password = option(
        t.null_or(t.str), default=None, doc="The password of MPD. It will be in the store, which others may read."
    )


def value_text(value):
    return formats.plain.to_string(str(value) if isinstance(value, bool) else value)


class Mpdris2(Service):
    """mpDris2, which shows MPD to programs that know MPRIS 2"""

    notifications = option(t.bool, default=False, example=True, doc="Whether notifications tell of every new song.")
    multimediaKeys = option(t.bool, default=False, example=True, doc="Whether multimedia keys are looked after.")
    package = Package("mpdris2", install=False)
    mpd = group(Daemon)
    daemon = UserUnit(
        lambda self: f"{self.package}/bin/mpDris2",
        description="MPRIS 2 support for MPD",
        after="mpd.service",
        wanted_by="default.target",
        restart="on-failure",
        service={"Type": "simple", "RestartSec": "5s", "BusName": "org.mpris.MediaPlayer2.mpd"},
    )

    @config_file("mpDris2/mpDris2.conf")
    def configuration(self):
        mpd = self.mpd
        connection = {"host": mpd.host, "port": mpd.port, "music_dir": mpd.musicDirectory}
        if mpd.password is not None:
            connection["password"] = mpd.password
        sections = {"Connection": connection, "Bling": {"notify": self.notifications, "mmkeys": self.multimediaKeys}}
        return formats.ini.render(sections, mk_key_value=formats.plain.key_value(" = ", value_text))
