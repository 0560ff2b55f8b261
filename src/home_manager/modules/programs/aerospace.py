from home_manager.authoring import *

AT_LOGIN = """\
You have set `programs.aerospace.settings."start-at-login" = true;`
but `programs.aerospace.launchd.enable` is false.

This tells AeroSpace to manage its own startup, which can conflict
with Home Manager.

To manage startup with Home Manager, please set
`programs.aerospace.launchd.enable = true;`
(You can leave `start-at-login = true` in your settings, it will be
correctly overridden).
"""
AFTER_LOGIN = """\
You have set `programs.aerospace.settings."after-login-command"`.

This setting is not supported when using this Home Manager module,
as it either conflicts with the launchd service (if enabled)
or bypasses it (if disabled).

The correct way to run commands after AeroSpace starts is to use:
1. `programs.aerospace.launchd.enable = true;`
2. `programs.aerospace.settings."after-startup-command" = [ ... ];`
"""
RELOAD = """\
if {aerospace} list-modes --current >/dev/null 2>&1; then
  echo "AeroSpace reads its new configuration"
  {aerospace} reload-config
fi
"""


class Launchd(Options):
    """The agent."""

    enable = option(
        t.bool,
        default=False,
        doc="Whether launchd starts AeroSpace, which then does not start itself. macOS asks for permission the first time. "
        "`launchctl list | grep aerospace` shows whether it runs; what it says is in `/tmp/aerospace.err.log`.",
    )
    keepAlive = option(t.bool, default=True, doc="Whether launchd starts it again when it ends.")


def place(self):
    if not self["xdg.enable"]:
        return ".aerospace.toml"
    return f"{self['xdg.configHome'].removeprefix(self['home.homeDirectory'] + '/')}/aerospace/aerospace.toml"


class Aerospace(Program):
    """AeroSpace window manager"""

    platforms = ("darwin",)

    package = Package("aerospace", nullable=True)
    launchd = group(Launchd)
    settings = Settings(
        formats.toml,
        file=place,
        below="home.file",
        # It is launchd that starts it, if anything does.
        render=lambda self, settings: formats.toml.render(
            {**settings, "start-at-login": False, "after-login-command": []}
        ),
        example={
            "gaps": {"outer": {"left": 8, "bottom": 8}},
            "mode": {"main": {"binding": {"alt-h": "focus left", "alt-l": "focus right"}}},
            "on-window-detected": [{"if": {"app-id": "com.apple.finder"}, "run": "move-node-to-workspace 9"}],
        },
        doc="The settings of AeroSpace, see <https://nikitabobko.github.io/AeroSpace/guide#configuring-aerospace>.",
        onChange=lambda self: self._reload(),
    )
    renamed = (
        Renamed("userSettings", "settings"),
        Removed("extraConfig", "This option has been removed. Please use 'programs.aerospace.settings' instead."),
    )

    def _reload(self):
        return RELOAD.format(aerospace=exe(self.package)) if self.launchd.enable and self.package is not None else ""

    @check
    def starts_once(self):
        if self.settings.get("start-at-login") is True and not self.launchd.enable:
            yield AT_LOGIN
        if self.settings.get("after-login-command"):
            yield AFTER_LOGIN
        if self.launchd.enable and self.package is None:
            yield "programs.aerospace.launchd.enable needs programs.aerospace.package, which is null."

    @defines("launchd.agents", when=package)
    def agent(self):
        config = {
            "Program": f"{self.package}/Applications/AeroSpace.app/Contents/MacOS/AeroSpace",
            "KeepAlive": self.launchd.keepAlive,
            "RunAtLoad": True,
            "StandardOutPath": "/tmp/aerospace.log",
            "StandardErrorPath": "/tmp/aerospace.err.log",
        }
        return {"aerospace": {"enable": self.launchd.enable, "config": config}}
