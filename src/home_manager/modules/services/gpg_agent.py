import hashlib
from typing import Any

from home_manager.authoring import *

ZBASE32 = "ybndrfg8ejkmcpqxot1uwisza345h769"
"""The alphabet of z-base-32, in which GnuPG spells the hash of a home directory."""


def directory_hash(homedir: str) -> str:
    """The name that GnuPG gives to the sockets of a home directory other than `~/.gnupg`.

    It is the first 24 letters of its SHA-1 in z-base-32; see `homedir.c` of GnuPG.
    """
    number = int.from_bytes(hashlib.sha1(homedir.encode(), usedforsecurity=False).digest()[:15], "big")
    return "".join(ZBASE32[number >> 5 * place & 31] for place in reversed(range(24)))


def seconds(what: str):
    return option(t.null_or(t.int), default=None, doc=f"For how many seconds {what}.")


class Pinentry(Options):
    """The program that asks for passphrases."""

    package = Package(
        "pinentry-gnome3",
        default=None,
        nullable=True,
        install=False,
        extra="With `null`, gpg-agent chooses. `pinentry-gnome3` needs `pkgs.gcr` among the packages outside of GNOME.",
    )
    program = option(
        t.null_or(t.str),
        default=lambda self: None if self.package is None else self._main_program(),
        default_text="null",
        example="pinentry-wayprompt",
        doc="The program of the package; by default its main program.",
    )

    def _main_program(self) -> str:
        return exe(self.package).rpartition("/")[2]


def shell_code(tty: str, quiet: str):
    """Code that tells gpg-agent the terminal of the shell; `quiet` is how the shell throws output away."""

    def code(self) -> str:
        told = f"{self['programs.gpg.package']}/bin/gpg-connect-agent --quiet updatestartuptty /bye {quiet}\n"
        return f"{tty}\n" + (told if self.enableSshSupport else "")

    return code


class GpgAgent(Service):
    """GnuPG private key agent"""

    platforms = ("linux", "darwin")

    defaultCacheTtl = seconds("a passphrase is remembered after it was last used")
    defaultCacheTtlSsh = seconds("the passphrase of an SSH key is remembered after it was last used")
    maxCacheTtl = seconds(
        "a passphrase is remembered at most, however often it is used; the agent's own default is 7200"
    )
    maxCacheTtlSsh = seconds("the passphrase of an SSH key is remembered at most; the agent's own default is 7200")
    enableSshSupport = option(t.bool, default=False, doc="Whether the agent also serves SSH keys.")
    sshKeys = option(t.null_or(t.list_of(t.str)), default=None, doc="The keygrips of the keys that are served to SSH.")
    enableExtraSocket = option(
        t.bool, default=False, doc="Whether there is a further, restricted socket, as is used to forward the agent."
    )
    verbose = option(t.bool, default=False, doc="Whether the agent logs more.")
    grabKeyboardAndMouse = option(
        t.bool,
        default=True,
        doc="Whether pinentry takes keyboard and mouse for itself, so that other windows see no keys.",
    )
    enableScDaemon = option(t.bool, default=True, doc="Whether smart cards can be used.")
    noAllowExternalCache = option(
        t.bool, default=False, doc="Whether pinentry is kept from storing passphrases in the keyring of a desktop."
    )
    extraConfig = option(
        t.lines,
        default="",
        example="allow-emacs-pinentry\nallow-loopback-pinentry\n",
        doc="Further lines of `gpg-agent.conf`.",
    )
    pinentry = group(Pinentry)
    renamed = (
        Removed("pinentryFlavor", "Use services.gpg-agent.pinentryPackage instead"),
        Renamed("pinentryPackage", "pinentry.package"),
    )
    shells = ShellIntegration(
        bash=shell_code('GPG_TTY="$(tty)"\nexport GPG_TTY', "> /dev/null"),
        zsh=shell_code("export GPG_TTY=$TTY", "> /dev/null"),
        fish=shell_code("set -gx GPG_TTY (tty)", "> /dev/null"),
        nushell=shell_code("$env.GPG_TTY = (tty)", "| ignore"),
    )

    def _program(self, name: str) -> str:
        return f"{self['programs.gpg.package']}/bin/{name}"

    @defines("home.file")
    def configuration(self):
        lifetimes = {
            "default-cache-ttl": self.defaultCacheTtl,
            "default-cache-ttl-ssh": self.defaultCacheTtlSsh,
            "max-cache-ttl": self.maxCacheTtl,
            "max-cache-ttl-ssh": self.maxCacheTtlSsh,
        }
        switches = {
            "enable-ssh-support": self.enableSshSupport,
            "grab": self.grabKeyboardAndMouse,
            "disable-scdaemon": not self.enableScDaemon,
            "no-allow-external-cache": self.noAllowExternalCache,
        }
        lines = [name for name, is_on in switches.items() if is_on]
        lines += [f"{name} {value}" for name, value in lifetimes.items() if value is not None]
        if self.pinentry.package is not None:
            lines.append(f"pinentry-program {exe(self.pinentry.package, self.pinentry.program)}")
        lines.append(self.extraConfig)
        homedir = self["programs.gpg.homedir"]
        yield {f"{homedir}/gpg-agent.conf": {"text": "\n".join(lines)}}
        if self.sshKeys is not None:
            yield {f"{homedir}/sshcontrol": {"text": "".join(f"{key}\n" for key in self.sshKeys)}}

    @defines("sshAuthSock", when=enableSshSupport)
    def variable(self):
        socket = f"{self._program('gpgconf')} --list-dirs agent-ssh-socket"
        bash = """
            unset SSH_AGENT_PID
            if [ "${gnupg_SSH_AUTH_SOCK_by:-0}" -ne $$ ]; then
              export SSH_AUTH_SOCK="$(@socket@)"
            fi
        """
        fish = """
            set -e SSH_AGENT_PID
            if not set -q gnupg_SSH_AUTH_SOCK_by; or test $gnupg_SSH_AUTH_SOCK_by -ne $fish_pid
              set -gx SSH_AUTH_SOCK (@socket@)
            end
        """
        code = formats.shell.Code(socket)
        return {
            "enable": True,
            "initialization": {
                "bash": formats.shell.script(bash, socket=code),
                "fish": formats.shell.script(fish, socket=code),
                "nushell": f'$env.SSH_AUTH_SOCK = $"({socket})"\n',
            },
            "systemd": {"socketProviderUnit": "gpg-agent-ssh.socket"},
        }

    # The agent and its sockets

    def _socket(self, name: str) -> str:
        """Where a socket lies, as gpgconf would say at run time."""
        homedir = self["programs.gpg.homedir"]
        usual = f"{self['home.homeDirectory']}/.gnupg"
        below = name if homedir == usual else f"d.{directory_hash(homedir)}/{name}"
        return (
            f"/private/var/run/org.nix-community.home.gpg-agent/{below}"
            if self._is_on("darwin")
            else f"%t/gnupg/{below}"
        )

    agent = UserUnit(
        lambda self: f"{self._program('gpg-agent')} --supervised" + (" --verbose" if self.verbose else ""),
        description="GnuPG cryptographic agent and passphrase cache",
        unit={
            "Documentation": "man:gpg-agent(1)",
            "Requires": "gpg-agent.socket",
            "After": "gpg-agent.socket",
            "RefuseManualStart": True,
        },
        service=lambda self: {
            "ExecReload": f"{self._program('gpgconf')} --reload gpg-agent",
            "Environment": [f"GNUPGHOME={self['programs.gpg.homedir']}"],
        },
    )

    @defines("systemd.user.sockets")
    def sockets(self):
        agent = "GnuPG cryptographic agent"
        yield {
            "gpg-agent": self._socket_unit(f"{agent} and passphrase cache", "man:gpg-agent(1)", "S.gpg-agent", "std")
        }
        if self.enableSshSupport:
            pages = "man:gpg-agent(1) man:ssh-add(1) man:ssh-agent(1) man:ssh(1)"
            yield {
                "gpg-agent-ssh": self._socket_unit(f"{agent} (ssh-agent emulation)", pages, "S.gpg-agent.ssh", "ssh")
            }
        if self.enableExtraSocket:
            pages, title = "man:gpg-agent(1) man:ssh(1)", f"{agent} and passphrase cache (restricted)"
            yield {"gpg-agent-extra": self._socket_unit(title, pages, "S.gpg-agent.extra", "extra")}

    def _socket_unit(self, title: str, pages: str, socket: str, descriptor: str) -> dict[str, dict[str, Any]]:
        return {
            "Unit": {"Description": title, "Documentation": pages},
            "Socket": {
                "ListenStream": self._socket(socket),
                "FileDescriptorName": descriptor,
                "Service": "gpg-agent.service",
                "SocketMode": "0600",
                "DirectoryMode": "0700",
            },
            "Install": {"WantedBy": ["sockets.target"]},
        }

    @defines("launchd.agents")
    def on_darwin(self):
        if not self._is_on("darwin"):
            return None
        names = {"Agent": "S.gpg-agent"}
        if self.enableSshSupport:
            names["Ssh"] = "S.gpg-agent.ssh"
        if self.enableExtraSocket:
            names["Extra"] = "S.gpg-agent.extra"
        sockets = {
            name: {"SockType": "stream", "SockPathName": self._socket(socket), "SockPathMode": 0o600}
            for name, socket in names.items()
        }
        config = {
            "ProgramArguments": [self._program("gpg-agent"), "--supervised", *(["--verbose"] if self.verbose else [])],
            "EnvironmentVariables": {"GNUPGHOME": self["programs.gpg.homedir"]},
            "KeepAlive": {"Crashed": True, "SuccessfulExit": False},
            "ProcessType": "Background",
            "RunAtLoad": self.enableSshSupport,
            "Sockets": sockets,
        }
        return {"gpg-agent": {"enable": True, "config": config}}
