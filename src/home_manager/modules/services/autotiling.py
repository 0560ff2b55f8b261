from home_manager.authoring import *


class Autotiling(Service):
    """autotiling, by which sway and i3 split what is wide from left to right, and what is high from top to bottom"""

    package = Package("autotiling", install=False)
    extraArgs = option(
        t.list_of(t.str), default=[], example=["--workspaces", "8", "9"], doc="Further arguments of autotiling."
    )
    systemdTarget = option(
        t.str, default="graphical-session.target", doc="The target that starts the service, and that ends it."
    )
    unit = UserUnit(
        lambda self: f"{exe(self.package)} {formats.shell.quote_all(self.extraArgs)}",
        description="Split orientation manager",
        target=lambda self: self.systemdTarget,
        restart="always",
        service={"Type": "simple"},
    )
