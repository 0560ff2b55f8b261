from home_manager.authoring import *
from home_manager.modules import _graphical

EXAMPLE = """\
{
  mainBar = {
    position = "top";
    height = 30;
    output = [ "eDP-1" ];
    modules-left = [ "sway/workspaces" "sway/mode" ];
    modules-right = [ "custom/hello" "temperature" ];
    "sway/workspaces".all-outputs = true;
    "custom/hello" = {
      format = "hello {}";
      interval = "once";
      exec = pkgs.writeShellScript "hello-from-waybar" ''
        echo "from within waybar"
      '';
    };
  };
}
"""
STYLE = """\
* {
  border: none;
  font-family: Source Code Pro;
}
window#waybar {
  background: #16191C;
  color: #AAB2BF;
}
"""
WIKI = "https://github.com/Alexays/Waybar/wiki"


def part(type, doc, example, **more):
    return option(t.null_or(type), default=None, doc=doc, example=example, **more)


def side_margin(side):
    return part(t.int, f"The margin on the {side}, in pixels.", 10, name=f"margin-{side}")


def modules_at(place, example):
    return part(t.list_of(t.str), f"The modules on the {place}.", example, name=f"modules-{place}")


class Bar(Options):
    """A bar."""

    freeform = formats.json.type

    layer = part(t.enum("top", "bottom", "overlay"), "Whether the bar is above the windows or below them.", "top")
    output = part(
        t.either(t.str, t.list_of(t.str)),
        "The outputs that have the bar; those with `!` in front do not.",
        ["DP-1", "!DP-2", "!DP-3"],
    )
    position = part(t.enum("top", "bottom", "left", "right"), "The edge that the bar is at.", "right")
    height = part(t.unsigned, "The height; without it, as high as needed.", 5)
    width = part(t.unsigned, "The width; without it, as wide as needed.", 5)
    modules_left = modules_at("left", ["sway/workspaces", "sway/mode", "wlr/taskbar"])
    modules_center = modules_at("center", ["sway/window"])
    modules_right = modules_at("right", literal('[ "mpd" "custom/mymodule#with-css-id" "temperature" ]\n'))
    modules = option(
        formats.json.type,
        default=None,
        visible=False,
        example={"sway/window": {"max-length": 50}},
        doc="Settings of modules, which now stand beside the other settings.",
    )
    margin = part(t.str, "The margins as CSS has them, without units.", "20 5")
    margin_left = side_margin("left")
    margin_right = side_margin("right")
    margin_bottom = side_margin("bottom")
    margin_top = side_margin("top")
    name_ = part(t.str, "A class of CSS for this bar.", "waybar-1", name="name")
    gtk_layer_shell = part(t.bool, "Whether popups are layers of their own.", False, name="gtk-layer-shell")


class Systemd(Options):
    """The service."""

    enable = option(t.bool, default=False, example=True, doc="Whether to enable Waybar systemd integration.")
    enableDebug = option(t.bool, default=False, example=True, doc="Whether to enable debug logging.")
    enableInspect = option(
        t.bool,
        default=False,
        example=True,
        doc="Whether GTK's inspector is open, which finds classes of CSS and tries rules, see "
        "<https://developer.gnome.org/documentation/tools/inspector.html>.",
    )
    targets = _graphical.targets()


class Waybar(Program):
    """Waybar"""

    platforms = ("linux",)

    package = Package("waybar")
    settings = option(
        t.either(t.list_of(t.submodule(Bar)), t.attrs_of(t.submodule(Bar))),
        default=[],
        example=literal(EXAMPLE),
        doc=f"The bars, see <{WIKI}/Configuration>: a list, or a set whose names only serve to change them.",
    )
    systemd = group(Systemd)
    style = _graphical.style(
        "the bars",
        "waybar/style.css",
        onChange=lambda self: self._signal(),
        example=STYLE,
        doc=f"See <{WIKI}/Styling>.",
    )
    renamed = Renamed("systemd.target", "systemd.targets", change=lambda value: [value])

    def _bars(self):
        return list(self.settings.values()) if isinstance(self.settings, dict) else self.settings

    @check
    def modules_beside_settings(self):
        if self._state_at_least("22.05") and any(bar.modules is not None for bar in self._bars()):
            yield (
                "The `programs.waybar.settings.[].modules` option has been removed.\nIt is now possible to declare modules "
                "in the configuration without nesting them under the `modules` option.\n"
            )

    def _signal(self):
        # The unit reloads by itself.
        return "" if self.systemd.enable else f"{self.pkgs['procps']}/bin/pkill -u $USER -USR2 waybar || true\n"

    @config_file("waybar/config", when=_bars, onChange=_signal)
    def file(self):
        bars = ({**bar, **(bar.modules or {}), "modules": None} for bar in self._bars())
        return formats.json.render([{name: value for name, value in bar.items() if value is not None} for bar in bars])

    unit = UserUnit(
        lambda self: f"{self.package}/bin/waybar{' -l debug' if self.systemd.enableDebug else ''}",
        description="Highly customizable Wayland bar for Sway and Wlroots based compositors.",
        after=lambda self: self.systemd.targets,
        part_of=lambda self: ["tray.target", *self.systemd.targets],
        wanted_by=lambda self: ["tray.target", *self.systemd.targets],
        restart="on-failure",
        environment=lambda self: ["GTK_DEBUG=interactive"] if self.systemd.enableInspect else [],
        wayland=True,
        reloads_with=("file", "style"),
        unit={"Documentation": WIKI},
        service=lambda self: {
            "ExecReload": f"{self.pkgs['coreutils']}/bin/kill -SIGUSR2 $MAINPID",
            "KillMode": "mixed",
        },
        when=lambda self: self.systemd.enable,
    )
