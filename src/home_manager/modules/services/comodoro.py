from home_manager.authoring import *


class Comodoro(Service):
    """the server of Comodoro, a timer for the Pomodoro technique"""

    platforms = ("linux", "darwin")
    package = Package("comodoro")
    environment = option(
        t.attrs_of(t.str),
        default={},
        example={"PASSWORD_STORE_DIR": "~/.password-store"},
        doc="Further variables of the server.",
    )
    preset = option(t.non_empty_str, doc="The preset of the configuration file that is used.")
    protocols = option(t.non_empty_list_of(t.non_empty_str), doc="The protocols by which it takes requests.")
    server = UserUnit(
        lambda self: f"{self.package}/bin/comodoro server start {self.preset} {' '.join(self.protocols)}",
        description="Comodoro server",
        after="network.target",
        wanted_by="default.target",
        restart="always",
        environment=lambda self: dict(self.environment),
        service={"ExecSearchPath": "/bin", "RestartSec": 10},
    )
