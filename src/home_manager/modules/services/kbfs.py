from home_manager.authoring import *


class Kbfs(Service):
    """Keybase File System"""

    package = Package("kbfs")
    mountPoint = option(t.str, default="keybase", doc="Where the files appear, below the home.")
    extraFlags = option(
        t.list_of(t.str),
        default=[],
        example=["-label kbfs", "-mount-type normal"],
        doc="Further arguments of `kbfsfuse`, as they stand in the unit.",
    )

    def _mounted(self) -> str:
        return f'"%h/{self.mountPoint}"'

    unit = UserUnit(
        lambda self: f"{exe(self.package, 'kbfsfuse')} {' '.join(self.extraFlags)} {self._mounted()}",
        description="Keybase File System",
        requires="keybase.service",
        after="keybase.service",
        wanted_by="default.target",
        restart="on-failure",
        service=lambda self: {
            "Environment": ["PATH=/run/wrappers/bin", "KEYBASE_SYSTEMD=1"],
            "ExecStartPre": f"{self.pkgs['coreutils']}/bin/mkdir -p {self._mounted()}",
            "ExecStopPost": f"/run/wrappers/bin/fusermount -u {self._mounted()}",
        },
    )

    @defines("services.keybase.enable")
    def keybase(self):
        return True
