from home_manager.authoring import *


class Elephant(Service):
    """elephant"""

    package = Package(
        "elephant",
        example='pkgs.elephant.override {\n  enabledProviders = [\n    "desktopapplications"\n    "runner"\n  ];\n}\n',
    )
    settings = Settings(
        formats.toml,
        file="elephant/config.toml",
        example={"providers": {"default": ["desktopapplications", "runner"]}},
        doc="The settings of elephant.",
    )
    unit = UserUnit(
        lambda self: exe(self.package),
        description="Elephant - Data provider for application launchers",
        target="graphical-session.target",
        restart="on-failure",
    )
