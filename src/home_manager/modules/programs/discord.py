from home_manager.authoring import *


class DiscordSettings(Options):
    """Settings of Discord."""

    freeform = t.json

    SKIP_HOST_UPDATE = option(
        t.bool,
        default=True,
        example=False,
        doc="Whether Discord starts although there is a newer release; it does not without this.",
    )
    DANGEROUS_ENABLE_DEVTOOLS_ONLY_ENABLE_IF_YOU_KNOW_WHAT_YOURE_DOING = option(
        t.bool, default=False, example=True, doc="Whether Chrome's tools for developers can be opened."
    )


class Discord(Program):
    """Discord, the chat platform"""

    package = Package("discord", nullable=True)
    configName = option(
        t.str,
        default="discord",
        example="discordptb",
        doc="The directory of {file}`settings.json`; other editions of Discord have others.",
    )
    settings = Settings(
        None,
        type=t.submodule(DiscordSettings),
        below="home.file",
        file=lambda self: f"{self['xdg.configHome']}/{self.configName}/settings.json",
        darwin=lambda self: f"Library/Application Support/{self.configName}/settings.json",
        when=True,
        render=lambda self, value: formats.json.render(value),
        example={"DANGEROUS_ENABLE_DEVTOOLS_ONLY_ENABLE_IF_YOU_KNOW_WHAT_YOURE_DOING": True},
        doc="Settings. Discord does not document them.",
    )
