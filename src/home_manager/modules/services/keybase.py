"""`services.keybase`."""

from __future__ import annotations

from home_manager.authoring import Package, Service, UserUnit, exe


class Keybase(Service):
    """Keybase"""

    package = Package("keybase")
    unit = UserUnit(
        lambda self: f"{exe(self.package)} service --auto-forked",
        description="Keybase service",
        wanted_by="default.target",
        restart="on-failure",
        service={"PrivateTmp": True},
    )
