from home_manager.authoring import *


class RadioCli(Program):
    """radio-cli, a player of radio streams"""

    package = Package("radio-cli", nullable=True)
    settings = Settings(
        formats.json,
        file="radio-cli/config.json",
        example={
            "config_version": "2.3.0",
            "country": "ES",
            "data": [{"station": "lofi", "url": "https://www.youtube.com/live/jfKfPfyJRdk?si=WDl-XdfuhxBfe6XN"}],
            "max_lines": 7,
        },
        doc="Settings of radio-cli.",
    )
