from home_manager.authoring import *


def reload(self) -> str:
    """What makes running editors read their configuration again."""
    programs = "/usr" if self._is_on("darwin") else self.pkgs["procps"]
    return f"{programs}/bin/pkill -USR1 -u $USER -x '(hx|\\.hx-wrapped)' || true"


class Helix(Program):
    """Helix, a modal text editor"""

    package = Package("helix", nullable=True, example="pkgs.evil-helix", wrap_path="extraPackages", program="hx")
    extraPackages = option(
        t.list_of(t.package), default=[], example=literal("[ pkgs.marksman ]"), doc="Packages whose programs hx finds."
    )
    extraConfig = option(
        t.lines,
        default="",
        example='[keys.normal.g] # the other way round\nG = "goto_file_end"\ng = "goto_file_start"\n',
        doc="Lines for the end of config.toml, where their order matters: for minor modes, say.",
    )
    defaultEditor = option(
        t.bool, default=False, doc="Whether `hx` is the default editor, by the variables `EDITOR` and `VISUAL`."
    )
    settings = option(
        t.toml,
        default={},
        example={
            "theme": "base16",
            "editor": {"line-number": "relative", "lsp": {"display-messages": True}},
            "keys": {"normal": {"space": {"w": ":w"}, "esc": ["collapse_selection", "keep_primary_selection"]}},
        },
        doc="The settings of Helix, see <https://docs.helix-editor.com/configuration.html>.",
    )
    languages = Settings(
        formats.toml,
        file="helix/languages.toml",
        type=t.coerced_to(
            t.list_of(t.toml),
            lambda languages: {"language": languages},
            t.narrowed(t.toml, lambda value: isinstance(value, dict)),
        ),
        example={"language": [{"name": "rust", "auto-format": False}]},
        doc="Languages and their servers, see <https://docs.helix-editor.com/languages.html>.",
        onChange=reload,
    )
    ignores = option(
        t.list_of(t.str),
        default=[],
        example=[".build/", "!.gitignore"],
        doc="Patterns of files that are not offered, as in a .gitignore.",
    )
    themes = Files(
        "helix/themes/{name}.toml",
        formats.toml,
        example={"base16": {"ui.menu": "none", "ui.linenr": {"fg": "#665c54", "bg": "#3c3836"}, "comment": "#665c54"}},
        doc="Themes by name, each as settings, a text or a file. See <https://docs.helix-editor.com/themes.html>.",
        onChange=reload,
    )
    editor = Variables(EDITOR="hx", VISUAL="hx", when=defaultEditor)

    @check
    def package_to_extend(self):
        if self.extraPackages and self.package is None:
            yield "programs.helix.extraPackages require programs.helix.package to not be null"

    @warn
    def languages_as_list(self):
        if any(isinstance(each, list) for each in self._given_languages()):
            yield (
                "Using `programs.helix.languages` as a list is deprecated and will be\nremoved in the future. "
                "It now stands for the whole of languages.toml: write\n"
                "`programs.helix.languages.language` for the list.\n"
            )

    def _given_languages(self):
        return [each.value for each in self._option("languages").definitions()]

    @config_file("helix/config.toml", when=lambda self: self.settings or self.extraConfig, onChange=reload)
    def file(self) -> str:
        between = "\n" if self.settings else ""
        return f"{formats.toml.render(self.settings)}{between}{self.extraConfig}"

    @config_file("helix/ignore", when=ignores)
    def ignored(self) -> str:
        return "\n".join(self.ignores) + "\n"
