from home_manager.authoring import *


class Spotifyd(Service):
    """SpotifyD connect"""

    package = Package(
        "spotifyd",
        example="(pkgs.spotifyd.override { withKeyring = true; })",
        extra="An override can add extensions.",
    )
    settings = option(
        formats.toml.type,
        default={},
        example={"global": {"username": "Alex", "password": "foo", "device_name": "nix"}},
        doc="Configuration of spotifyd.",
    )

    def _toml(self):
        return self._made("writeText", "spotifyd.conf", formats.toml.render(self.settings))

    unit = UserUnit(
        lambda self: f"{self.package}/bin/spotifyd --no-daemon --config-path {self._toml()}",
        description="spotify daemon",
        wanted_by="default.target",
        restart="always",
        unit={"Documentation": "https://github.com/Spotifyd/spotifyd"},
        service={"RestartSec": 12},
    )
