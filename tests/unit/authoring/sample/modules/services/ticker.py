"""A service."""

from home_manager.authoring import Package, Service, UserUnit, option, t


class Ticker(Service):
    """a ticker"""

    platforms = ("linux", "darwin")
    package = Package("ticker")
    arguments = option(t.list_of(t.str), default=[], doc="Arguments.")
    daemon = UserUnit(
        lambda self: [f"{self.package}/bin/ticker", *self.arguments],
        description="Ticker",
        after="network.target",
        wanted_by=["default.target"],
        restart="always",
        environment={"A": 1},
        service={"RestartSec": 3},
        launchd={"KeepAlive": True},
    )
    timer = UserUnit(
        kind="timers", description="Tick", section={"Timer": {"OnCalendar": "daily"}}, wanted_by="timers.target"
    )


class Linux(Service):
    """a service of Linux"""

    namespace = "services.linux-only"
