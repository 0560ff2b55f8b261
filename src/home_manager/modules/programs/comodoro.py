from home_manager.authoring import *


class Configuration(Options):
    """The settings"""

    freeform = t.toml


class Comodoro(Program):
    """Comodoro, a timer for the Pomodoro technique"""

    package = Package("comodoro", nullable=True)
    settings = Settings(
        formats.toml,
        file="comodoro/config.toml",
        type=t.submodule(Configuration),
        when=True,
        doc="Settings of Comodoro, see <https://pimalaya.org/comodoro/cli/configuration/>.",
    )
