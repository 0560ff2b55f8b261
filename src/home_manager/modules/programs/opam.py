from home_manager.authoring import *


class Opam(Program):
    """opam, the package manager of OCaml"""

    package = Package("opam")
    shells = ShellIntegration(
        hook=lambda self, shell: self._environment_of(shell),
        fish=lambda self: f"eval ({self._environment_of('fish')})\n",
        sinks={"fish": "programs.fish.shellInit"},
    )

    def _environment_of(self, shell):
        return f"{self.package}/bin/opam env --shell={shell}"
