from home_manager.authoring import *
from home_manager.modules import _graphical


class Wpaperd(Service):
    """wpaperd"""

    package = Package("wpaperd", nullable=True)
    settings = Settings(
        formats.toml,
        file="wpaperd/wallpaper.toml",
        example={"eDP-1": {"path": "/home/foo/Pictures/Wallpaper"}, "DP-2": {"sorting": "descending"}},
        doc="The settings, see <https://github.com/danyspin97/wpaperd#wallpaper-configuration>.",
    )
    renamed = tuple(Renamed(f"/programs.wpaperd.{name}", name) for name in ("enable", "package", "settings"))
    unit = _graphical.session_unit(
        lambda self: exe(self.package),
        description="wpaperd",
        restart="always",
        restarts_with=("settings",),
        service={"RestartSec": "10"},
        when=package,
    )
