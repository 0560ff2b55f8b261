from home_manager.authoring import *
from home_manager.modules import _graphical

EXAMPLE = """\
bar.battery.label = true;
bar.clock.format = "%H:%M:%S";
bar.layouts."*" = {
  left = [ "dashboard" "workspaces" ];
  middle = [ "windowtitle" ];
  right = [ "volume" "notifications" ];
};
"""
HYPRIDLE = {
    "startCommand": "systemctl --user start hypridle.service",
    "stopCommand": "systemctl --user stop hypridle.service",
    "isActiveCommand": "systemctl --user status hypridle.service | grep -q 'Active: active (running)' && echo 'yes' || "
    "echo 'no'",
}
THEMES = "https://github.com/Jas-SinghFSU/HyprPanel/blob/2c0c66a/themes"


class Systemd(Options):
    """The service."""

    enable = option(t.bool, default=True, example=True, doc="Whether to enable HyprPanel systemd integration.")


class Hyprpanel(Program):
    """HyprPanel"""

    package = Package("hyprpanel")
    settings = option(
        formats.json.type,
        default={},
        example=literal(EXAMPLE),
        doc="The settings, see <https://hyprpanel.com/configuration/settings.html#home-manager-module>.",
    )
    systemd = group(Systemd)
    removed = Removed(
        '"dontAssertNotificationDaemons "',
        "The hyprpanel never supported using it alongside other notification\n"
        "daemons, so this option never truly worked.\n",
    )

    @check
    def notifies_alone(self):
        for name in ("swaync", "dunst", "mako"):
            if self._takes_part(f"services.{name}") and self[f"services.{name}.enable"]:
                yield f"Only one notification daemon can be enabled at once. You have enabled\n{name} and hyprpanel.\n"

    @warn
    def named_theme(self):
        if "name" in self.settings.get("theme", {}):
            yield (
                "Using `programs.hyprpanel.settings.theme.name` as a named theme is deprecated and will be\nremoved in a "
                "future release. Please use `programs.hyprpanel.settings.theme` instead.\n\nNamed theme loading was removed "
                "because it requires import-from-derivation.\n\nPaste theme contents from:\n"
                f"  {THEMES}/{self.settings['theme']['name']}.json\n\n"
            )

    @defines(".settings")
    def with_hypridle(self):
        if self._takes_part("services.hypridle") and self["services.hypridle.enable"]:
            commands = {name: default(command) for name, command in HYPRIDLE.items()}
            return {"bar": {"customModules": {"hypridle": commands}}}
        return None

    def _config(self):
        return self._made("writeText", "hyprpanel-config", formats.json.render(self.settings))

    @defines("xdg.configFile", when=settings)
    def file(self):
        # HyprPanel writes the file anew without the newline at its end.
        return {"hyprpanel": {"target": "hyprpanel/config.json", "source": self._config(), "force": True}}

    unit = _graphical.session_unit(
        lambda self: f"{self.package}/bin/hyprpanel",
        description="Bar/Panel for Hyprland with extensive customizability",
        restart="on-failure",
        unit=lambda self: {
            "Documentation": "https://hyprpanel.com/getting_started/hyprpanel.html",
            "X-Restart-Triggers": [str(self._config())] if self.settings else [],
        },
        service=lambda self: {
            "ExecReload": f"{self.pkgs['coreutils']}/bin/kill -SIGUSR2 $MAINPID",
            "KillMode": "mixed",
        },
        when=lambda self: self.systemd.enable,
    )
