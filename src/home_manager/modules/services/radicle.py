from home_manager.authoring import *

SYSTEM_CALLS = [
    "@system-service",
    *(f"~@{group}" for group in ["aio", "chown", "keyring", "memlock", "privileged", "resources", "setuid"]),
]

HARDENING = {
    "RestrictAddressFamilies": ["AF_UNIX", "AF_INET", "AF_INET6"],
    "AmbientCapabilities": "",
    "CapabilityBoundingSet": "",
    "NoNewPrivileges": True,
    "DeviceAllow": "",
    "KeyringMode": "private",
    "LockPersonality": True,
    "MemoryDenyWriteExecute": True,
    "PrivateDevices": True,
    "PrivateTmp": True,
    "PrivateUsers": "self",
    "ProcSubset": "pid",
    "ProtectClock": True,
    "ProtectHome": "tmpfs",
    "ProtectHostname": True,
    "ProtectKernelLogs": True,
    "ProtectProc": "invisible",
    "ProtectSystem": "strict",
    "RestrictNamespaces": True,
    "RestrictRealtime": True,
    "RestrictSUIDSGID": True,
    "RuntimeDirectoryMode": "0700",
    "SocketBindDeny": ["any"],
    "StateDirectoryMode": "0750",
    "UMask": "0067",
    "SystemCallArchitectures": "native",
    "SystemCallFilter": SYSTEM_CALLS,
}
"""What the node cannot do: it needs its own directory, the network and little else."""

PROXY = ["radicle-node-proxy.socket", "radicle-node.service"]


class Lazy(Options):
    """A node that runs while it is needed"""

    enable = option(
        t.bool, default=False, example=True, doc="Whether the node starts when its socket is used, and stops after."
    )
    exitIdleTime = option(t.str, default="30min", example="1h", doc="After how long without use it stops.")


class Node(Options):
    """The node"""

    enable = option(
        t.bool, default=False, example=True, doc="Whether the node of Radicle runs as a service of the user."
    )
    package = Package("radicle-node", install=False)
    args = option(t.str, default="", example="--force", doc="Arguments of `radicle-node`.")
    environment = option(
        t.attrs_of(t.null_or(t.one_of(t.str, t.path, t.package))),
        default={},
        example={"RUST_BACKTRACE": "full"},
        doc="Variables of the service.",
    )
    lazy = group(Lazy)


def is_lazy(self):
    return self.node.enable and self.node.lazy.enable


class Radicle(Module):
    """the node of Radicle, which shares repositories with others"""

    by_mention = True

    node = group(Node)

    def _home(self, name):
        return f"{self['home.homeDirectory']}/.radicle/{name}"

    @defines("programs.radicle.enable", when=lambda self: self.node.enable)
    def program(self):
        return default(True)

    @defines("home.sessionVariables", when=is_lazy)
    def socket_variable(self):
        return {"RAD_SOCKET": "${XDG_RUNTIME_DIR:-/run/user/$UID}/radicle-node/control.sock"}

    def _environment_of_node(self):
        return [f"{name}={self._in_text(value)}" for name, value in self.node.environment.items()]

    @defines("systemd.user.services.radicle-node", when=lambda self: self.node.enable)
    def service(self):
        listened = self["programs.radicle.settings"].node.listen
        unit = {
            "Description": "Radicle Node",
            "Documentation": ["https://radicle.xyz/guides", "man:radicle-node(1)"],
            "StopWhenUnneeded": self.node.lazy.enable,
            "ConditionPathExists": [self._home("keys/radicle"), self._home("keys/radicle.pub")],
        }
        service = {
            "Slice": "session.slice",
            "ExecStart": f"{exe(self.node.package, 'radicle-node')} {self.node.args}",
            "Environment": [*self._environment_of_node(), f"PATH={self.pkgs['gitMinimal']}/bin"],
            "KillMode": "process",
            "Restart": "no",
            "RestartSec": "2",
            "RestartSteps": "100",
            "RestartMaxDelaySec": "1min",
            "BindPaths": [self._home(name) for name in ("storage", "node", "cobs")],
            "BindReadOnlyPaths": [self._home("config.json"), self._home("keys"), "-/etc/resolv.conf", "/run/systemd"],
            "SocketBindAllow": [f"tcp:{address.rpartition(':')[2]}" for address in listened],
            **HARDENING,
        }
        return {"Unit": unit, "Service": service}

    @defines("systemd.user.services.radicle-node-proxy", when=is_lazy)
    def proxy(self):
        socket = "%t/radicle-node/proxy.sock"
        return {
            "Unit": {
                "Description": "Radicle Node Proxy",
                "BindsTo": PROXY,
                "After": PROXY,
                "Documentation": ["man:systemd-socket-proxyd(8)"],
            },
            "Service": {
                "ExecSearchPath": f"{self.pkgs['systemd']}/lib/systemd",
                "ExecStart": f"systemd-socket-proxyd --exit-idle-time={self.node.lazy.exitIdleTime} {socket}",
                "PrivateTmp": "yes",
                "PrivateNetwork": "yes",
                "RuntimeDirectory": "radicle",
                "RuntimeDirectoryPreserve": "yes",
            },
        }

    @defines("systemd.user.sockets", when=is_lazy)
    def sockets(self):
        install = {"WantedBy": ["sockets.target"]}
        return {
            "radicle-node-control": {
                "Unit": {"Description": "Radicle Node Control Socket", "Documentation": ["man:radicle-node(1)"]},
                "Socket": {
                    "Service": "radicle-node-proxy.service",
                    "ListenStream": "%t/radicle-node/control.sock",
                    "RuntimeDirectory": "radicle-node",
                    "RuntimeDirectoryPreserve": "yes",
                },
                "Install": install,
            },
            "radicle-node-proxy": {
                "Unit": {"Description": "Radicle Node Proxy Socket", "Documentation": ["man:systemd-socket-proxyd(8)"]},
                "Socket": {
                    "Service": "radicle-node.service",
                    "FileDescriptorName": "control",
                    "ListenStream": "%t/radicle-node/proxy.sock",
                    "RuntimeDirectory": "radicle-node",
                    "RuntimeDirectoryPreserve": "yes",
                },
                "Install": install,
            },
        }
