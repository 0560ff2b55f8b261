from home_manager.authoring import *


class Qalculate(Program):
    """Qalculate!, a calculator for the desktop and the command line"""

    package = Package("qalculate", default="libqalculate", nullable=True)
    settings = Settings(
        formats.ini,
        file="qalculate/qalc.cfg",
        example={
            "General": {"colorize": 1, "precision": 10, "save_definitions_on_exit": 0, "save_mode_on_exit": 1},
            "Mode": {"angle_unit": 1, "calculate_as_you_type": 1, "max_deci": -1, "min_deci": 0, "number_base": 10},
        },
        doc="Settings of qalculate.",
    )
