from home_manager.authoring import *


class NixInit(Program):
    """nix-init, which writes packages for nixpkgs"""

    package = Package("nix-init", nullable=True)
    settings = Settings(
        formats.toml,
        file="nix-init/config.toml",
        example={"maintainers": ["figsoda"], "nixpkgs": "<nixpkgs>", "commit": True},
        doc="The settings of nix-init, see <https://github.com/nix-community/nix-init#configuration>.",
    )
