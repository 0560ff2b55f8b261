from home_manager.authoring import *

KEYS = """\
{
  "super + shift + {r,c}" = "i3-msg {restart,reload}";
  "super + {s,w}"         = "i3-msg {stacking,tabbed}";
  "super + F1"            = pkgs.writeShellScript "script" "echo $USER";
}
"""


class Sxhkd(Service):
    """simple X hotkey daemon"""

    package = Package("sxhkd")
    extraOptions = option(t.list_of(t.str), default=[], example=["-m 1"], doc="Arguments of sxhkd.")
    keybindings = option(
        t.attrs_of(t.null_or(t.one_of(t.str, t.path))),
        default={},
        example=literal(KEYS),
        doc="Keys and the commands for them; `null` for none.",
    )
    extraConfig = option(
        t.lines,
        default="",
        example=literal("super + {_,shift +} {1-9,0}\n  i3-msg {workspace,move container to workspace} {1-10}\n"),
        doc="Further lines of the configuration.",
    )
    removed = Removed("extraPath", "This option is no longer needed and can be removed.")

    @config_file("sxhkd/sxhkdrc")
    def file(self):
        given = self.keybindings.items()
        keys = ["" if command is None else f"{key}\n  {self._in_text(command)}\n" for key, command in given]
        return "\n".join(["\n".join(keys), self.extraConfig])

    @defines("xsession.initExtra")
    def started(self):
        command = f"{self.package}/bin/sxhkd {' '.join(self.extraOptions)}"
        return (
            "systemctl --user stop sxhkd.scope 2> /dev/null || true\n"
            f"systemd-cat -t sxhkd systemd-run --user --scope --property=OOMPolicy=continue -u sxhkd {command} &\n"
        )
