from typing import Any

from home_manager.authoring import *

ALIASES = {"ls": "eza", "ll": "eza -l", "la": "eza -a", "lt": "eza --tree", "lla": "eza -la"}


class Eza(Program):
    """eza, a modern `ls`"""

    shells = ShellIntegration(bash=True, fish=True, ion=True, zsh=True)
    enableNushellIntegration = option(
        t.bool,
        default=False,
        example=True,
        doc="Whether to enable Nushell integration. Nushell has an `ls` of its own, which eza would hide.",
    )
    extraOptions = option(
        t.list_of(t.str),
        default=[],
        example=["--group-directories-first", "--header"],
        doc="Further arguments of every run of eza.",
    )
    icons = option(
        t.enum(None, True, False, "auto", "always", "never"),
        default=None,
        doc="When icons are shown beside names. A Boolean is deprecated; `true` means `auto`.",
    )
    colors = option(t.enum(None, "auto", "always", "never"), default=None, doc="When colours are used.")
    git = option(t.bool, default=False, doc="Whether the state that files have in Git is listed.")
    package = Package("eza", nullable=True)
    theme = Settings(
        formats.yaml,
        file="eza/theme.yml",
        doc="The theme, see <https://github.com/eza-community/eza#custom-themes>.",
    )
    old = (
        *(Renamed(f"/programs.exa.{name}", name) for name in ("enable", "extraOptions", "icons", "git")),
        Removed(
            "enableAliases",
            "There is an option for each shell now, like programs.eza.enableBashIntegration.\n"
            "They are on by default, so that the aliases are there without it.",
        ),
    )

    def _with_arguments(self) -> dict[str, Any]:
        """The alias that gives eza its arguments, where there are some."""
        icons = ("auto" if self.icons else None) if isinstance(self.icons, bool) else self.icons
        arguments = [
            *(["--icons", icons] if icons is not None else []),
            *(["--color", self.colors] if self.colors is not None else []),
            *(["--git"] if self.git else []),
            *self.extraOptions,
        ]
        return {"eza": f"eza {formats.shell.quote_all(arguments)}"} if arguments else {}

    def _aliases(self, wanted: bool) -> dict[str, Any]:
        return {name: default(command) for name, command in ALIASES.items()} if wanted else {}

    @defines("programs.bash.shellAliases")
    def in_bash(self):
        return self._with_arguments() | self._aliases(self.shells["bash"])

    @defines("programs.zsh.shellAliases")
    def in_zsh(self):
        return self._with_arguments() | self._aliases(self.shells["zsh"])

    @defines("programs.ion.shellAliases")
    def in_ion(self):
        return self._with_arguments() | self._aliases(self.shells["ion"])

    @defines("programs.nushell.shellAliases")
    def in_nushell(self):
        return self._with_arguments() | self._aliases(self.enableNushellIntegration)

    @defines("programs.fish.shellAliases")
    def in_fish(self):
        return self._with_arguments() | self._aliases(self.shells["fish"] and not self["programs.fish.preferAbbrs"])

    @defines("programs.fish.shellAbbrs")
    def fish_abbreviations(self):
        return self._aliases(self.shells["fish"] and self["programs.fish.preferAbbrs"])

    @warn
    def boolean_icons(self):
        if isinstance(self.icons, bool):
            instead = '"auto"' if self.icons else "null"
            yield f"A Boolean for programs.eza.icons is deprecated; write\n\n  programs.eza.icons = {instead};"
