"""`services.ssh-tpm-agent`."""

from home_manager.authoring import *

SOCKET = "ssh-tpm-agent.sock"
STRONGER_THAN_OTHER_AGENTS = 90


class SshTpmAgent(Service):
    """ssh-tpm-agent, an agent whose keys the TPM seals"""

    package = Package("ssh-tpm-agent")
    keyDir = option(t.null_or(t.path), default=None, doc="Where sealed keys are looked for; $HOME/.ssh by default.")
    extraArgs = option(
        t.list_of(t.str), default=[], example=["--no-cache", "-d"], doc="Further arguments of the agent."
    )
    variable = Variables(SSH_TPM_AUTH_SOCK=f"$XDG_RUNTIME_DIR/{SOCKET}")
    agent = UserUnit(
        lambda self: self._command(),
        description="ssh-tpm-agent service",
        requires="ssh-tpm-agent.socket",
        after=lambda self: [*self._upstream(), "ssh-tpm-agent.socket"],
        unit=lambda self: {
            "Documentation": "https://github.com/Foxboron/ssh-tpm-agent",
            **({"BindsTo": self._upstream()} if self._upstream() else {}),
        },
        service={"Environment": f"SSH_TPM_AUTH_SOCK=%t/{SOCKET}", "SuccessExitStatus": 2, "Type": "simple"},
    )
    socket = UserUnit(
        kind="sockets",
        description="SSH TPM agent socket",
        wanted_by="sockets.target",
        unit={"Documentation": "https://github.com/Foxboron/ssh-tpm-agent"},
        section={"Socket": {"ListenStream": f"%t/{SOCKET}", "Service": "ssh-tpm-agent.service", "SocketMode": "0600"}},
    )

    def _upstream(self):
        """The agent of ssh, for which this one is a proxy where both are enabled."""
        return ["ssh-agent.service"] if self["services.ssh-agent.enable"] else []

    def _command(self):
        command = exe(self.package)
        if self.keyDir is not None:
            command += f" --key-dir {self.keyDir}"
        if self._upstream():
            command += f" -A %t/{self['services.ssh-agent.socket']}"
        return command + (f" {formats.shell.quote_all(self.extraArgs)}" if self.extraArgs else "")

    @defines("sshAuthSock")
    def chosen(self):
        place = f"$XDG_RUNTIME_DIR/{SOCKET}"
        lines = {
            "bash": f'export SSH_AUTH_SOCK="{place}"',
            "fish": f'set -x SSH_AUTH_SOCK "{place}"',
            "nushell": f'$env.SSH_AUTH_SOCK = $"($env.XDG_RUNTIME_DIR)/{SOCKET}"',
        }
        return {
            "enable": True,
            "initialization": override(STRONGER_THAN_OTHER_AGENTS, lines),
            "systemd": {"socketProviderUnit": override(STRONGER_THAN_OTHER_AGENTS, "ssh-tpm-agent.socket")},
        }
