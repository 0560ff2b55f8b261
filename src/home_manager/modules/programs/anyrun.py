from home_manager.authoring import *

NUMERIC = "{ absolute = 200; };\nor\n{ fraction = 0.4; };\n"
FILES = "programs.anyrun.extraConfigFiles.\"plugin-name.ron\".text = '''\n  Config(\n    some_option: true,\n  )\n'''\n"
LENGTHS = ("x", "y", "width", "height")


class Numeric(Options):
    """A length."""

    absolute = option(t.null_or(t.int), default=None, doc="The length in pixels.")
    fraction = option(t.null_or(t.float), default=None, doc="The length as a part of the screen.")


def length(what, default):
    return option(
        t.submodule(Numeric),
        default=default,
        example=literal(NUMERIC),
        doc=f"{what}: `absolute` in pixels, or as a `fraction` of the screen.",
    )


def flag(doc):
    return option(t.bool, default=False, doc=f"Whether {doc}.")


class Config(Options):
    """The settings."""

    plugins = option(
        t.null_or(t.list_of(t.either(t.package, t.str))),
        default=None,
        doc="The plugins: packages, or the paths of their files, or their names.",
    )
    x = length("The place from the left, where 0.5 is the middle", {"fraction": 0.5})
    y = length("The place from the top", {"fraction": 0.0})
    width = length("The width", {"absolute": 800})
    height = length("The least height; there is always place for all entries", {"absolute": 0})
    margin = option(t.int, default=0, doc="Pixels around the window, for shadows.")
    hideIcons = flag("icons are left out")
    ignoreExclusiveZones = flag("the window may cover bars and the like")
    layer = option(
        t.enum("background", "bottom", "top", "overlay"), default="overlay", doc="The layer that the window is on."
    )
    hidePluginInfo = flag("it is left out what plugin an entry is of")
    closeOnClick = flag("a click outside closes the window")
    showResultsImmediately = flag("entries are shown before anything is typed")
    maxEntries = option(t.null_or(t.int), default=None, doc="The most entries that are shown.")


def ron(value):
    """A value as the configuration has it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def ron_length(value):
    if value.absolute is not None:
        return f"Absolute({value.absolute})"
    return f"Fraction({formats.plain.to_string(value.fraction)})"


class Anyrun(Program):
    """anyrun"""

    platforms = ("linux",)

    package = Package("anyrun", nullable=True)
    config = group(Config)
    extraCss = option(t.null_or(t.lines), default=None, doc="The style sheet, `~/.config/anyrun/style.css`.")
    extraConfigFiles = option(
        t.attrs,
        default={},
        example=literal(FILES),
        doc="Further files below `~/.config/anyrun`, as in `xdg.configFile`.",
    )

    @check
    def one_measure(self):
        for name in LENGTHS:
            given = self.config._read(name)
            if given.absolute is not None and given.fraction is not None:
                yield "Invalid numeric definition, you can only specify one of absolute or fraction."

    @warn
    def no_plugins(self):
        if self.config.plugins is None:
            yield (
                "You haven't enabled any plugins. Anyrun will not show any results, unless you specify plugins with the "
                "--override-plugins flag.\nAdd plugins to programs.anyrun.config.plugins, or set it to [] to silence the "
                "warning.\n"
            )

    @defines("xdg.configFile", when=extraConfigFiles)
    def more_files(self):
        return {f"anyrun/{name}": entry for name, entry in self.extraConfigFiles.items()}

    @config_file("anyrun/style.css", when=lambda self: self.extraCss is not None)
    def style(self):
        return self.extraCss

    @config_file("anyrun/config.ron")
    def file(self):
        config = self.config
        plugins = [
            each if isinstance(each, str) else f"{each}/lib/lib{each['pname'].replace('-', '_')}.so"
            for each in config.plugins or []
        ]
        fields = {
            **{name: ron_length(config._read(name)) for name in LENGTHS},
            "margin": config.margin,
            "hide_icons": config.hideIcons,
            "ignore_exclusive_zones": config.ignoreExclusiveZones,
            "layer": config.layer.capitalize(),
            "hide_plugin_info": config.hidePluginInfo,
            "close_on_click": config.closeOnClick,
            "show_results_immediately": config.showResultsImmediately,
            "max_entries": "None" if config.maxEntries is None else f"Some({config.maxEntries})",
            "plugins": formats.json.compact(plugins),
        }
        return "".join(["Config(\n", *(f"  {name}: {ron(value)},\n" for name, value in fields.items()), ")\n"])
