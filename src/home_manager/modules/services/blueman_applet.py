from home_manager.authoring import *


class BluemanApplet(Service):
    """the Blueman applet

    It needs the service blueman of the system.
    """

    package = Package("blueman", install=False)
    systemdTargets = option(
        t.list_of(t.str),
        default=["graphical-session.target"],
        example=["sway-session.target"],
        doc="The targets that start the applet. They have to exist: for `sway-session.target`, "
        "`wayland.windowManager.sway.systemd.enable` has to be on.",
    )
    unit = UserUnit(
        lambda self: exe(self.package, "blueman-applet"),
        description="Blueman applet",
        requires="tray.target",
        after=lambda self: [*self.systemdTargets, "tray.target"],
        part_of=lambda self: self.systemdTargets,
        wanted_by=lambda self: self.systemdTargets,
    )
