from home_manager.authoring import *


class Mypy(Program):
    """mypy, which checks types in Python"""

    package = Package("mypy", nullable=True)
    settings = Settings(
        formats.ini,
        file="mypy/config",
        example={"mypy": {"warn_return_any": True, "warn_unused_configs": True}},
        doc="The settings of mypy, see <https://mypy.readthedocs.io/en/stable/config_file.html>.",
    )
