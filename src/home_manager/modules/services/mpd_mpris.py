from home_manager.authoring import *


def setting(type, doc: str, **more):
    return option(t.null_or(type), default=None, doc=doc, **more)


class Server(Options):
    """The MPD that is controlled"""

    useLocal = option(
        t.bool,
        default=lambda self: self["services.mpd.enable"],
        default_text="config.services.mpd.enable",
        doc="Whether it is the user's own MPD; `network`, `host` and `port` do not count then.",
    )
    network = setting(t.str, "The kind of connection, as Go's `net.Dial` calls it: `tcp`, `unix` …")
    host = setting(t.str, "The address that MPD listens on.", example="192.168.1.1")
    port = setting(t.port, "The port that MPD listens on.")
    password = setting(t.str, "The password of MPD, which everybody can read in the unit.")


class MpdMpris(Service):
    """mpd-mpris: An implementation of the MPRIS protocol for MPD"""

    package = Package("mpd-mpris", install=False)
    mpd = group(Server)

    def _command(self) -> str:
        quote, elsewhere = formats.shell.quote, not self.mpd.useLocal
        words = [f"{self.package}/bin/mpd-mpris"]
        if elsewhere and self.mpd.host is not None:
            words.append(f"-host {quote(self.mpd.host)}")
        if elsewhere and self.mpd.network is not None:
            words.append(f"-network {quote(self.mpd.network)}")
        words.append("-no-instance")
        if elsewhere and self.mpd.port is not None:
            words.append(f"-port {self.mpd.port}")
        if self.mpd.password is not None:
            words.append(f"-pwd {quote(self.mpd.password)}")
        return " ".join(words)

    unit = UserUnit(
        lambda self: self._command(),
        description="mpd-mpris: An implementation of the MPRIS protocol for MPD",
        after="mpd.service",
        requires=lambda self: ["mpd.service"] if self.mpd.useLocal else [],
        wanted_by="default.target",
        restart="on-failure",
        service={"Type": "simple", "RestartSec": "5s"},
    )
