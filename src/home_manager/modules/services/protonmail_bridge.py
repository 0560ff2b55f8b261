from home_manager.authoring import *


class ProtonmailBridge(Service):
    """ProtonMail Bridge"""

    package = Package("protonmail-bridge")
    extraPackages = option(
        t.list_of(t.package),
        default=[],
        example=literal("with pkgs; [ pass gnome-keyring ]"),
        doc="Packages whose programs the bridge finds.",
    )
    logLevel = option(
        t.null_or(t.enum("panic", "fatal", "error", "warn", "info", "debug")),
        default=None,
        doc="How much the bridge says; `null` for what is usual.",
    )

    def _path(self):
        path = self._made(self.pkgs["lib"]["makeBinPath"], self.extraPackages)
        return [f"PATH={path}"] if self.extraPackages else None

    bridge = UserUnit(
        lambda self: (
            f"{exe(self.package)} --noninteractive" + ("" if self.logLevel is None else f" --log-level {self.logLevel}")
        ),
        description="ProtonMail Bridge",
        after=["graphical-session.target"],
        environment=_path,
        restart="always",
        wanted_by=["graphical-session.target"],
    )
