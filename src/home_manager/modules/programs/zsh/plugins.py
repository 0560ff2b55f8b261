"""`programs.zsh.plugins`, and the managers of plugins: antidote, zplug, zsh-abbr; also zprof."""

from collections.abc import Sequence

from home_manager.authoring import *
from home_manager.modules.programs.zsh.places import plugins_dir

SEARCHED = ("share/zsh/plugins/$plugin_dir", "share/zsh/site-functions", "share/zsh/vendor-completions")
"""Where a plugin that is a package may keep its functions."""


def for_each(array: str, words: Sequence[str], variable: str, *body: str) -> str:
    """Zsh code that runs lines for every word, and leaves no variable behind."""
    loop = "".join(f"  {line}\n" for line in body)
    words_text = formats.zsh.define(array, words)
    return f'{words_text}\nfor {variable} in "${{{array}[@]}}"; do\n{loop}done\nunset {variable} {array}\n'


class Plugin(Options):
    """A plugin."""

    src = option(t.path, doc="The directory of the plugin; it joins `path` and `fpath`.")
    name = option(t.str, doc="What the plugin is called.")
    file = option(t.str, doc="The script in `src` to source; by default the plugin's name and `.plugin.zsh`.")
    functions = option(t.list_of(t.str), default=[], doc="Directories in `src` that join `fpath`.")
    completions = option(t.list_of(t.str), default=[], visible=False, doc="The old name of `functions`.")

    @defines(".file")
    def usual_file(self):
        return default(f"{self.name}.plugin.zsh")

    @defines(".functions", when=completions)
    def by_old_name(self):
        return self.completions


class Abbreviations(Options):
    """Abbreviations."""

    _position = "programs/zsh/plugins/zsh-abbr.nix"
    enable = option(
        t.bool,
        default=False,
        example=True,
        doc="Whether to load zsh-abbr, which replaces abbreviations while one types.",
    )
    package = Package("zsh-abbr", install=False)
    abbreviations = option(
        t.attrs_of(t.str),
        default={},
        example={"l": "less", "gco": "git checkout"},
        doc="What each abbreviation becomes where a command stands.",
    )
    globalAbbreviations = option(
        t.attrs_of(t.str),
        default={},
        example={"G": "| grep", "L": "| less -R"},
        doc="What each abbreviation becomes anywhere in a line.",
    )

    @defines("programs.zsh.plugins", when=enable, always=True)
    def plugin(self):
        return [{"name": "zsh-abbr", "src": self.package, "file": "share/zsh/zsh-abbr/zsh-abbr.plugin.zsh"}]

    @defines("xdg.configFile", when=enable, always=True)
    def user_file(self):
        quote = formats.shell.quote
        lines = [f"abbr {quote(key)}={quote(value)}" for key, value in self.abbreviations.items()]
        lines += [f"abbr -g {quote(key)}={quote(value)}" for key, value in self.globalAbbreviations.items()]
        return {"zsh-abbr/user-abbreviations": {"text": "\n".join(lines) + "\n"}}


class Profiler(Options):
    """The profiler."""

    _position = "programs/zsh/plugins/zprof.nix"
    enable = option(
        t.bool, default=False, doc="Whether to measure the start of the shell with zprof and show the result."
    )

    @defines("programs.zsh.initContent", when=enable)
    def measured(self):
        yield order(400, "zmodload zsh/zprof\n")
        yield order(1450, "zprof")


class ZplugPlugin(Options):
    """A plugin for zplug."""

    name = option(t.str, doc="The plugin, as zplug names it.")
    tags = option(t.list_of(t.str), default=[], doc="Tags of zplug that say how to get and load it.")


class Zplug(Options):
    """zplug."""

    enable = option(t.bool, default=False, example=True, doc="Whether zplug manages plugins.")
    package = Package("zplug", install=False)
    plugins = option(t.list_of(t.submodule(ZplugPlugin)), default=[], doc="The plugins that zplug brings.")
    zplugHome = option(
        t.path,
        default=lambda self: f"{self['home.homeDirectory']}/.zplug",
        default_text='"~/.zplug"',
        apply=str,
        doc="The directory where zplug keeps its plugins.",
    )

    @defines("home.packages", when=enable, always=True)
    def installed(self):
        return [self.package]

    @defines("programs.zsh.initContent", when=enable)
    def loaded(self):
        plugins = "".join(f'zplug "{each.name}"{"".join(f", {tag}" for tag in each.tags)}\n' for each in self.plugins)
        return order(
            550,
            f"export ZPLUG_HOME={self.zplugHome}\n\nsource {self.package}/share/zplug/init.zsh\n\n{plugins}\n"
            "if ! zplug check; then\n  zplug install\nfi\n\nzplug load\n",
        )


class Antidote(Options):
    """antidote."""

    enable = option(t.bool, default=False, example=True, doc="Whether antidote manages plugins.")
    plugins = option(
        t.list_of(t.str),
        default=[],
        example=["zsh-users/zsh-autosuggestions"],
        doc="The plugins, as lines of a bundle file.",
    )
    useFriendlyNames = option(
        t.bool, default=False, example=True, doc="Whether antidote calls its directories after the plugins."
    )
    package = Package("antidote", nullable=True, install=False)

    @defines("home.packages", when=enable, always=True)
    def installed(self):
        return None if self.package is None else [self.package]

    @defines("programs.zsh.initContent", when=enable)
    def loaded(self):
        bundle = str(self._made("writeText", "hm_antidote-files", "".join(f"{name}\n" for name in self.plugins)))
        digest = bundle.rpartition("/")[2].partition("-")[0]
        cache = f"{self['xdg.cacheHome']}/zsh"
        quote = formats.shell.quote
        lines = [] if self.package is None else [f"source {quote(self.package)}/share/antidote/antidote.zsh"]
        if self.useFriendlyNames:
            lines.append("zstyle ':antidote:bundle' use-friendly-names 'yes'")
        # What antidote writes is run: it must not lie where others can write. Its name follows the list of plugins.
        lines += [
            f"bundlefile={quote(bundle)}",
            "zstyle ':antidote:bundle' file $bundlefile",
            f"staticfile={quote(f'{cache}/antidote-{digest}.zsh')}",
            "zstyle ':antidote:static' file $staticfile",
            f"mkdir -p {quote(cache)}",
            "antidote load $bundlefile $staticfile",
            "unset bundlefile staticfile",
        ]
        return order(550, "\n".join(lines) + "\n")


class WithPlugins(Options):
    """The plugins' part of the module."""

    _position = "programs/zsh/plugins/default.nix"
    zsh_abbr = group(Abbreviations, name="zsh-abbr")
    plugins = option(
        t.list_of(t.submodule(Plugin)),
        default=[],
        example=[
            {
                "name": "wd",
                "src": "/path/to/wd",
                "file": "share/wd/wd.plugin.zsh",
                "functions": ["share/zsh/site-functions"],
            }
        ],
        doc="Plugins to link into the directory of zsh's files and to source.",
    )
    zprof = group(Profiler)

    @defines("home.file")
    def plugin_links(self):
        return {f"{plugins_dir(self)}/{plugin.name}": {"source": plugin.src} for plugin in self.plugins}

    @defines(".initContent", when=plugins)
    def plugins_loaded(self):
        base = plugins_dir(self)
        names = [plugin.name for plugin in self.plugins]
        functions = [f"{plugin.name}/{each}" for plugin in self.plugins for each in plugin.functions]
        files = [f"{plugin.name}/{plugin.file}" for plugin in self.plugins]
        paths = for_each(
            "plugin_dirs",
            names,
            "plugin_dir",
            f'path+="{base}/$plugin_dir"',
            f'fpath+="{base}/$plugin_dir"',
            *(f'[[ -d "{base}/$plugin_dir/{inner}" ]] && fpath+="{base}/$plugin_dir/{inner}"' for inner in SEARCHED),
        )
        if functions:
            paths += for_each("function_paths", functions, "function_path", f'fpath+="{base}/$function_path"')
        yield order(560, f"# Where the plugins' commands and functions lie\n{paths}")
        run = f'[[ -f "{base}/$plugin" ]] && source "{base}/$plugin"'
        yield order(900, f"# The plugins\n{for_each('plugins', files, 'plugin', run)}")

    @warn
    def renamed_completions(self):
        for definition in self._option("plugins").definitions():
            given = seen(definition.value)
            for plugin in given if isinstance(given, list) else []:
                if isinstance(plugin, dict) and "completions" in plugin:
                    yield (
                        f"The option `programs.zsh.plugins.*.completions' defined in `{definition.file}' "
                        "has been renamed to `programs.zsh.plugins.*.functions'."
                    )
