"""bat"""

from home_manager.authoring import (
    Options,
    Package,
    Program,
    Removed,
    Renamed,
    Settings,
    ShellIntegration,
    Variables,
    check,
    config_file,
    defines,
    formats,
    option,
    t,
    warn,
)


class Source(Options):
    path = option(t.path, doc="Where the theme is.")


class Bat(Program):
    """bat, a cat clone with wings."""

    package = Package("bat", nullable=True)
    config = option(
        t.attrs_of(t.one_of(t.str, t.list_of(t.str), t.bool)), default={}, example={"theme": "TwoDark"}, doc="Flags."
    )
    settings = Settings(formats.toml, file="bat/settings.toml", example={"a": 1}, onChange="bat cache", doc="Settings.")
    themes = option(t.attrs_of(t.submodule(Source)), default={}, doc="Themes.")
    shells = ShellIntegration(bash="eval bat", zsh=lambda self: f"eval {self.package}", order={"zsh": 500})
    variables = Variables(PAGER="bat", BAT_THEME=lambda self: self.config.get("theme"))
    old = (
        Renamed("conf", "config"),
        Renamed("fontSize", "settings.font.size"),
        Renamed("theme", "config", change=lambda value: {"theme": value}),
        Renamed("/programs.cat.enable", "enable"),
        Removed("gone", "Use `config` instead."),
    )

    @config_file("bat/config", when=config)
    def flags(self):
        return formats.flags.render(self.config)

    @defines("xdg.configFile")
    def theme_files(self):
        for name, theme in self.themes.items():
            yield {f"bat/themes/{name}.tmTheme": {"source": theme.path}}

    @check
    def no_bad_theme(self):
        if self.config.get("theme") == "bad":
            yield "this theme is bad"

    @warn
    def plain(self):
        if self.config.get("plain"):
            yield "plain is plain"
