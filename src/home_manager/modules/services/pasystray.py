from home_manager.authoring import *


class Pasystray(Service):
    """PulseAudio system tray"""

    package = Package("pasystray", install=False)
    extraOptions = option(t.list_of(t.str), default=[], doc="Further arguments of `pasystray`.")
    unit = UserUnit(
        lambda self: formats.shell.quote_all([exe(self.package), *self.extraOptions]),
        description="PulseAudio system tray",
        requires="tray.target",
        after=["graphical-session.target", "tray.target"],
        part_of="graphical-session.target",
        wanted_by="graphical-session.target",
        environment=lambda self: [f"PATH={self.pkgs['paprefs']}/bin:{self.pkgs['pavucontrol']}/bin"],
    )
