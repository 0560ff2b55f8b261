from home_manager.authoring import *


class Halloy(Program):
    """Halloy, a client for IRC"""

    package = Package("halloy", nullable=True)
    settings = Settings(
        formats.toml,
        file="halloy/config.toml",
        example={
            "buffer.channel.topic": {"enabled": True},
            "servers.liberachat": {"channels": ["#halloy"], "nickname": "halloy-user", "server": "irc.libera.chat"},
        },
        doc="Settings of Halloy, see <https://halloy.chat/configuration.html>. It needs at least one server.",
    )
    themes = Files(
        "halloy/themes/{name}.toml",
        formats.toml,
        type=t.one_of(t.toml, t.lines, t.path),
        doc="Themes by name, each as settings, a text or a file; see <https://halloy.chat/configuration/themes/index.html>.",
    )
