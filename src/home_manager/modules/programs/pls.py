from home_manager.authoring import *


class Pls(Program):
    """pls, an `ls` for today"""

    package = Package("pls")
    removed = (
        Removed(
            "enableAliases",
            "Each shell has an option for its aliases now, for example 'programs.pls.enableBashIntegration'. They are on by "
            "default, so 'programs.pls.enableAliases' can be removed.",
        ),
    )
    shells = ShellIntegration(bash=True, zsh=True, fish=True)

    def _aliases(self):
        pls = f"{self.package}/bin/pls"
        return {"ls": pls, "ll": f"{pls} -d perm -d user -d group -d size -d mtime -d git"}

    @defines("programs.bash.shellAliases", when=lambda self: self.shells["bash"])
    def in_bash(self):
        return self._aliases()

    @defines("programs.zsh.shellAliases", when=lambda self: self.shells["zsh"])
    def in_zsh(self):
        return self._aliases()

    @defines(
        "programs.fish.shellAliases", when=lambda self: self.shells["fish"] and not self["programs.fish.preferAbbrs"]
    )
    def aliases_in_fish(self):
        return self._aliases()

    @defines("programs.fish.shellAbbrs", when=lambda self: self.shells["fish"] and self["programs.fish.preferAbbrs"])
    def abbreviations_in_fish(self):
        return self._aliases()
