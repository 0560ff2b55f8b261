from home_manager.authoring import *

THEMES = "https://github.com/abenz1267/walker/tree/master/resources/themes/default"


class Theme(Options):
    """A theme."""

    name_ = option(t.str, default="nixos", doc="The name of the theme.", name="name")
    style = option(t.lines, default="", doc="The style sheet.")
    layout = option(
        t.attrs_of(t.either(t.path, t.lines)),
        default={},
        example=literal('{ "item" = ./myfile.xml; };'),
        doc=f"The layout, files of GTK's XML by name; <{THEMES}> has those of the default theme.",
    )


class Systemd(Options):
    """The service."""

    enable = option(t.bool, default=False, example=True, doc="Whether walker runs as a service.")


class Walker(Service):
    """walker"""

    package = Package("walker", nullable=True)
    enableElephantIntegration = option(
        t.bool,
        default=lambda self: self["services.elephant.enable"],
        default_text="config.services.elephant.enable",
        example=True,
        doc="Whether the service needs that of elephant.",
    )
    settings = Settings(
        formats.toml,
        file="walker/config.toml",
        example={"theme": "default", "as_window": False, "timeout": 0},
        doc="The settings, see <https://github.com/abenz1267/walker/blob/master/resources/config.toml>.",
    )
    theme = option(
        t.null_or(t.submodule(Theme)), default=None, doc="A theme of your own, in place of `settings.theme`."
    )
    systemd = group(Systemd)

    @check
    def runs(self):
        if self.systemd.enable and self.package is None:
            yield "Can't set services.walker.package to null if services.walker.systemd.enable is set to true;"

    @defines(".settings", when=lambda self: self.theme is not None)
    def named_theme(self):
        return {"theme": self.theme["name"]}

    @defines("xdg.configFile", when=lambda self: self.theme is not None)
    def theme_files(self):
        place = f"walker/themes/{self.theme['name']}"
        yield {f"{place}/style.css": {"text": self.theme.style}}
        for name, part in self.theme.layout.items():
            yield {f"{place}/{name}.xml": file_entry(self, part)}

    def _elephant(self):
        return ["elephant.service"] if self.enableElephantIntegration else []

    unit = UserUnit(
        lambda self: f"{exe(self.package)} --gapplication-service",
        description="Walker - Application Runner",
        after=lambda self: ["graphical-session.target", *self._elephant()] if self._elephant() else [],
        requires=_elephant,
        wanted_by="graphical-session.target",
        restart="on-failure",
        when=lambda self: self.systemd.enable and self.package is not None,
    )
