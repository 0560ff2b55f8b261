from home_manager.authoring import *

ALIASES = {"ls": "", "ll": " -l", "la": " -A", "lt": " --tree", "lla": " -lA", "llt": " -l --tree"}


class Lsd(Program):
    """lsd, an `ls` with colours and icons"""

    package = Package("lsd", nullable=True)
    shells = ShellIntegration(bash=True, fish=True, zsh=True)
    settings = Settings(
        formats.yaml,
        file="lsd/config.yaml",
        example={"date": "relative", "ignore-globs": [".git", ".hg"]},
        doc="The settings of lsd, see <https://github.com/lsd-rs/lsd#config-file-content>.",
    )
    colors = option(
        t.either(t.yaml, t.path),
        default={},
        example={"size": {"none": "grey", "small": "yellow", "large": "dark_yellow"}},
        doc="The colours, or the file of them; lsd is told to use them. See "
        "<https://github.com/lsd-rs/lsd#color-theme-file-content>.",
    )
    icons = option(
        t.either(t.yaml, t.path),
        default={},
        example={
            "name": {".trash": "", ".cargo": ""},
            "extension": {"go": "", "hs": ""},
            "filetype": {"dir": "📂", "file": "📄"},
        },
        doc="The icons, or the file of them, see <https://github.com/lsd-rs/lsd#icon-theme-file-content>.",
    )
    removed = Removed(
        "enableAliases",
        "There is an option for each shell now, like programs.lsd.enableBashIntegration.\n"
        "They are on by default, so that the aliases are there without it.",
    )

    @defines(".settings", when=colors)
    def own_theme(self):
        return {"color": {"theme": "custom"}}

    @defines("xdg.configFile")
    def files(self):
        for name, value in (("colors", self.colors), ("icons", self.icons)):
            if value != {}:
                is_file = t.path.accepts(value)
                yield {f"lsd/{name}.yaml": {"source": value} if is_file else {"text": formats.yaml.render(value)}}

    def _aliases(self) -> dict[str, str]:
        # The program of the package set, as there are aliases without a package, too.
        return {name: f"{self.pkgs['lsd']}/bin/lsd{arguments}" for name, arguments in ALIASES.items()}

    @defines("programs.bash.shellAliases", when="enableBashIntegration")
    def in_bash(self):
        return self._aliases()

    @defines("programs.zsh.shellAliases", when="enableZshIntegration")
    def in_zsh(self):
        return self._aliases()

    @defines("programs.fish.shellAliases", when="enableFishIntegration")
    def in_fish(self):
        return {} if self["programs.fish.preferAbbrs"] else self._aliases()

    @defines("programs.fish.shellAbbrs", when="enableFishIntegration")
    def fish_abbreviations(self):
        return self._aliases() if self["programs.fish.preferAbbrs"] else {}
