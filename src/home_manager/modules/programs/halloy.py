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
    themes = option(
        t.attrs_of(t.one_of(t.toml, t.lines, t.path)),
        default={},
        doc="Themes by name, each as settings, a text or a file; see <https://halloy.chat/configuration/themes/index.html>.",
    )

    @defines("xdg.configFile")
    def theme_files(self):
        for name, theme in self.themes.items():
            content = formats.toml.render(theme) if isinstance(theme, dict) and "outPath" not in theme else theme
            yield {f"halloy/themes/{name}.toml": file_entry(self, content)}
