"""`services.yubikey-agent`."""

from home_manager.authoring import *

DARWIN = "/tmp/yubikey-agent.sock"
SOCKET = "yubikey-agent/yubikey-agent.sock"


class YubikeyAgent(Service):
    """yubikey-agent, an agent of SSH for YubiKeys"""

    platforms = ("linux", "darwin")
    package = Package("yubikey-agent")
    agent = UserUnit(
        lambda self: f"{self.package}/bin/yubikey-agent -l {DARWIN if self._is_on('darwin') else f'%t/{SOCKET}'}",
        description="Seamless ssh-agent for YubiKeys",
        requires="yubikey-agent.socket",
        after="yubikey-agent.socket",
        unit={"Documentation": "https://github.com/FiloSottile/yubikey-agent", "RefuseManualStart": True},
        service={"Type": "simple", "ReadWritePaths": ["%t"]},
        launchd={
            "KeepAlive": {"Crashed": True, "SuccessfulExit": False},
            "ProcessType": "Background",
            "Sockets": {"Listener": {"SockPathName": DARWIN, "SockPathMode": 0o600}},
        },
    )
    socket = UserUnit(
        kind="sockets",
        description="Unix domain socket for Yubikey SSH agent",
        wanted_by="sockets.target",
        unit={"Documentation": "https://github.com/FiloSottile/yubikey-agent"},
        section={
            "Socket": {
                "ListenStream": f"%t/{SOCKET}",
                "RuntimeDirectory": "yubikey-agent",
                "SocketMode": "0600",
                "DirectoryMode": "0700",
            }
        },
    )

    @defines("sshAuthSock")
    def variable(self):
        darwin = self._is_on("darwin")
        place = DARWIN if darwin else f"${{XDG_RUNTIME_DIR:-/run/user/$UID}}/{SOCKET}"
        in_nushell = DARWIN if darwin else f'$"($env.XDG_RUNTIME_DIR | default $"/run/user/(id -u)")/{SOCKET}"'
        return {
            "enable": True,
            "initialization": {
                "bash": f'export SSH_AUTH_SOCK="{place}"',
                "fish": f'set -x SSH_AUTH_SOCK "{place}"',
                "nushell": f"$env.SSH_AUTH_SOCK = {in_nushell}",
            },
            "systemd": {"socketProviderUnit": "yubikey-agent.socket"},
        }
