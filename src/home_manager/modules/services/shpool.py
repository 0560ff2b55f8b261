from home_manager.authoring import *


class Shpool(Service):
    """shpool, sessions of shells that stay"""

    platforms = ("linux", "darwin")

    package = Package("shpool", nullable=True)
    settings = Settings(
        formats.toml,
        file="shpool/config.toml",
        example={
            "keybinding": [{"action": "detach", "binding": "Ctrl-a d"}],
            "motd": "never",
            "prompt_prefix": "[$SHPOOL_SESSION_NAME]",
            "session_restore_mode": {"lines": 1000},
        },
        doc="The settings of shpool, see <https://github.com/shell-pool/shpool/blob/master/CONFIG.md>.",
    )
    systemd = option(t.bool, default=True, example=True, doc="Whether systemd starts shpool when its socket is used.")
    unit = UserUnit(
        lambda self: f"{exe(self.package)} daemon",
        description="Shpool - Shell Session Pool",
        requires="shpool.socket",
        wanted_by="default.target",
        service={"Type": "simple", "KillMode": "mixed", "TimeoutStopSec": "2s", "SendSIGHUP": True},
        when=lambda self: self._has_service(),
    )
    socket = UserUnit(
        kind="sockets",
        description="Shpool Shell Session Pooler",
        wanted_by="sockets.target",
        section={
            "Socket": {
                "ListenStream": "%t/shpool/shpool.socket",
                "SocketMode": "0600",
                "RemoveOnStop": "yes",
                "FlushPending": "yes",
            }
        },
        when=lambda self: self._has_service(),
    )

    def _has_service(self):
        return self.systemd and self.package is not None
