from home_manager.authoring import *


class TwitchTui(Program):
    """twitch-tui"""

    package = Package("twitch-tui", nullable=True)
    settings = Settings(
        formats.toml,
        file="twt/config.toml",
        example={
            "twitch": {"username": "", "channel": "", "server": "wss://eventsub.wss.twitch.tv/ws", "token": ""},
            "terminal": {
                "delay": 30,
                "maximum_messages": 500,
                "log_file": "",
                "log_level": "info",
                "first_state": "dashboard",
            },
        },
        doc="The settings of twitch-tui, see <https://github.com/Xithrius/twitch-tui/blob/main/default-config.toml>.",
    )
