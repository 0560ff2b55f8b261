from home_manager.authoring import *


class Cache(Options):
    """How long things are kept."""

    ttl = option(t.str, default="24h", example="10m", doc="How long things are kept; `0s` for ever.")


class Pbgopy(Service):
    """pbgopy"""

    port = option(t.port, default=9090, example=8080, doc="The port of the server.")
    cache = group(Cache)
    httpAuth = option(
        t.null_or(t.str), default=None, example="user:pass", doc="The name and the password that clients must know."
    )

    @defines("home.packages")
    def installed(self):
        return [self.pkgs["pbgopy"]]

    def _command(self):
        login = "" if self.httpAuth is None else f" --basic-auth {formats.shell.quote(self.httpAuth)}"
        return f"{self.pkgs['pbgopy']}/bin/pbgopy serve --port {self.port} --ttl {self.cache.ttl}{login}"

    server = UserUnit(
        _command,
        description="pbgopy server for sharing the clipboard between devices",
        after=["graphical-session.target"],
        part_of=["graphical-session.target"],
        restart="on-abort",
        wanted_by=["graphical-session.target"],
    )
