from home_manager.authoring import *


class Vinegar(Program):
    """Vinegar, a bootstrapper of Roblox Studio"""

    platforms = ("linux",)
    package = Package("vinegar", nullable=True)
    settings = Settings(
        formats.toml,
        file="vinegar/config.toml",
        type=t.attrs_of(t.toml),
        example={
            "env": {"WINEFSYNC": "1"},
            "studio": {
                "dxvk": False,
                "env": {"DXVK_HUD": "0", "MANGOHUD": "1"},
                "fflags": {"DFIntTaskSchedulerTargetFps": 144},
                "renderer": "Vulkan",
            },
        },
        doc="Settings of vinegar, see <https://vinegarhq.org/Configuration/>.",
    )
