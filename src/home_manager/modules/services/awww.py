from home_manager.authoring import *
from home_manager.modules import _graphical


class Awww(Service):
    """awww, which draws the background of compositors for Wayland"""

    package = Package("awww")
    extraArgs = option(
        t.list_of(t.str),
        default=[],
        example=["--no-cache", "--layer", "bottom"],
        doc="Further arguments of awww-daemon.",
    )
    renamed = tuple(Renamed(f"/services.swww.{name}", name) for name in ("enable", "package", "extraArgs"))
    unit = _graphical.session_unit(
        lambda self: formats.shell.quote_all([f"{exe(self.package)}-daemon", *self.extraArgs]),
        description="awww-daemon",
        restart="always",
        environment=lambda self: [f"PATH=$PATH:{self.package}/bin"],
        service={"RestartSec": 10},
    )
