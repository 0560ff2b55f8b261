from home_manager.authoring import *


class FlakeEdit(Program):
    """flake-edit, which edits the inputs of flakes"""

    package = Package("flake-edit", nullable=True)
    settings = Settings(
        formats.toml,
        file="flake-edit/config.toml",
        darwin=application_support("flake-edit/config.toml"),
        example={
            "follow": {
                "aliases": {"nixpkgs": ["nixpkgs-lib"]},
                "ignore": ["systems", "crane.flake-utils"],
                "max_depth": 1,
                "transitive_min": 2,
            }
        },
        doc="The settings of flake-edit, see <https://github.com/a-kenji/flake-edit#configuration>.",
    )
