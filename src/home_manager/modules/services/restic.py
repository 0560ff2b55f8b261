from home_manager.authoring import *

PRIMITIVE = t.one_of(t.bool, t.int, t.str, t.path)


def texts(doc, **more):
    return option(t.list_of(t.str), default=[], doc=doc, **more)


def given(doc, type=t.str, **more):
    return option(t.null_or(type), default=None, doc=doc, **more)


def switch(doc, **more):
    return option(t.bool, doc=doc, **more)


class Backup(Options):
    """A backup"""

    package = Package("restic", install=False)
    sshPackage = option(
        t.package,
        name="ssh-package",
        default=lambda self: self.pkgs["openssh"],
        default_text="pkgs.openssh",
        doc="The ssh that restic calls.",
    )
    passwordFile = given("The file with the password of the repository.", example="/etc/nixos/restic-password")
    passwordCommand = given(
        "The command that prints the password of the repository.",
        example=literal('"${lib.getExe pkgs.gopass} show backups"'),
    )
    environmentFile = given("A file with variables, such as the credentials of S3.")
    rcloneOptions = option(
        t.attrs_of(t.one_of(t.str, t.bool, t.int)),
        default={},
        example={"bwlimit": "10M", "drive-use-trash": True},
        apply=lambda values: {f"RCLONE_{name.replace('-', '_').upper()}": value for name, value in values.items()},
        doc="Options of rclone, where the repository is behind it, see <https://rclone.org/docs/#options>.",
    )
    inhibitsSleep = switch("Whether the machine does not sleep meanwhile.", default=False, example=True)
    repository = given(
        "The repository; either this or `repositoryFile`.", example="sftp:backup@192.168.1.100:/backups/‹name›"
    )
    repositoryFile = given("A file that says what the repository is.", t.path)
    paths = texts("What is backed up.", example=["/var/lib/postgresql", "/home/user/backup"])
    exclude = texts("Patterns of what is left out.", example=["/var/cache", "/home/*/.cache", ".git"])
    timerConfig = option(
        t.null_or(t.attrs_of(t.either(PRIMITIVE, t.list_of(PRIMITIVE)))),
        default={"OnCalendar": "daily", "Persistent": True},
        example={"OnCalendar": "00:05", "Persistent": True, "RandomizedDelaySec": "5h"},
        doc="When backups are made, see {manpage}`systemd.timer(5)`; `null` for no timer.",
    )
    extraBackupArgs = texts(
        "Further arguments of `restic backup`.", example=["--cleanup-cache", "--exclude-file=/etc/nixos/restic-ignore"]
    )
    extraOptions = texts(
        "Extended options of restic, for `-o`.",
        example=["sftp.command='ssh backup@192.168.1.100 -i /home/user/.ssh/id_rsa -s sftp'"],
    )
    initialize = switch("Whether a repository that is not there is made.", default=False)
    pruneOpts = texts(
        "Arguments of `restic forget --prune`; without any, nothing is forgotten.",
        example=["--keep-daily 7", "--keep-weekly 5", "--keep-monthly 12", "--keep-yearly 75"],
    )
    runCheck = option(
        t.bool,
        default=lambda self: bool(self.checkOpts or self.pruneOpts),
        default_text="lib.length config.checkOpts > 0 || lib.length config.pruneOpts > 0",
        example=True,
        doc="Whether `restic check` runs after the backup.",
    )
    checkOpts = texts("Arguments of `restic check`.", example=["--with-cache"])
    dynamicFilesFrom = given(
        "A script that prints what is backed up beside `paths`.", example="find /home/alice/git -type d -name .git"
    )
    backupPrepareCommand = given("A script that runs before.")
    backupCleanupCommand = given("A script that runs after.")
    createWrapper = switch("Whether there is a command `restic-NAME` for the repository.", default=True)
    progressFps = given("How many times a second progress is reported.", t.number_nonnegative, example=0.1)


def variables(backup):
    """The variables of restic, for the service and for the command."""
    values = {
        "RESTIC_PROGRESS_FPS": backup.progressFps,
        "RESTIC_PASSWORD_COMMAND": backup.passwordCommand,
        "RESTIC_PASSWORD_FILE": backup.passwordFile,
        "RESTIC_REPOSITORY": backup.repository,
        "RESTIC_REPOSITORY_FILE": backup.repositoryFile,
        **backup.rcloneOptions,
    }
    for name, value in sorted(values.items()):
        if value is not None:
            yield f"{name}={('true' if value else 'false') if isinstance(value, bool) else formats.shell.quote(value)}"


def command(backup, *words, before=()):
    """A command line of restic."""
    extended = [word for each in backup.extraOptions for word in ("-o", each)]
    return " ".join([*before, exe(backup.package), *extended, *words])


class Restic(Service):
    """backups by restic"""

    platforms = ("linux", "darwin")

    backups = option(
        t.attrs_of(t.submodule(Backup)),
        default={},
        example={
            "localbackup": {
                "paths": ["/home"],
                "exclude": ["/home/*/.cache"],
                "repository": "/mnt/backup-hdd",
                "passwordFile": "/etc/nixos/secrets/restic-password",
                "initialize": True,
            }
        },
        doc="Backups by name.",
    )

    @check
    def one_of_two(self):
        for one, other in (("passwordCommand", "passwordFile"), ("repository", "repositoryFile")):
            for name, backup in self.backups.items():
                if (backup[one] is None) == (backup[other] is None):
                    yield f"services.restic.backups.{name}: exactly one of {one} or {other} should be set"

    def _application(self, name, *lines, **more):
        """A program of shell code with its own search path."""
        inputs = [self.pkgs[each] for each in ("coreutils", "findutils", "diffutils", "jq", "gnugrep", "which")]
        text = "".join(f"{line}\n" for line in lines)
        return exe(self._made("writeShellApplication", {"name": name, "runtimeInputs": inputs, "text": text, **more}))

    def _commands(self, name, backup):
        """What the service does, one after the other."""
        files = f"--files-from=/run/user/$UID/restic-backups-{name}/includes"
        if backup.paths or backup.dynamicFilesFrom is not None:
            patterns = self._made("writeText", "exclude-patterns", "".join(f"{each}\n" for each in backup.exclude))
            reason = formats.shell.quote(f"Scheduled backup {name}")
            inhibited = (
                f"{self.pkgs['systemd']}/bin/systemd-inhibit --mode='block' --who='restic' --what='idle' --why={reason}"
            )
            words = ("backup", *backup.extraBackupArgs, f"--exclude-file={patterns}", files)
            line = command(backup, *words, before=[inhibited] if backup.inhibitsSleep else [])
            yield f"{exe(self.pkgs['bash'])} -c {formats.shell.quote(line)}"
        if backup.pruneOpts:
            yield command(backup, "unlock")
            yield command(backup, "forget", "--prune", *backup.pruneOpts)
        if backup.runCheck:
            yield command(backup, "check", *backup.checkOpts)

    def _preparations(self, name, backup):
        includes = f"/run/user/$UID/restic-backups-{name}/includes"
        yield "set -x"
        if backup.backupPrepareCommand is not None:
            yield str(self._made("writeShellScript", "backupPrepareCommand", backup.backupPrepareCommand))
        if backup.initialize:
            yield f"{command(backup, 'cat', 'config')} 2>/dev/null || {command(backup, 'init')}"
        if backup.paths:
            paths = self._made("writeText", "staticPaths", "".join(f"{path}\n" for path in backup.paths))
            yield f"cat {paths} >> {includes}"
        if backup.dynamicFilesFrom is not None:
            yield f"{self._made('writeShellScript', 'dynamicFilesFromScript', backup.dynamicFilesFrom)} >> {includes}"

    def _cleanups(self, backup):
        yield "set -x"
        if backup.backupCleanupCommand is not None:
            yield str(self._made("writeShellScript", "backupCleanupCommand", backup.backupCleanupCommand))

    @defines("systemd.user.services")
    def services(self):
        for name, backup in self.backups.items():
            unit = f"restic-backups-{name}"
            environment = [f"PATH={backup['ssh-package']}/bin", *variables(backup), f"RESTIC_CACHE_DIR=%C/{unit}"]
            service = {
                "Type": "oneshot",
                "X-RestartIfChanged": True,
                "RuntimeDirectory": unit,
                "CacheDirectory": unit,
                "CacheDirectoryMode": "0700",
                "Environment": environment,
                "ExecStart": list(self._commands(name, backup)),
                "ExecStartPre": self._application(f"{unit}-exec-start-pre", *self._preparations(name, backup)),
                "ExecStopPost": self._application(f"{unit}-exec-stop-post", *self._cleanups(backup)),
            }
            if backup.environmentFile is not None:
                service["EnvironmentFile"] = backup.environmentFile
            yield {unit: {"Unit": {"Description": "Restic backup service"}, "Service": service}}

    @defines("systemd.user.timers")
    def timers(self):
        for name, backup in self.backups.items():
            if backup.timerConfig is not None:
                yield {
                    f"restic-backups-{name}": {
                        "Unit": {"Description": "Restic backup service"},
                        "Install": {"WantedBy": ["timers.target"]},
                        "Timer": backup.timerConfig,
                    }
                }

    @defines("home.packages")
    def commands(self):
        return [self._wrapper(name, backup) for name, backup in self.backups.items() if backup.createWrapper]

    def _wrapper(self, name, backup):
        """The command for one repository: with the variables of the service."""
        lines = [
            *([] if backup.environmentFile is None else [f"source {backup.environmentFile}"]),
            *variables(backup),
            f"RESTIC_CACHE_DIR={self['xdg.cacheHome']}/restic-backups-{name}",
            f"PATH={backup['ssh-package']}/bin:$PATH",
            f'exec {command(backup)} "$@"',
        ]
        text = "".join(f"{line}\n" for line in lines)
        # Every variable is for restic, even where nothing in the script reads it.
        options = {"bashOptions": ["errexit", "nounset", "allexport"], "excludeShellChecks": ["SC2034", "SC1091"]}
        return self._made("writeShellApplication", {"name": f"restic-{name}", "text": text, **options})
