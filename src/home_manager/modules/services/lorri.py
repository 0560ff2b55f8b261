from typing import Any

from home_manager.authoring import *

EVENTS = """\
def told: if has("Started") then [.Started, "Build starting", "emblem-synchronizing"]
  elif has("Completed") then [.Completed, "Build complete", "checkmark"]
  elif has("Failure") then [.Failure, "Build failed", "dialog-error"]
  else empty end;
told | [.[1], .[0].nix_file, .[2]] | @tsv"""
"""What jq makes of lorri's events: title, file and icon, with tabs between them."""

NOTIFY = f"""\
set -o pipefail
lorri internal stream-events --kind live | jq --unbuffered --raw-output '{EVENTS}' \\
  | while IFS=$'\\t' read -r title file icon; do
    notify-send --app-name=Lorri --hint=int:transient:1 --icon="$icon" "$title" "$file"
  done
"""


class Lorri(Service):
    """lorri build daemon"""

    platforms = ("linux", "darwin")

    enableNotifications = option(
        t.bool, default=False, example=True, doc="Whether builds are told of by notifications; not on macOS."
    )
    package = Package("lorri")
    nixPackage = option(
        t.package,
        default=lambda self: self.pkgs["nix"],
        default_text="pkgs.nix",
        example=literal("pkgs.nixVersions.unstable"),
        doc="The Nix that lorri builds with.",
    )
    extraEnvVariables = option(t.attrs_of(t.str), default={}, doc="Further variables in the environment of the daemon.")

    def _path(self) -> str:
        tools = [self.nixPackage, *(self.pkgs[name] for name in ("gitMinimal", "gnutar", "gzip"))]
        return ":".join(f"{tool}/bin" for tool in tools)

    daemon = UserUnit(
        lambda self: f"{self.package}/bin/lorri daemon",
        description="lorri build daemon",
        requires="lorri.socket",
        after="lorri.socket",
        restart="on-failure",
        unit={"RefuseManualStart": True},
        service=lambda self: {
            "PrivateTmp": True,
            "ProtectSystem": "strict",
            "ProtectHome": "read-only",
            # The socket, lorri's own cache, and that of Nix's fetchers.
            "ReadWritePaths": ["%t", "%C/lorri", "%C/nix"],
            "CacheDirectory": ["lorri"],
            "Environment": [f"PATH={self._path()}", *(f"{k}={v}" for k, v in sorted(self.extraEnvVariables.items()))],
        },
        when=lambda self: self._is_on("linux"),
    )
    socket = UserUnit(
        kind="sockets",
        description="Socket for lorri build daemon",
        wanted_by="sockets.target",
        section={"Socket": {"ListenStream": "%t/lorri/daemon.socket", "RuntimeDirectory": "lorri"}},
        when=lambda self: self._is_on("linux"),
    )

    def _notifying(self) -> dict[str, Any]:
        tools = [*(self.pkgs[name] for name in ("bash", "gnugrep", "jq", "libnotify")), self.package]
        check = "lorri info --shell-file . | grep --quiet 'Lorri Daemon Status:.*running'\n"
        return {
            # There is nothing to listen to before the daemon runs.
            "ExecStartPre": str(self._made("writeShellScript", "lorri-notify-check", check)),
            "RestartSec": "5s",
            "Environment": [f"PATH={':'.join(f'{tool}/bin' for tool in tools)}"],
        }

    notifications = UserUnit(
        lambda self: str(self._made("writeShellScript", "lorri-notify", NOTIFY)),
        name="lorri-notify",
        description="lorri build notifications",
        requires="lorri.service",
        after="lorri.service",
        wanted_by="lorri.service",
        restart="on-failure",
        service=lambda self: self._notifying(),
        when=lambda self: self.enableNotifications and self._is_on("linux"),
    )

    @warn
    def no_notifications(self):
        if self.enableNotifications and self._is_on("darwin"):
            yield "services.lorri.enableNotifications has no effect on Darwin yet."

    @defines("launchd.agents")
    def on_darwin(self):
        if not self._is_on("darwin"):
            return None
        config = {
            "ProgramArguments": [f"{self.package}/bin/lorri", "daemon"],
            "EnvironmentVariables": {"PATH": self._path(), **self.extraEnvVariables},
            "RunAtLoad": True,
            "KeepAlive": {"Crashed": True, "SuccessfulExit": False},
        }
        return {"lorri": {"enable": True, "config": config}}
