from home_manager.authoring import *

MERGE = "reduce .[] as $each ({}; . * $each)"
"""A program of jq that merges documents, of which later ones win."""


class Starship(Program):
    """starship"""

    package = Package("starship", wrap_path="extraPackages")
    extraPackages = option(
        t.list_of(t.package),
        default=[],
        example=literal("[ pkgs.jj-starship ]"),
        doc="Packages whose programs starship can call.",
    )
    settings = option(
        t.toml,
        default={},
        example=literal(
            "{\n  add_newline = false;\n  format = lib.concatStrings [\n"
            '    "$line_break"\n    "$package"\n    "$line_break"\n    "$character"\n  ];\n  scan_timeout = 10;\n'
            '  character = {\n    success_symbol = "➜";\n    error_symbol = "➜";\n  };\n}\n'
        ),
        doc="The configuration of starship, see <https://starship.rs/config/>.",
    )
    presets = option(
        t.list_of(t.str),
        default=[],
        example=["nerd-font-symbols"],
        doc="Presets to start from, see <https://starship.rs/presets/>. Later ones win, and `settings` over all.",
    )
    enableInteractive = option(
        t.bool,
        default=True,
        doc="Whether only interactive sessions of fish get the prompt. Some plugins need it in all.",
    )
    enableTransience = option(
        t.bool,
        default=False,
        doc="Whether fish replaces prompts of earlier commands by a short one, see "
        "<https://starship.rs/advanced-config/#transientprompt-and-transientrightprompt-in-cmd>.",
    )
    configPath = option(
        t.str,
        default=lambda self: f"{self['xdg.configHome']}/starship.toml",
        default_text="${config.xdg.configHome}/starship.toml",
        doc="The file of the configuration, absolute or relative to the home directory.",
    )
    variables = Variables(STARSHIP_CONFIG=lambda self: self.configPath)
    shells = ShellIntegration(
        bash=lambda self: self._hook("bash", " --print-full-init"),
        zsh=lambda self: self._hook("zsh"),
        fish=True,
        ion=lambda self: f'if test $TERM != "dumb"\n  eval $({exe(self.package)} init ion)\nend\n',
        nushell=lambda self: f"use {self._nushell_module()}\n",
        order={"bash": 1900},
    )

    def _hook(self, shell: str, flags: str = "") -> str:
        return f'if [[ $TERM != "dumb" ]]; then\n  eval "$({exe(self.package)} init {shell}{flags})"\nfi\n'

    def _fish(self) -> str:
        transience = "enable_transience" if self.enableTransience else ""
        return f'if test "$TERM" != "dumb"\n  {exe(self.package)} init fish | source\n  {transience}\nend\n'

    @defines("programs.fish.interactiveShellInit", when=lambda self: self.enableInteractive and self.shells["fish"])
    def interactive_fish(self):
        return self._fish()

    @defines("programs.fish.shellInitLast", when=lambda self: not self.enableInteractive and self.shells["fish"])
    def every_fish(self):
        return self._fish()

    def _nushell_module(self):
        # Nushell reads modules before it runs anything, so the file has to be there already.
        return self._made("runCommand", "starship-nushell-config.nu", {}, f'{exe(self.package)} init nu >> "$out"\n')

    @defines("home.file", when=lambda self: self.settings or self.presets)
    def file(self):
        settings = self._made("writeText", "starship-config", formats.toml.render(self.settings))
        if not self.presets:
            return {self.configPath: {"source": settings}}
        files = [f"{self.package}/share/starship/presets/{name}.toml" for name in self.presets]
        script = f"tomlq -s -t '{MERGE}' {formats.shell.quote_all([*files, settings])} > $out\n"
        merged = self._made("runCommand", "starship.toml", {"nativeBuildInputs": [self.pkgs["yq"]]}, script)
        return {self.configPath: {"source": merged}}
