from home_manager.authoring import *


class Neovide(Program):
    """Neovide, windows for Neovim"""

    package = Package("neovide", nullable=True)
    settings = Settings(
        formats.toml,
        file="neovide/config.toml",
        example={
            "font": {"normal": [], "size": 14.0},
            "fork": False,
            "frame": "full",
            "idle": True,
            "maximized": False,
            "neovim-bin": "/usr/bin/nvim",
            "no-multigrid": False,
            "srgb": False,
            "tabs": True,
            "theme": "auto",
            "title-hidden": True,
            "vsync": True,
            "wsl": False,
        },
        doc="The settings of Neovide, see <https://neovide.dev/config-file.html>.",
    )
