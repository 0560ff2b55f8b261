from home_manager.authoring import *
from home_manager.modules import _graphical


class Shikane(Service):
    """shikane, which sets up the outputs that are there"""

    package = Package("shikane")
    settings = Settings(
        formats.toml,
        file="shikane/config.toml",
        example={
            "profile": [
                {
                    "name": "external",
                    "output": [
                        {"match": "eDP-1", "enable": True},
                        {"match": "HDMI-A-1", "position": {"x": 1920, "y": 0}},
                    ],
                }
            ]
        },
        doc="The settings, see <https://gitlab.com/w0lff/shikane/-/blob/master/docs/shikane.5.man.md>.",
    )
    unit = _graphical.session_unit(
        lambda self: exe(self.package),
        wayland=False,
        description="Dynamic output configuration tool",
        unit={"Documentation": "man:shikane(1)"},
    )
