from home_manager.authoring import *


class Carapace(Program):
    """carapace, which completes the arguments of many commands in many shells"""

    package = Package("carapace")
    ignoreCase = option(t.bool, default=False, doc="Whether completion takes upper and lower case for the same.")
    shells = ShellIntegration(
        bash=lambda self: f"source <({exe(self.package)} _carapace bash)\n",
        zsh=lambda self: f"source <({exe(self.package)} _carapace zsh)\n",
        fish=lambda self: f"{exe(self.package)} _carapace fish | source\n",
        nushell=lambda self: f"source {self._nushell_file()}\n",
    )

    def _nushell_file(self):
        # Carapace writes the home that it is run with into the file: the builder's, which is not the user's.
        home = 's|"/homeless-shelter|$"($env.HOME)|g'
        script = f"{exe(self.package)} _carapace nushell | sed '{home}' >> \"$out\"\n"
        return self._made("runCommand", "carapace-nushell-config.nu", {}, script)

    @defines(".package", when=ignoreCase)
    def ignoring_case(self):
        wrapped = {
            "name": "carapace-wrapped",
            "paths": [self.pkgs["carapace"]],
            "nativeBuildInputs": [self.pkgs["makeWrapper"]],
            "postBuild": "wrapProgram $out/bin/carapace \\\n  --set CARAPACE_MATCH 1\n",
            "meta": {"mainProgram": "carapace"},
        }
        return self._made("symlinkJoin", wrapped)

    def _fish_is_old(self):
        return (
            self["programs.fish.enable"]
            and self.shells["fish"]
            and not version_at_least(self["programs.fish.package"]["version"], "4.0.0")
        )

    @defines("xdg.configFile", when=_fish_is_old)
    def hidden_completions(self):
        # Before release 4, fish preferred its own completions; an empty file for each command hides those.
        names = self._made(
            "runCommandLocal", "carapace-list", {"buildInputs": [self.package]}, f"{exe(self.package)} --list > $out\n"
        )
        lines = str(self._made(self._argument("lib")["fileContents"], names)).splitlines()
        commands = [line.split(" ")[0] for line in lines if " " in line]
        known = [name for name in commands if name and set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")]
        return {f"fish/completions/{name}.fish": {"text": ""} for name in known}
