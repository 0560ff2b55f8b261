from home_manager.authoring import *


class Configuration(Options):
    """The configuration"""

    freeform = t.toml


class Tomat(Service):
    """the server of Tomat, a timer for the Pomodoro technique"""

    platforms = ("linux", "darwin")
    package = Package("tomat")
    settings = Settings(
        formats.toml,
        file="tomat/config.toml",
        type=t.submodule(Configuration),
        default={},
        example={
            "notification": {"enabled": True},
            "sound": {"enabled": True},
            "timer": {"auto_advance": False, "break": 5, "work": 25},
        },
        doc="The configuration, see <https://github.com/jolars/tomat#configuration>.",
    )
    server = UserUnit(
        lambda self: f"{exe(self.package)} daemon run",
        description="Tomat Pomodoro server",
        target="graphical-session.target",
        restart="always",
        environment=lambda self: [f"PATH={self['home.profileDirectory']}/bin"],
        service={"RestartSec": 5},
    )
