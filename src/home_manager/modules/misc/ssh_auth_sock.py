"""`sshAuthSock`: the variable by which programs find the agent of SSH keys."""

from home_manager.authoring import *

EARLY = 900
"""Before other code of the shells: whatever asks for keys needs the variable."""


def initialisation(shell: str, example: str, **more):
    return option(t.str, example=example, doc=f"Code that sets `SSH_AUTH_SOCK` in {shell}.", **more)


class Initialization(Options):
    """The code for each shell."""

    bash = initialisation("bash", "export SSH_AUTH_SOCK=$HOME/.ssh/agent.sock")
    fish = initialisation("fish", "set -x SSH_AUTH_SOCK $HOME/.ssh/agent.sock")
    nushell = initialisation("nushell", "$env.SSH_AUTH_SOCK = ($nu.home-dir | path join .ssh agent.sock)")
    zsh = initialisation(
        "zsh",
        "export SSH_AUTH_SOCK=$HOME/.ssh/agent.sock",
        default=lambda self: self.bash,
        default_text="config.sshAuthSock.initialization.bash",
    )


class Systemd(Options):
    """The unit of the agent."""

    socketProviderUnit = option(
        t.str,
        example="ssh-agent.service",
        doc="The unit that serves the socket. Services that need an agent can be ordered after it.",
    )


def indented(code: str) -> str:
    """The code two columns further in; empty lines stay empty."""
    return "\n".join(f"  {line}" if line else "" for line in code.split("\n"))


def unless_forwarded(code: str) -> str:
    """The code, kept from replacing the agent that an SSH connection has brought along."""
    return f'if [ -z "$SSH_AUTH_SOCK" -o -z "$SSH_CONNECTION" ]; then\n{indented(code)}\nfi\n'


class SshAuthSock(Program):
    """`SSH_AUTH_SOCK`"""

    namespace = "sshAuthSock"

    enable = option(
        t.bool,
        default=False,
        example=True,
        doc="Whether shells, systemd and the D-Bus daemon get `SSH_AUTH_SOCK`, unless an SSH connection has set it. The modules "
        "of agents turn it on.",
    )
    initialization = group(Initialization)
    systemd = group(Systemd)

    @defines("programs.bash.profileExtra")
    def bash(self):
        return order(EARLY, unless_forwarded(self.initialization.bash))

    @defines("programs.zsh.profileExtra")
    def zsh_login(self):
        return order(EARLY, unless_forwarded(self.initialization.zsh))

    @defines("programs.zsh.envExtra")
    def zsh(self):
        inner = indented(unless_forwarded(self.initialization.zsh).removesuffix("\n"))
        return order(EARLY, f"if [[ ! -o login ]]; then\n{inner}\nfi\n")

    @defines("programs.fish.shellInit")
    def fish(self):
        test = 'if test -z "$SSH_AUTH_SOCK"; or test -z "$SSH_CONNECTION"'
        return order(EARLY, f"{test}\n{indented(self.initialization.fish)}\nend\n")

    @defines("programs.nushell.extraConfig")
    def nushell(self):
        unset = [f'("{name}" not-in $env) or ($env.{name} | is-empty)' for name in ("SSH_AUTH_SOCK", "SSH_CONNECTION")]
        return order(EARLY, f"if {' or '.join(unset)} {{\n{indented(self.initialization.nushell)}\n}}\n")

    @defines("systemd.user.services")
    def for_services(self):
        unit = self.systemd.socketProviderUnit
        # A socket is ordered before sockets.target by itself; a service in between would close a circle.
        ordered = [] if unit.endswith(".socket") else [unit]
        script = self._made(
            "writeShellScript",
            "set-SSH_AUTH_SOCK",
            f"{unless_forwarded(self.initialization.bash)}\n"
            f"{self.pkgs['dbus']}/bin/dbus-update-activation-environment --systemd SSH_AUTH_SOCK\n",
        )
        return {
            "set-SSH_AUTH_SOCK": {
                "Unit": {"Description": "Sets SSH_AUTH_SOCK in the D-BUS daemon and systemd", "Before": ordered},
                "Service": {"Type": "oneshot", "ExecStart": f"{script}"},
                "Install": {"WantedBy": ["default.target", *ordered]},
            }
        }
