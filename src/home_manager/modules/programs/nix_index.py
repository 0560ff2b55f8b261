from home_manager.authoring import *

HANDLER = "etc/profile.d/command-not-found"
"""The code that tells which package has a command, without the ending for a shell."""


class NixIndex(Program):
    """nix-index, which knows what file is in which package of nixpkgs"""

    package = Package("nix-index")
    shells = ShellIntegration(
        bash=lambda self: f"source {self._in_text(self.package)}/{HANDLER}.sh\n",
        zsh=lambda self: f"source {self._in_text(self.package)}/{HANDLER}.sh\n",
        fish=lambda self: self._fish_handler(),
        nushell=True,
    )

    def _fish_handler(self) -> str:
        # There is no code for fish, so its handler has bash run the one for bash.
        code = f"source {self._in_text(self.package)}/{HANDLER}.sh"
        script = f'#!{self.pkgs["bash"]}/bin/bash\n{code}\ncommand_not_found_handle "$@"\n'
        wrapper = self._made("writeScript", "command-not-found", script)
        return (
            f"function __fish_command_not_found_handler --on-event fish_command_not_found\n    {wrapper} $argv\nend\n"
        )

    @defines("programs.nushell.settings", when="enableNushellIntegration")
    def in_nushell(self):
        inline = {"_type": "nushell-inline", "expr": f"source {self._in_text(self.package)}/{HANDLER}.nu"}
        return {"hooks": {"command_not_found": inline}}

    @check
    def only_handler(self):
        if self._takes_part("programs.command-not-found") and self["programs.command-not-found.enable"]:
            for shell in ("Bash", "Zsh"):
                if self.shells[shell.lower()]:
                    yield (
                        f"programs.command-not-found.enable and programs.nix-index.enable{shell}Integration "
                        "cannot both be on."
                    )
