from home_manager.authoring import *

VARIABLES = "see <https://github.com/szclsya/mpdris2-rs?tab=readme-ov-file#configuration>."


def template(what, example):
    return option(t.null_or(t.str), default=None, example=example, doc=f"{what}, {VARIABLES}")


class Notifications(Options):
    """Notifications"""

    enable = option(t.bool, default=False, example=True, doc="Whether notifications tell of every new song.")
    timeout = option(t.null_or(t.float), default=None, example=10.0, doc="The seconds that they stay; 5 by default.")
    summary = template("The first line", "%artist% - %album%")
    summaryPaused = template("The first line while the music is paused", "%artist% - %album%")
    body = template("The text", "%title% (%elapsed%/%duration%)")
    bodyPaused = template("The text while the music is paused", "%title% (%elapsed%/%duration%)")


class Mpdris2Rs(Service):
    """mpdris2-rs, a small bridge from MPD to D-Bus"""

    host = option(
        t.null_or(t.str),
        default=None,
        example="192.168.1.1",
        doc="The host and port of MPD, or its socket, as `mpc` takes it. By default it is `MPD_HOST`, else the socket of the user "
        "or `localhost:6600`.",
    )
    notifications = group(Notifications)
    package = Package("mpdris2-rs", install=False)
    daemon = UserUnit(
        lambda self: f"{exe(self.package)} {self._arguments()}",
        description="Music Player Daemon D-Bus Bridge",
        after="mpd.service",
        wanted_by="default.target",
        restart="on-failure",
        service={"Type": "dbus", "BusName": "org.mpris.MediaPlayer2.mpd"},
    )

    def _arguments(self):
        given = self.notifications
        arguments = {
            "host": self.host,
            "no-notification": None if given.enable else True,
            "notification-body": given.body,
            "notification-body-paused": given.bodyPaused,
            "notification-summary": given.summary,
            "notification-summary-paused": given.summaryPaused,
            "notification-timeout": None if given.timeout is None else formats.plain.to_string(given.timeout),
        }
        words = []
        for name, value in arguments.items():
            if value is not None:
                words += [f"--{name}"] if value is True else [f"--{name}", value]
        return formats.shell.quote_all(words)
