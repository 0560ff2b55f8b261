from home_manager.authoring import *


class SshAgent(Service):
    """OpenSSH private key agent"""

    platforms = ("linux", "darwin")

    package = Package("openssh", install=False)
    socket = option(
        t.str,
        default="ssh-agent",
        example="ssh-agent/socket",
        doc="The agent's socket, below `$XDG_RUNTIME_DIR` on Linux and below the user's temporary directory on macOS.",
    )
    defaultMaximumIdentityLifetime = option(
        t.null_or(t.positive),
        default=None,
        example=3600,
        doc="For how many seconds a key that was added stays, at most.",
    )
    pkcs11Whitelist = option(
        t.list_of(t.str),
        default=[],
        example=literal('[ "${pkgs.tpm2-pkcs11}/lib/*" ]'),
        doc="Patterns of the libraries for PKCS#11 and FIDO devices that `ssh-add` may have the agent load.",
    )
    removed = tuple(Removed(f"enable{shell}Integration", "") for shell in ("Bash", "Zsh", "Fish", "Nushell"))

    def _temporary(self) -> str:
        return f"$({exe(self.pkgs['getconf'])} DARWIN_USER_TEMP_DIR)/{self.socket}"

    def _command(self, socket: str) -> str:
        command = f"{exe(self.package, 'ssh-agent')} -D -a {socket}"
        if self.defaultMaximumIdentityLifetime is not None:
            command += f" -t {self.defaultMaximumIdentityLifetime}"
        if self.pkcs11Whitelist:
            command += f" -P '{','.join(self.pkcs11Whitelist)}'"
        return command

    @defines("sshAuthSock")
    def variable(self):
        darwin = self._is_on("darwin")
        place = self._temporary() if darwin else f"$XDG_RUNTIME_DIR/{self.socket}"
        in_nushell = self._temporary()[1:] if darwin else f"($env.XDG_RUNTIME_DIR)/{self.socket}"
        return {
            "enable": True,
            "initialization": {
                "bash": f'export SSH_AUTH_SOCK="{place}"',
                "fish": f'set -x SSH_AUTH_SOCK "{place}"',
                "nushell": f'$env.SSH_AUTH_SOCK = $"{in_nushell}"',
            },
            "systemd": {"socketProviderUnit": "ssh-agent.service"},
        }

    agent = UserUnit(
        lambda self: self._command(f"%t/{self.socket}"),
        description="SSH authentication agent",
        wanted_by="default.target",
        unit={"Documentation": "man:ssh-agent(1)"},
        service={"SuccessExitStatus": 2},
    )

    @defines("launchd.agents")
    def on_darwin(self):
        if not self._is_on("darwin"):
            return None
        command = self._command(f'"{self._temporary()}"')
        config = {
            "ProgramArguments": [exe(self.pkgs["bash"]), "-c", command],
            "KeepAlive": {"Crashed": True, "SuccessfulExit": False},
            "ProcessType": "Background",
            "RunAtLoad": True,
        }
        return {"ssh-agent": {"enable": True, "config": config}}
