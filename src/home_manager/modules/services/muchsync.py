from home_manager.authoring import *


def checks(where):
    return option(
        t.bool,
        default=False,
        doc=f"Whether muchsync looks {where} for mails that were changed, as offlineimap does with `synclabels`; it takes "
        "longer then.",
    )


def imports(where):
    return option(t.bool, default=True, doc=f"Whether {{command}}`notmuch new` runs {where} first.")


class Local(Options):
    """This side."""

    checkForModifiedFiles = checks("here")
    importNew = imports("here")


class Remote(Options):
    """The other side."""

    host = option(t.str, doc="The machine, as ssh knows it.")
    muchsyncPath = option(
        t.str, default="", default_text='"$PATH/muchsync"', doc="The path of muchsync there; empty where PATH has it."
    )
    checkForModifiedFiles = checks("there")
    importNew = imports("there")


class Synchronisation(Options):
    """A machine that mail is synchronised with."""

    frequency = option(t.str, default="*:0/5", doc="How often that is done, as in {manpage}`systemd.time(7)`.")
    sshCommand = option(
        t.str,
        default=lambda self: f"{self.pkgs['openssh']}/bin/ssh -CTaxq",
        default_text='"ssh -CTaxq"',
        doc="The command that runs another there; the shell reads it.",
    )
    upload = option(t.bool, default=True, doc="Whether what changed here goes there.")
    local = group(Local)
    remote = group(Remote)


def flags(side):
    return (["-F"] if side.checkForModifiedFiles else []) + ([] if side.importNew else ["--nonew"])


class Muchsync(Module):
    """muchsync, which synchronises mail with other machines"""

    by_mention = True

    package = Package("muchsync", install=False)
    remotes = option(
        t.attrs_of(t.submodule(Synchronisation)),
        default={},
        example={"server": {"frequency": "*:0/10", "remote": {"host": "server.tld"}}},
        doc="The machines that mail is synchronised with, by name.",
    )

    @check(when=remotes)
    def needs(self):
        if not self._is_on("linux"):
            yield "The module services.muchsync does not support your platform; it needs linux."
        if not self["programs.notmuch.enable"]:
            yield "The muchsync module requires 'programs.notmuch.enable = true'.\n"

    def _command(self, each):
        quote = formats.shell.quote
        words = [exe(self.package), f"-s {quote(each.sshCommand)}", *([] if each.upload else ["--noup"])]
        words += [*flags(each.local), quote(each.remote.host)]
        words += [f"-r {quote(each.remote.muchsyncPath)}"] if each.remote.muchsyncPath else []
        return " ".join(words + flags(each.remote))

    @defines("systemd.user.services")
    def services(self):
        variables = self["home.sessionVariables"] if self.remotes else {}
        for name, each in self.remotes.items():
            service = {
                "CPUSchedulingPolicy": "idle",
                "IOSchedulingClass": "idle",
                "Environment": [
                    f'"PATH={self.pkgs["notmuch"]}/bin"',
                    *(f'"{key}={variables[key]}"' for key in ("NOTMUCH_CONFIG", "NMBGIT")),
                ],
                "ExecStart": self._command(each),
            }
            yield {f"muchsync-{name}": {"Unit": {"Description": f"muchsync sync service ({name})"}, "Service": service}}

    @defines("systemd.user.timers")
    def timers(self):
        for name, each in self.remotes.items():
            timer = {"Unit": f"muchsync-{name}.service", "OnCalendar": each.frequency, "Persistent": True}
            yield {
                f"muchsync-{name}": {
                    "Unit": {"Description": f"muchsync periodic sync ({name})"},
                    "Timer": timer,
                    "Install": {"WantedBy": ["timers.target"]},
                }
            }
