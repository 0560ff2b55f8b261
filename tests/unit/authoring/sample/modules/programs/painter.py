from home_manager.authoring import *


class Painter(Program):
    """painter, a program with files of all kinds"""

    settings = Settings(
        formats.toml,
        file="painter/config.toml",
        darwin=application_support("painter/config.toml", unless_xdg=True),
        extra="extraConfig",
        between="\n",
        doc="Settings.",
    )
    extraConfig = option(t.lines, default="", doc="Lines after the settings.")
    keys = Settings(formats.json, file="painter/keys.json", type=t.either(t.path, t.json), doc="Keys.")
    style = ExtraText(file="painter/style.css", type=t.either(t.path, t.lines), doc="The style.", onChange="reload")
    themes = Files("painter/{name}.toml", formats.toml, doc="Themes.", onChange="reload")
    layouts = Files(lambda self, name: f"painter/{name}/layout", doc="Layouts.")
    brushes = Files("brushes/{name}", darwin=application_support("brushes/{name}"), doc="Brushes.")

    @config_file("painter/either", when=(style, layouts))
    def either(self):
        return "either\n"
