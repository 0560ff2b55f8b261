from home_manager.authoring import *
from home_manager.modules import _graphical


class Avizo(Service):
    """avizo, which shows the volume and the like on the screen when they change"""

    settings = Settings(
        formats.ini,
        file="avizo/config.ini",
        example={"default": {"time": 1.0, "y-offset": 0.5, "padding": 10}},
        doc="The settings of avizo.",
    )
    package = Package(
        "avizo",
        example='pkgs.avizo.overrideAttrs (final: prev: {\n  patchPhase = "cp ${./images}/*.png data/images/";\n})\n',
    )
    unit = _graphical.session_unit(
        lambda self: f"{self.package}/bin/avizo-service",
        description="Volume/backlight OSD indicator",
        restart="always",
        unit={"Documentation": "man:avizo(1)"},
        service={"Type": "simple"},
    )
