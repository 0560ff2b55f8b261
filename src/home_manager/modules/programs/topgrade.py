from home_manager.authoring import *


class Topgrade(Program):
    """topgrade, which upgrades everything"""

    package = Package("topgrade")
    settings = Settings(
        formats.toml,
        file="topgrade.toml",
        example={
            "commands": {"Run garbage collection on Nix store": "nix-collect-garbage"},
            "misc": {"assume_yes": True, "cleanup": True, "disable": ["flutter", "node"], "set_title": False},
        },
        doc="The settings of topgrade, see <https://github.com/topgrade-rs/topgrade/blob/main/config.example.toml>.",
    )
