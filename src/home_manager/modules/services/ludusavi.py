from home_manager.authoring import *

MANIFEST = "https://raw.githubusercontent.com/mtkennerly/ludusavi-manifest/master/data/manifest.yaml"
# Former versions took the default folder by its name, so that backups lie in a folder called `$XDG_STATE_HOME`.
MOVE = """\
old={home}/\\$XDG_STATE_HOME
new={state}/backups
if [[ -d "$old" ]]; then
  mkdir -p "$new"
  mv "$old/backups/ludusavi" "$new/ludusavi"
  rmdir "$old/backups" "$old"
  echo "The backups of Ludusavi were moved to $new/ludusavi."
fi
"""


class Ludusavi(Service):
    """Ludusavi, a backup of saved games"""

    platforms = ("linux", "darwin")
    package = Package("ludusavi")
    configFile = option(
        t.null_or(t.path),
        default=None,
        doc="A configuration file in place of `settings`; "
        "see <https://github.com/mtkennerly/ludusavi/blob/master/docs/help/configuration-file.md>.",
    )
    frequency = option(
        t.str,
        default="daily",
        example="*-*-* 8:00:00",
        doc="When backups are made, as `OnCalendar` of a timer; see {manpage}`systemd.time(7)`.",
    )
    settings = option(
        t.yaml,
        default=lambda self: {
            "manifest": {"url": MANIFEST},
            "roots": [],
            "backup": {"path": f"{self['xdg.stateHome']}/backups/ludusavi"},
            "restore": {"path": f"{self['xdg.stateHome']}/backups/ludusavi"},
        },
        default_text=(
            f"''\n  {{\n    manifest.url = \"{MANIFEST}\";\n    roots = [ ];\n"
            '    backup.path = "$XDG_STATE_HOME/backups/ludusavi";\n'
            "    restore.path = \"$XDG_STATE_HOME/backups/ludusavi\";\n  }\n''"
        ),
        example={
            "backup": {"path": "~/.local/state/backups/ludusavi"},
            "language": "en-US",
            "restore": {"path": "~/.local/state/backups/ludusavi"},
            "roots": [{"path": "~/.local/share/Steam", "store": "steam"}],
            "theme": "light",
        },
        doc="The configuration, see <https://github.com/mtkennerly/ludusavi#configuration-file>.",
    )
    backupNotification = option(
        t.bool, default=False, doc="Whether a notification tells of every backup that was made."
    )
    backup = UserUnit(
        lambda self: f"{exe(self.package)} backup --force",
        description="Run a game save backup with Ludusavi",
        service=lambda self: {
            "Type": "oneshot",
            "ExecStartPre": str(self._made("writeShellScript", "ludusavi-migrate-backup", self._move())),
            **({"ExecStartPost": self._notification()} if self.backupNotification else {}),
        },
    )
    timer = UserUnit(
        kind="timers",
        description="Run a game save backup with Ludusavi",
        wanted_by="timers.target",
        section=lambda self: {"Timer": {"OnCalendar": self.frequency}},
    )

    def _move(self):
        quote = formats.shell.quote
        return MOVE.format(home=quote(self["home.homeDirectory"]), state=quote(self["xdg.stateHome"]))

    def _notification(self):
        program = exe(self.pkgs["libnotify"])
        return f"{program} 'Ludusavi' 'Backup completed' -i com.mtkennerly.ludusavi -a 'Ludusavi'"

    @defines("xdg.configFile")
    def file(self):
        own = self.configFile is None
        return {
            "ludusavi/config.yaml": {"text": formats.yaml.render(self.settings)} if own else {"source": self.configFile}
        }

    @check
    def one_configuration(self):
        if bool(self.settings) == (self.configFile is not None):
            yield "The `settings` and `configFile` options are mutually exclusive."
