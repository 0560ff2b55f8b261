from home_manager.authoring import *

PROGRAMS = ("rsync", "kmod", "gawk", "gnugrep", "gnused", "coreutils", "findutils", "net-tools", "util-linux")


class Psd(Service):
    """profile-sync-daemon, which keeps profiles of browsers in memory"""

    package = Package("profile-sync-daemon")
    resyncTimer = option(
        t.str,
        default="1h",
        example="1h 30min",
        doc="How often profiles are written to disk, as a time span of systemd; see {manpage}`systemd.time(7)`.",
    )
    browsers = option(
        t.list_of(t.str),
        default=[],
        example=["chromium", "google-chrome", "firefox"],
        doc="The browsers; an empty list means all that profile-sync-daemon knows, see {manpage}`psd(1)`.",
    )
    useBackup = option(t.bool, default=True, doc="Whether profiles are restored after a crash.")
    backupLimit = option(t.unsigned, default=5, doc="How many states after crashes are kept, the newest ones.")
    daemon = UserUnit(
        lambda self: f"{self._program()} startup",
        description="Profile-sync-daemon",
        wanted_by="default.target",
        environment=lambda self: ["LAUNCHED_BY_SYSTEMD=1", self._path()],
        unit={"Wants": ["psd-resync.service"], "RequiresMountsFor": ["/home/"], "After": "winbindd.service"},
        service=lambda self: {"Type": "oneshot", "RemainAfterExit": "yes", "ExecStop": f"{self._program()} unsync"},
    )
    resync = UserUnit(
        lambda self: f"{self._program()} resync",
        name="psd-resync",
        description="Timed profile resync",
        after="psd.service",
        part_of="psd.service",
        wanted_by="default.target",
        environment=lambda self: [self._path()],
        unit={"Wants": ["psd-resync.timer"]},
        service={"Type": "oneshot"},
    )
    timer = UserUnit(
        kind="timers",
        name="psd-resync",
        description="Timer for Profile-sync-daemon",
        part_of=["psd-resync.service", "psd.service"],
        section=lambda self: {"Timer": {"OnUnitActiveSec": self.resyncTimer}},
    )

    def _program(self):
        return exe(self.package, "profile-sync-daemon")

    def _path(self):
        packages = [*(self.pkgs[name] for name in PROGRAMS), self.package]
        return f"PATH=$PATH:{self._made(self.pkgs['lib']['makeBinPath'], packages)}"

    @config_file("psd/psd.conf")
    def configuration(self):
        browsers = f"BROWSERS=({' '.join(self.browsers)})\n" if self.browsers else ""
        return f'{browsers}\nUSE_BACKUP="{"yes" if self.useBackup else "no"}"\nBACKUP_LIMIT={self.backupLimit}\n'
