from home_manager.authoring import *


class Copyq(Service):
    """CopyQ, a clipboard manager with advanced features"""

    package = Package("copyq")
    systemdTarget = option(
        t.str,
        default="graphical-session.target",
        example="sway-session.target",
        doc="The target that starts CopyQ. It has to exist: for `sway-session.target`, "
        "`wayland.windowManager.sway.systemd.enable` has to be on.",
    )
    forceXWayland = option(t.bool, default=True, example=False, doc="Whether CopyQ uses X in a Wayland session, too.")
    unit = UserUnit(
        lambda self: f"{self.package}/bin/copyq",
        description="CopyQ clipboard management daemon",
        part_of="graphical-session.target",
        after="graphical-session.target",
        wanted_by=lambda self: self.systemdTarget,
        restart="on-failure",
        environment=lambda self: ["QT_QPA_PLATFORM=xcb"] if self.forceXWayland else [],
    )
