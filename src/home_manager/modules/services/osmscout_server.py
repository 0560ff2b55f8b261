from home_manager.authoring import *


class Network(Options):
    """Where it listens."""

    startWhenNeeded = option(
        t.bool, default=True, doc="Whether systemd listens, and starts the server at the first connection."
    )
    listenAddress = option(t.str, default="127.0.0.1", doc="The address that it listens on.")
    port = option(t.port, default=8553, doc="The TCP port that it listens on.")


class OsmscoutServer(Service):
    """OSM Scout Server"""

    package = Package("osmscout-server")
    network = group(Network)
    server = UserUnit(
        lambda self: f"'{self.package}/bin/osmscout-server' --systemd --quiet",
        description="OSM Scout Server",
        wanted_by=lambda self: [] if self.network.startWhenNeeded else ["default.target"],
    )
    socket = UserUnit(
        kind="sockets",
        description="OSM Scout Server Socket",
        wanted_by="sockets.target",
        section=lambda self: {
            "Socket": {
                "ListenStream": f"{self.network.listenAddress}:{self.network.port}",
                "TriggerLimitIntervalSec": "60s",
                "TriggerLimitBurst": 1,
            }
        },
        when=lambda self: self.network.startWhenNeeded,
    )
