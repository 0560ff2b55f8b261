from home_manager.authoring import *


class ProtonPassAgent(Service):
    """Proton Pass as a SSH agent"""

    platforms = ("linux", "darwin")

    package = Package("proton-pass-cli")
    socket = option(
        t.str,
        default="proton-pass-agent",
        example="proton-pass-agent/socket",
        doc="The socket, below {env}`XDG_RUNTIME_DIR`, or the user's directory for temporary files on macOS.",
    )
    extraArgs = option(
        t.list_of(t.str),
        default=[],
        example=["--share-id", "--vault-name", "MySshKeyVault", "--refresh-interval", "7200"],
        doc="Further arguments of `pass-cli ssh-agent start`, see "
        "<https://protonpass.github.io/pass-cli/commands/ssh-agent/#passphrase-protected-ssh-keys>.",
    )
    removed = tuple(Removed(f"enable{shell}Integration", "") for shell in ("Bash", "Zsh", "Fish", "Nushell"))

    def _getconf(self):
        return f"({exe(self.pkgs['getconf'])} DARWIN_USER_TEMP_DIR)/{self.socket}"

    def _command(self, socket):
        return " ".join([exe(self.package, "pass-cli"), "ssh-agent start --socket-path", socket, *self.extraArgs])

    @defines("sshAuthSock")
    def variable(self):
        is_darwin = self._is_on("darwin")
        shell = f"${self._getconf()}" if is_darwin else f"$XDG_RUNTIME_DIR/{self.socket}"
        nushell = self._getconf() if is_darwin else f"($env.XDG_RUNTIME_DIR)/{self.socket}"
        return {
            "enable": True,
            "initialization": {
                "bash": f'export SSH_AUTH_SOCK="{shell}"',
                "fish": f'set -x SSH_AUTH_SOCK "{shell}"',
                "nushell": f'$env.SSH_AUTH_SOCK = $"{nushell}"',
            },
            "systemd": {"socketProviderUnit": "proton-pass-agent.service"},
        }

    agent = UserUnit(
        lambda self: self._command(f"%t/{self.socket}"),
        description="Proton Pass SSH agent",
        unit={"Documentation": "https://protonpass.github.io/pass-cli/commands/ssh-agent/#ssh-agent-integration"},
        restart="on-failure",
        service={"KeyringMode": "shared"},
        wanted_by=["default.target"],
    )

    @defines("launchd.agents")
    def on_darwin(self):
        logs = f"{self['home.homeDirectory']}/Library/Logs/Proton Pass CLI"
        if self._is_on("darwin"):
            config = {
                "ProgramArguments": [exe(self.pkgs["bash"]), "-c", self._command(f"${self._getconf()}")],
                "KeepAlive": True,
                "ProcessType": "Background",
                "RunAtLoad": True,
                "StandardOutPath": f"{logs}/ssh-agent-stdout.log",
                "StandardErrorPath": f"{logs}/ssh-agent-stderr.log",
            }
            yield {"proton-pass-agent": {"enable": True, "config": config}}
