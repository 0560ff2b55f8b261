from home_manager.authoring import *


class Clipse(Service):
    """clipse clipboard manager"""

    package = Package("clipse", nullable=True)
    systemdTarget = option(
        t.str,
        default="graphical-session.target",
        example="sway-session.target",
        doc="The target that starts the service.",
    )
    settings = Settings(
        formats.json,
        file="clipse/config.json",
        default={},
        when=True,
        example={"allowDuplicates": True, "maxHistory": 1001},
        doc="The settings, see <https://github.com/savedra1/clipse#configuration>.",
    )
    theme = Settings(
        formats.json,
        file="clipse/custom_theme.json",
        type=t.either(t.json, t.path),
        when=True,
        default={"useCustomTheme": False},
        example={"useCustomTheme": True, "DimmedDesc": "#ffffff", "PinIndicatorColor": "#ff0000"},
        doc="The theme, or the file that has it.",
    )
    renamed = (
        *(Renamed(name, f"settings.{name}") for name in ("allowDuplicates", "imageDisplay", "keyBindings")),
        Renamed("historySize", "settings.maxHistory"),
    )

    unit = UserUnit(
        lambda self: f"{self.package}/bin/clipse -listen",
        description="Clipse listener",
        target="graphical-session.target",
        wanted_by=lambda self: self.systemdTarget,
        service={"Type": "oneshot", "RemainAfterExit": True},
        when=package,
    )
