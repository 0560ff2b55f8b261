from home_manager.authoring import *


class Andcli(Program):
    """andcli, one-time passwords in the terminal"""

    package = Package("andcli", nullable=True)
    settings = Settings(
        formats.yaml,
        file="andcli/config.yaml",
        darwin=application_support("andcli/config.yaml"),
        example={"options": {"show_tokens": True, "show_usernames": False}},
        doc="The settings of andcli, see <https://github.com/tjblackheart/andcli#configuration>.",
    )
