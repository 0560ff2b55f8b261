from home_manager.authoring import *

ATOM = t.one_of(t.int, t.float, t.str)
SETTINGS = t.attrs_of(t.one_of(t.bool, t.int, t.float, t.str, t.list_of(ATOM)))


def render(self, settings):
    lines = []
    for name, value in sorted(settings.items()):
        if isinstance(value, bool):
            lines += [name] if value else []
        else:
            given = value if isinstance(value, list) else [value]
            lines += [f"{name}={formats.plain.to_string(each)}" for each in given]
    return "".join(f"{line}\n" for line in lines)


class Plugin(Options):
    """A plugin."""

    src = option(
        t.null_or(t.either(t.path, t.lines)),
        default=None,
        example=literal("./custom_plugin.py"),
        doc="The code of an own plugin, or its file.",
    )
    settings = option(SETTINGS, default={}, example={"quiet": True}, doc="Options for what the plugin is used for.")


class Streamlink(Program):
    """Streamlink, which gives streams to a player"""

    package = Package("streamlink", nullable=True)
    settings = Settings(
        None,
        type=SETTINGS,
        file="streamlink/config",
        darwin=application_support("streamlink/config"),
        render=render,
        example=literal(
            '{\n  player = "${pkgs.mpv}/bin/mpv";\n  player-args = "--cache 2048";\n  player-no-close = true;\n}\n'
        ),
        doc="Options of every run by their long names.",
    )
    plugins = option(
        t.attrs_of(t.submodule(Plugin)),
        default={},
        example=literal(
            "{\n  custom_plugin = {\n    src = ./custom_plugin.py;\n    settings = {\n      quiet = true;\n    };\n"
            "  };\n}\n"
        ),
        doc="Plugins by name: own ones, and options for single ones.",
    )

    @defines("home.file")
    def plugin_files(self):
        support = "Library/Application Support"
        is_darwin = self._is_on("darwin")
        config, data = (support if is_darwin else self[f"xdg.{which}Home"] for which in ("config", "data"))
        for name, plugin in self.plugins.items():
            if plugin.settings:
                yield {f"{config}/streamlink/config.{name}": {"text": render(self, plugin.settings)}}
            if plugin.src is not None:
                yield {f"{data}/streamlink/plugins/{name}.py": file_entry(self, plugin.src)}
