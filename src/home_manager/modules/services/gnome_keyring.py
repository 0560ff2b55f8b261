from home_manager.authoring import *


class GnomeKeyring(Service):
    """GNOME Keyring"""

    package = Package("gnome-keyring", install=False)
    components = option(
        t.list_of(t.enum("pkcs11", "secrets", "ssh")),
        default=[],
        doc="The parts of the keyring that are started; with none, the keyring's own choice.",
    )

    @check
    def alone(self):
        other = "services.pass-secret-service"
        if self._takes_part(other) and self[f"{other}.enable"]:
            yield (
                "services.gnome-keyring.enable and services.pass-secret-service.enable cannot both be on: "
                "a user can have one service for secrets at a time"
            )

    def _command(self) -> str:
        chosen = f" --components={','.join(self.components)}" if self.components else ""
        return f"{exe(self.package, 'gnome-keyring-daemon')} --start --foreground{chosen}"

    unit = UserUnit(
        lambda self: self._command(),
        description="GNOME Keyring",
        part_of="graphical-session-pre.target",
        wanted_by="graphical-session-pre.target",
        restart="on-abort",
    )
