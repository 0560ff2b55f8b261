import re

from home_manager.authoring import *
from home_manager.modules.programs._mail import accounts


class Lieer(Service):
    """lieer Gmail synchronization service"""

    @defines("programs.lieer.enable")
    def program(self):
        return True

    def _units(self, sections):
        for account in accounts(self, "lieer").values():
            if account.lieer.sync.enable:
                name = re.sub("[^A-Za-z0-9_-]", "-", f"lieer-{account.name}")
                unit = {"Description": f"lieer Gmail synchronization for {account.name}"}
                yield {name: sections(account, unit)}

    @defines("systemd.user.services")
    def synchronisation(self):
        def sections(account, unit):
            directory = account.maildir.absPath
            service = {
                "Type": "oneshot",
                "ExecStart": f"{self['programs.lieer.package']}/bin/gmi sync",
                "WorkingDirectory": directory,
                "Environment": f"NOTMUCH_CONFIG={self['xdg.configHome']}/notmuch/default/config",
            }
            return {"Unit": {**unit, "ConditionPathExists": f"{directory}/.gmailieer.json"}, "Service": service}

        yield from self._units(sections)

    @defines("systemd.user.timers")
    def timers(self):
        def sections(account, unit):
            timer = {"OnCalendar": account.lieer.sync.frequency, "RandomizedDelaySec": 30}
            return {"Unit": unit, "Timer": timer, "Install": {"WantedBy": ["timers.target"]}}

        yield from self._units(sections)
