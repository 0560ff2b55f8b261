"""`xsession`: the session of X, from the display manager to the window manager."""

import shlex

from home_manager.authoring import *
from home_manager.modules.core.systemd import TRAY

IMPORTED = (
    "DBUS_SESSION_BUS_ADDRESS",
    "DISPLAY",
    "SSH_AUTH_SOCK",
    "XAUTHORITY",
    "XDG_DATA_DIRS",
    "XDG_RUNTIME_DIR",
    "XDG_SESSION_ID",
)
"""Variables that services of the session need."""

WAIT = """\
# Wait until the units actually stop.
while [ -n "$(systemctl --user --no-legend --state=deactivating list-units)" ]; do
  sleep 0.5
done
"""


class WindowManager(Options):
    """The window manager."""

    command = option(
        t.str,
        default='test -n "$1" && eval "$@"',
        example=literal('"${pkgs.xmonad}/bin/xmonad"'),
        doc="The command of the window manager; the default runs what the system hands over. Other commands belong into "
        "`xsession.initExtra`.",
    )


class XSession(Program):
    """X Session"""

    namespace = "xsession"
    platforms = ("linux",)

    trayTarget = option(
        t.attrs,
        default=TRAY,
        read_only=True,
        internal=True,
        visible=False,
        doc="The unit that stands for a tray being there.",
    )
    scriptPath = option(
        t.str, default=".xsession", example=".xsession-hm", doc="Where the script of the session lies, below the home."
    )
    profilePath = option(
        t.str, default=".xprofile", example=".xprofile-hm", doc="Where the profile of the session lies, below the home."
    )
    windowManager = group(WindowManager)
    preferStatusNotifierItems = option(
        t.bool,
        default=False,
        example=True,
        doc="Whether programs shall put status notifier items into the tray, which not all trays show.",
    )
    profileExtra = option(t.lines, default="", doc="Shell code for the start of the session.")
    initExtra = option(t.lines, default="", doc="Shell code right before the window manager.")
    importedVariables = option(
        t.list_of(t.str_matching("[a-zA-Z_][a-zA-Z0-9_]*")),
        default=[],
        apply=lambda names: list(dict.fromkeys(names)),
        example=["GDK_PIXBUF_ICON_LOADER"],
        visible=False,
        doc="Variables that services of the session are given.",
    )

    @defines(".importedVariables")
    def imported(self):
        return list(IMPORTED)

    @defines("systemd.user.services", when=lambda self: self["home.keyboard"] is not None)
    def keyboard(self):
        keyboard = self["home.keyboard"]
        named = (("layout", keyboard.layout), ("variant", keyboard.variant), ("model", keyboard.model))
        arguments = [f"-{name} '{value}'" for name, value in named if value is not None]
        arguments += ["-option ''", *(f"-option '{each}'" for each in keyboard.options)]
        head = {"After": ["graphical-session-pre.target"], "PartOf": ["graphical-session.target"]}
        wanted = {"WantedBy": ["graphical-session.target"]}
        script = self._made(
            "writeShellScript",
            "xplugrc",
            'case "$1,$3" in\n  keyboard,connected)\n  systemctl --user restart setxkbmap.service\n  ;;\nesac\n',
        )
        return {
            "setxkbmap": {
                "Unit": {"Description": "Set up keyboard in X", **head},
                "Install": wanted,
                "Service": {
                    "Type": "oneshot",
                    "RemainAfterExit": True,
                    "ExecStart": f"{exe(self.pkgs['setxkbmap'])} {' '.join(arguments)}",
                },
            },
            "xplugd": {
                "Unit": {"Description": "Rerun setxkbmap.service when I/O is changed", **head},
                "Install": wanted,
                "Service": {
                    "Type": "forking",
                    "Restart": "on-failure",
                    "ExecStart": f"{self.pkgs['xplugd']}/bin/xplugd {script}",
                },
            },
        }

    @defines("systemd.user.targets")
    def target(self):
        autostart = ["xdg-desktop-autostart.target"] if self["xdg.autostart.enable"] else []
        return {
            "hm-graphical-session": {
                "Unit": {
                    "Description": "Home Manager X session",
                    "Requires": [*autostart, "graphical-session-pre.target"],
                    "BindsTo": ["graphical-session.target", "tray.target"],
                }
            }
        }

    @defines("home.file")
    def files(self):
        names = shlex.join(self.importedVariables)
        take = f"systemctl --user import-environment {names}" if names else ""
        drop = f"systemctl --user unset-environment {names}" if names else ""
        profile = (
            f'. "{self["home.profileDirectory"]}/etc/profile.d/hm-session-vars.sh"\n\n'
            'if [ -e "$HOME/.profile" ]; then\n  . "$HOME/.profile"\nfi\n\n'
            "# If there are any running services from a previous session.\n"
            "# Need to run this in xprofile because the NixOS xsession\n"
            "# script starts up graphical-session.target.\n"
            "systemctl --user stop graphical-session.target graphical-session-pre.target\n\n"
            f"{take}\n\n{self.profileExtra}\n\nexport HM_XPROFILE_SOURCED=1\n"
        )
        script = (
            'if [ -z "$HM_XPROFILE_SOURCED" ]; then\n'
            f'  . "{self["home.homeDirectory"]}/{self.profilePath}"\n'
            "fi\nunset HM_XPROFILE_SOURCED\n\n"
            "systemctl --user start hm-graphical-session.target\n\n"
            f"{self.initExtra}\n\n{self.windowManager.command}\n\n"
            "systemctl --user stop graphical-session.target\n"
            f"systemctl --user stop graphical-session-pre.target\n\n{WAIT}\n{drop}\n"
        )
        return {self.profilePath: {"text": profile}, self.scriptPath: {"executable": True, "text": script}}


class NumLock(Program):
    """Num Lock"""

    namespace = "xsession.numlock"
    platforms = ("linux",)

    @defines("systemd.user.services")
    def service(self):
        target = ["graphical-session.target"]
        return {
            "numlockx": {
                "Unit": {"Description": "NumLockX", "After": target, "PartOf": target},
                "Service": {
                    "Type": "oneshot",
                    "RemainAfterExit": True,
                    "ExecStart": f"{self.pkgs['numlockx']}/bin/numlockx",
                },
                "Install": {"WantedBy": target},
            }
        }
