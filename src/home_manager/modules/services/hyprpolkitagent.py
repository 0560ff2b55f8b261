from home_manager.authoring import *


class Hyprpolkitagent(Service):
    """Hyprland Policykit Agent"""

    platforms = ("linux", "darwin")

    package = Package("hyprpolkitagent", install=False)
    unit = UserUnit(
        lambda self: f"{self.package}/libexec/hyprpolkitagent",
        description="Hyprland PolicyKit Agent",
        after=lambda self: self["wayland.systemd.target"],
        part_of=lambda self: self["wayland.systemd.target"],
        wanted_by=lambda self: self["wayland.systemd.target"],
    )
