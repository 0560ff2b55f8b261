from home_manager.authoring import *


class GitCliff(Program):
    """git-cliff, which makes changelogs"""

    package = Package("git-cliff", nullable=True)
    settings = Settings(
        formats.toml,
        file="git-cliff/cliff.toml",
        example={"header": "Changelog", "trim": True},
        doc="The settings of git-cliff, see <https://git-cliff.org/docs/configuration>.",
    )
