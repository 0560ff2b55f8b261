from home_manager.authoring import *


class AiderChat(Program):
    """aider, which writes code in a repository together with you"""

    package = Package("aider-chat", nullable=True)
    settings = Settings(
        formats.yaml,
        file=".aider.conf.yml",
        below="home.file",
        example={"architect": True, "dark-mode": True, "dirty-commits": False, "lint": True},
        doc="The settings of aider, see <https://aider.chat/docs/config/aider_conf.html>.",
    )
