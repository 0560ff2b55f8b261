from typing import Any

from home_manager.authoring import *

FIRST_WITH_KDL = "0.32.0"
"""The release from which on Zellij reads KDL; before it read YAML."""

PREFIX = "zellij-"
"""How the name of a package with a plugin may begin."""


def integrated(shell: str):
    return option(t.bool, default=False, example=True, doc=f"Whether {shell} starts Zellij where it begins a session.")


def documents(what: str, page: str, **more):
    return Files(
        f"zellij/{what.lower()}/{{name}}.kdl",
        formats.yaml,
        render=lambda self, value: self._kdl(value),
        doc=f"{what} by name, each as nodes of KDL, a text or a file. See <https://zellij.dev/documentation{page}>.",
        **more,
    )


class Zellij(Program):
    """Zellij, a terminal workspace"""

    package = Package("zellij", install=False)
    finalPackage = option(
        t.package, read_only=True, visible=False, doc="Zellij together with the programs that its plugins need."
    )
    layouts = documents(
        "Layouts",
        "",
        example={
            "dev": {"layout": {"_children": [{"tab": {"_props": {"name": "Git"}, "pane": {"command": "lazygit"}}}]}}
        },
    )
    plugins = option(
        t.list_of(t.package),
        default=[],
        example=literal("with pkgs.zellijPlugins; [ jbz vim-plugins-navigator zjstatus ]"),
        doc="Plugins, which are loaded at the start. Their files keep their places, so that Zellij asks for permissions once.",
    )
    settings = option(
        t.yaml,
        default={},
        example={
            "theme": "custom",
            "themes": {"custom": {"fg": "#ffffff"}},
            "keybinds": {
                "_props": {"clear-defaults": True},
                "pane": {"_children": [{"bind": {"_args": ["left"], "MoveFocus": ["left"]}}]},
            },
        },
        doc="The settings of Zellij as nodes of KDL, or as YAML for releases before 0.32. See "
        "<https://zellij.dev/documentation>.",
    )
    extraConfig = option(
        t.lines,
        default="",
        example='keybinds {\n    normal {\n        bind "Ctrl g" { SwitchToMode "locked"; }\n    }\n}\n',
        doc="Lines for the end of config.kdl; releases before 0.32 do not get them.",
    )
    attachExistingSession = option(
        t.bool, default=False, doc="Whether a shell that starts Zellij joins a session that is there already."
    )
    exitShellOnExit = option(t.bool, default=False, doc="Whether a shell that started Zellij ends with it.")
    themes = documents("Themes", "/themes.html")
    enableBashIntegration = integrated("Bash")
    enableFishIntegration = integrated("fish")
    enableZshIntegration = integrated("Zsh")
    variables = Variables(lambda self: self._autostart())

    def _in_a_shell(self) -> bool:
        return bool(self.enableBashIntegration or self.enableFishIntegration or self.enableZshIntegration)

    def _autostart(self) -> dict[str, str]:
        if not self._in_a_shell():
            return {}
        return {
            "ZELLIJ_AUTO_ATTACH": "true" if self.attachExistingSession else "false",
            "ZELLIJ_AUTO_EXIT": "true" if self.exitShellOnExit else "false",
        }

    @warn
    def without_shells(self):
        for name in ("attachExistingSession", "exitShellOnExit"):
            if getattr(self, name) and not self._in_a_shell():
                yield f"`programs.zellij.{name}` has no effect: no shell starts Zellij.\n"

    def _named_plugins(self) -> dict[str, Any]:
        return {str(computed(plugin["pname"])).removeprefix(PREFIX): plugin for plugin in self.plugins}

    @defines(".finalPackage")
    def with_programs(self):
        needed: list[Any] = []
        for plugin in self.plugins:
            programs: Any = computed(plugin.get("runtimeDeps", []))
            needed += programs
        return self._made(self.package["override"], {"extraPackages": needed}) if needed else self.package

    @defines("home.packages")
    def installed(self):
        return [self.finalPackage]

    @defines(".settings", when=plugins)
    def plugin_settings(self):
        names = list(self._named_plugins())
        directory = f"{self['xdg.configHome']}/zellij/plugins"
        return {
            "plugins": {name: {"_props": {"location": f"file:{directory}/{name}.wasm"}} for name in names},
            "load_plugins": {"_children": [{name: []} for name in names]},
        }

    @defines("xdg.configFile")
    def plugin_files(self):
        for name, plugin in self._named_plugins().items():
            yield {f"zellij/plugins/{name}.wasm": {"source": plugin}}

    def _kdl(self, value) -> str:
        escape = self._state_at_least("26.11")
        return str(formats.kdl.render(value, escape_backslashes=escape, escape_tabs=escape))

    def _reads_kdl(self) -> bool:
        return version_at_least(self.finalPackage["version"], FIRST_WITH_KDL)

    @config_file("zellij/config.yaml", when=lambda self: self.settings and not self._reads_kdl())
    def yaml(self) -> str:
        return formats.yaml.render(self.settings)

    @config_file("zellij/config.kdl", when=lambda self: (self.settings or self.extraConfig) and self._reads_kdl())
    def kdl(self) -> str:
        text = self._kdl(self.settings)
        return f"{text}\n// extraConfig\n\n{self.extraConfig}" if self.extraConfig else text

    def _starts(self, shell: str) -> str:
        return f"{exe(self.finalPackage)} setup --generate-auto-start {shell}"

    @defines("programs.bash.initExtra", when=enableBashIntegration)
    def in_bash(self):
        return f'if [[ "$TERM" != "dumb" ]]; then\n  eval "$({self._starts("bash")})"\nfi\n'

    @defines("programs.zsh.initContent", when=enableZshIntegration)
    def in_zsh(self):
        return order(200, f'if [[ "$TERM" != "dumb" ]]; then\n  eval "$({self._starts("zsh")})"\nfi\n')

    @defines("programs.fish.interactiveShellInit", when=enableFishIntegration)
    def in_fish(self):
        return f'if test "$TERM" != "dumb"\n  eval ({self._starts("fish")} | string collect)\nend\n'
