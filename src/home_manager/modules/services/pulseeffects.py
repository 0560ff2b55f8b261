from home_manager.authoring import *


class Pulseeffects(Service):
    """PulseEffects, effects for PulseAudio"""

    package = Package("pulseeffects-legacy")
    preset = option(t.str, default="", doc="The preset that it begins with, which has to be made in the program first.")
    daemon = UserUnit(
        lambda self: (
            f"{self.package}/bin/pulseeffects --gapplication-service "
            f"{f'--load-preset {self.preset}' if self.preset else ''}"
        ),
        description="Pulseeffects daemon",
        requires="dbus.service",
        target="graphical-session.target",
        part_of=["graphical-session.target", "pulseaudio.service"],
        restart="on-failure",
        service=lambda self: {"ExecStop": f"{self.package}/bin/pulseeffects --quit", "RestartSec": 5},
    )

    @defines("home.packages")
    def accessibility(self):
        # Without it the journal fills with failed look-ups of the accessibility bus.
        return [self.pkgs["at-spi2-core"]]
