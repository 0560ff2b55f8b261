from home_manager.authoring import *

ALIASES = {"zz": "z -c", "zi": "z -i", "zf": "z -I", "zb": "z -b", "zh": "z -I -t ."}


class ZLua(Program):
    """z.lua, a `cd` that learns where you go"""

    package = Package("z-lua")
    options = option(t.list_of(t.str), default=[], example=["enhanced", "once", "fzf"], doc="Options of z.lua.")
    enableAliases = option(
        t.bool,
        default=False,
        doc="Whether the shells have aliases: `zz` below this directory, `zi` to choose, `zf` to choose with fzf, `zb` for "
        "directories above and `zh` for recent ones.",
    )
    shells = ShellIntegration(
        hook=lambda self, shell: self._init(shell),
        fish=lambda self: f"source ({self._init('fish')} | psub)\n",
        sinks={"fish": "programs.fish.shellInit"},
    )
    aliases = tuple(
        defines(f"programs.{shell}.shellAliases", when="enableAliases")(lambda self: ALIASES)
        for shell in ("bash", "zsh")
    )

    def _init(self, shell):
        return f"{self.package}/bin/z --init {shell} {' '.join(self.options)}"

    @defines(
        "programs.fish.shellAliases", when=lambda self: self.enableAliases and not self["programs.fish.preferAbbrs"]
    )
    def fish_aliases(self):
        return ALIASES

    @defines("programs.fish.shellAbbrs", when=lambda self: self.enableAliases and self["programs.fish.preferAbbrs"])
    def fish_abbreviations(self):
        return ALIASES
