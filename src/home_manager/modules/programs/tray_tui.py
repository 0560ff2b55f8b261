from home_manager.authoring import *


class TrayTui(Program):
    """tray-tui, a system tray in the terminal"""

    package = Package("tray-tui", nullable=True)
    settings = Settings(
        formats.toml,
        file="tray-tui/config.toml",
        example={
            "columns": 3,
            "key_map": {
                "down": "focus_down",
                "h": "focus_left",
                "j": "focus_up",
                "k": "focus_down",
                "l": "focus_right",
                "left": "focus_left",
                "right": "focus_right",
                "up": "focus_up",
            },
            "sorting": False,
        },
        doc="Settings of tray-tui, see <https://github.com/Levizor/tray-tui/blob/main/config_example.toml>.",
    )
