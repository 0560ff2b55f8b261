from home_manager.authoring import *


class ClockRs(Program):
    """clock-rs, a clock in the terminal"""

    package = Package("clock-rs", nullable=True)
    settings = Settings(
        formats.toml,
        file="clock-rs/conf.toml",
        darwin="Library/Application Support/clock-rs/conf.toml",
        example={
            "general": {"color": "magenta", "interval": 250, "blink": True, "bold": True},
            "position": {"horizontal": "start", "vertical": "end"},
            "date": {"fmt": "%A, %B %d, %Y", "use_12h": True, "utc": True, "hide_seconds": True},
        },
        doc="Settings of clock-rs.",
    )
