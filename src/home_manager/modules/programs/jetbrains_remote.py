from home_manager.authoring import *


class JetbrainsRemote(Program):
    """IDEs of JetBrains that Gateway can use on this machine"""

    ides = option(
        t.list_of(t.package),
        default=[],
        example=literal("with pkgs.jetbrains; [ clion pycharm-professional ]"),
        doc="The IDEs.",
    )

    @activation_step("jetBrainsRemote", after="writeBoundary", when=ides)
    def registered(self):
        # An IDE that is there already is refused; those of earlier generations go first.
        lines = ['run rm -f "$HOME"/.cache/JetBrains/RemoteDev/userProvidedDist/_nix_store* || true']
        lines += [f"run {exe(ide)}-remote-dev-server registerBackendLocationForGateway || true" for ide in self.ides]
        script = "\n".join(lines)
        return script
