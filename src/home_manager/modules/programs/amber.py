from home_manager.authoring import *


def settings(program, example):
    return Settings(
        formats.toml,
        file=f".config/amber/{program}.toml",
        below="home.file",
        darwin=f"Library/Preferences/com.github.dalance.amber/{program}.toml",
        example=example,
        doc=f"The settings of {program}; see <https://github.com/dalance/amber?tab=readme-ov-file#configurable-value>.",
    )


class Amber(Program):
    """amber, which searches and replaces in files"""

    package = Package("amber", nullable=True)
    ambsSettings = settings("ambs", {"column": True, "binary": True, "skipped": True, "recursive": False})
    ambrSettings = settings("ambr", {"regex": True, "row": True, "statistics": True, "interactive": False})
