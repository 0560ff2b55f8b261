from home_manager.authoring import *


class Bacon(Program):
    """bacon, which checks Rust code in the background"""

    package = Package("bacon", nullable=True)
    settings = Settings(
        formats.toml,
        file="bacon/prefs.toml",
        darwin=application_support("org.dystroy.bacon/prefs.toml"),
        example={
            "jobs": {
                "default": {"command": ["cargo", "build", "--all-features", "--color", "always"], "need_stdout": True}
            }
        },
        doc="The preferences of bacon, see <https://dystroy.org/bacon/config/#global-preferences>.",
    )
