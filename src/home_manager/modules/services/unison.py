from home_manager.authoring import *


def arguments(options):
    for name, values in options.items():
        for value in values if isinstance(values, list) else [values]:
            # systemd takes two backslashes for one.
            yield formats.shell.quote(f"-{name}=" + value.replace("=", "\\\\="))


class Pair(Options):
    """Two directories that are kept alike"""

    stateDirectory = option(
        t.path,
        default=lambda self: f"{self['xdg.dataHome']}/unison",
        default_text='"$XDG_DATA_HOME/unison"',
        doc="Where Unison keeps what it knows about the two.",
    )
    commandOptions = option(
        t.attrs_of(t.either(t.str, t.list_of(t.str))),
        default=lambda self: self._usual(),
        default_text='{\n  repeat = "watch";\n  sshcmd = "${pkgs.openssh}/bin/ssh";\n  ui = "text";\n  auto = "true";\n'
        '  batch = "true";\n  log = "false"; # don\'t log to file, handled by systemd\n}\n',
        apply=lambda self, value: {**self._usual(), **value},
        doc="Options of the command, on top of the defaults; a list gives one several times.",
    )
    roots = option(
        t.described(t.narrowed(t.list_of(t.str), lambda value: len(value) == 2), "list of string of length 2"),
        example=["/home/user/documents", "ssh://remote/documents"],
        doc="The two directories, of which one may be on another machine.",
    )

    def _usual(self):
        ssh = f"{self.pkgs['openssh']}/bin/ssh"
        # The journal has what Unison says, so it needs no file for that.
        return {"repeat": "watch", "sshcmd": ssh, "ui": "text", "auto": "true", "batch": "true", "log": "false"}


class Unison(Service):
    """the synchronisation of directories by Unison"""

    package = Package("unison", install=False, example="pkgs.unison.override { enableX11 = false; }")
    pairs = option(
        t.attrs_of(t.submodule(Pair)),
        default={},
        example={"my-documents": {"roots": ["/home/user/documents", "ssh://remote/documents"]}},
        doc="The pairs of directories by name.",
    )

    @defines("systemd.user.services")
    def services(self):
        for name, pair in self.pairs.items():
            flags, roots = (
                " ".join(arguments(dict(sorted(pair.commandOptions.items())))),
                formats.shell.quote_all(pair.roots),
            )
            service = {
                "CPUSchedulingPolicy": "idle",
                "IOSchedulingClass": "idle",
                "Environment": [f"UNISON='{pair.stateDirectory}'"],
                "ExecStart": f"{self.package}/bin/unison \\\n  {flags} \\\n  {roots}\n",
            }
            yield {f"unison-pair-{name}": {"Unit": {"Description": f"Unison pair sync ({name})"}, "Service": service}}

    @defines("systemd.user.timers")
    def timers(self):
        for name in self.pairs:
            yield {
                f"unison-pair-{name}": {
                    "Unit": {"Description": f"Unison pair sync auto-restart ({name})"},
                    "Install": {"WantedBy": ["timers.target"]},
                    "Timer": {"Unit": f"unison-pair-{name}.service", "OnActiveSec": 1, "OnUnitInactiveSec": 60},
                }
            }
