from home_manager.authoring import *


class Bottom(Program):
    """bottom, a process and system monitor for the terminal that can be customised"""

    package = Package("bottom", nullable=True)
    settings = Settings(
        formats.toml,
        file="bottom/bottom.toml",
        example={"colors": {"low_battery_color": "red"}, "flags": {"avg_cpu": True, "temperature_type": "c"}},
        doc="The settings of bottom; its documentation shows the default ones.",
    )
