from home_manager.authoring import *

BUS_NAME = "org.freedesktop.secrets"


class PassSecretService(Service):
    """Pass libsecret service"""

    package = Package("pass-secret-service", install=False)
    storePath = option(
        t.null_or(t.str),
        default=None,
        default_text='"$HOME/.password-store"',
        example="/home/user/.local/share/password-store",
        doc="Where the password store lies. `programs.password-store` says so while it is enabled.",
    )

    @check
    def alone(self):
        other = "services.gnome-keyring"
        if self._takes_part(other) and self[f"{other}.enable"]:
            yield (
                "services.pass-secret-service.enable and services.gnome-keyring.enable cannot both be on: "
                "a user can have one service for secrets at a time"
            )

    def _program(self) -> str:
        return f"{self.package}/bin/pass_secret_service"

    unit = UserUnit(
        lambda self: self._program() + ("" if self.storePath is None else f" --path {self.storePath}"),
        description="Pass libsecret service",
        part_of="default.target",
        wanted_by="default.target",
        environment=lambda self: [f"GNUPGHOME={self['programs.gpg.homedir']}"],
        unit=lambda self: {
            "AssertFileIsExecutable": self._program(),
            "Documentation": "https://github.com/mdellweg/pass_secret_service",
        },
        service={"Type": "dbus", "BusName": BUS_NAME},
    )

    @defines("xdg.dataFile")
    def activation(self):
        file = f"dbus-1/services/{BUS_NAME}.service"
        return {file: {"source": f"{self.package}/share/{file}"}}
