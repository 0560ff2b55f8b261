from home_manager.authoring import *


class Iamb(Program):
    """iamb"""

    package = Package("iamb", nullable=True)
    settings = Settings(
        formats.toml,
        file="iamb/config.toml",
        darwin=lambda self: (
            f"{self['xdg.configHome'] if self['xdg.enable'] else 'Library/Application Support'}/iamb/config.toml"
        ),
        example={
            "default_profile": "personal",
            "settings": {
                "notifications": {"enabled": True},
                "image_preview": {"protocol": {"type": "kitty", "size": {"height": 10, "width": 66}}},
            },
        },
        doc="The settings of iamb, see <https://iamb.chat/configure.html>.",
    )
