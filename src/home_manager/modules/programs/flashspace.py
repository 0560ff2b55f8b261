from home_manager.authoring import *

PAGE = "https://github.com/wojciech-zurek/FlashSpace"


class Flashspace(Program):
    """FlashSpace workspace manager for macOS"""

    platforms = ("darwin",)

    package = Package("flashspace", nullable=True)
    settings = Settings(
        formats.toml,
        file="flashspace/settings.toml",
        example={"showFlashSpace": "cmd+shift+space", "displayMode": "static", "workspaceTransitionDuration": 0.25},
        doc=f"The settings, see <{PAGE}>.",
    )
    profiles = Settings(
        formats.json,
        file="flashspace/profiles.json",
        default={},
        example={
            "profiles": [
                {
                    "id": "550e8400-e29b-41d4-a716-446655440000",
                    "name": "Work",
                    "workspaces": [
                        {"name": "Coding", "shortcut": "cmd+1", "apps": [{"name": "Xcode", "autoOpen": True}]}
                    ],
                }
            ]
        },
        doc=f"The profiles with their workspaces and programs, see <{PAGE}>.",
    )
