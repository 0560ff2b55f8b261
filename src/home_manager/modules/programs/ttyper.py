from home_manager.authoring import *


class Ttyper(Program):
    """ttyper, a typing test in the terminal"""

    package = Package("ttyper", nullable=True)
    settings = Settings(
        formats.toml,
        file="ttyper/config.toml",
        example={
            "default_language": "english200",
            "theme": {"border_type": "rounded", "prompt_correct": "green", "prompt_incorrect": "red"},
        },
        doc="Settings of ttyper, see <https://github.com/max-niederman/ttyper>.",
    )
