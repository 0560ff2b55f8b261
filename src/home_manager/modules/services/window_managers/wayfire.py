from home_manager.authoring import *
from home_manager.modules.services.window_managers import _session

SECTIONS = t.attrs_of(t.attrs_of(t.either(t.either(t.str, t.path), t.either(t.bool, t.number))))


class Core(Options):
    """Wayfire itself."""

    plugins = option(t.separated_string(" "), doc="The plugins that are loaded.")


class Settings_(Options):
    """The settings."""

    freeform = SECTIONS
    core = group(Core)


class Shell(Options):
    """The panel and what goes with it."""

    enable = option(t.bool, default=False, example=True, doc="Whether to enable the configuration of wf-shell.")
    package = Package("wayfirePlugins.wf-shell", install=False)
    settings = option(
        SECTIONS,
        default={},
        example={"panel": {"widgets_left": "menu spacing4 launchers window-list", "autohide": True}},
        doc="The settings of wf-shell, see <https://github.com/WayfireWM/wf-shell/blob/master/wf-shell.ini.example>.",
    )


class Wayfire(Program):
    """Wayfire, a compositor for Wayland that consists of plugins"""

    namespace = "wayland.windowManager.wayfire"
    platforms = ("linux",)

    package = Package("wayfire", nullable=True, install=False, extra="With `null`, Wayfire comes from the system.")
    plugins = option(
        t.list_of(t.package),
        default=lambda self: [self.pkgs["wayfirePlugins"]["wf-shell"]],
        default_text="with pkgs.wayfirePlugins; [ wf-shell ]",
        example=literal(
            "with pkgs.wayfirePlugins; [\n  wcm\n  wf-shell\n  wayfire-plugins-extra\n];\n",
        ),
        doc="Packages of plugins.",
    )
    xwayland = group(_session.XWayland)
    settings = option(
        t.submodule(Settings_),
        default={},
        example={
            "core": {"plugins": "command expo cube"},
            "command": {"binding_terminal": "alacritty", "command_terminal": "alacritty"},
        },
        doc="The settings of Wayfire, see <https://github.com/WayfireWM/wayfire/wiki/Configuration>.",
    )
    wf_shell = group(Shell, name="wf-shell")
    systemd = _session.systemd(
        "wayfire",
        "DISPLAY",
        "WAYLAND_DISPLAY",
        "XDG_CURRENT_DESKTOP",
        "NIXOS_OZONE_WL",
        "XCURSOR_THEME",
        "XCURSOR_SIZE",
    )

    @defines("home.packages", when=package)
    def packages(self):
        given = {"wayfire": self.package, "plugins": self.plugins}
        yield [self._made(self.pkgs["wayfire-with-plugins"]["override"], given)]
        if self.xwayland.enable:
            yield [self.pkgs["xwayland"]]

    @defines(".settings")
    def own_plugins(self):
        plugins = ["autostart"] if self.systemd.enable else []
        plugins += ["wayfire-shell"] if self.wf_shell.enable else []
        yield {"core": {"plugins": " ".join(plugins), "xwayland": self.xwayland.enable}}
        if self.systemd.enable:
            yield {"autostart": {"systemdActivation": _session.activation(self)}}

    @defines(".plugins", when=lambda self: self.wf_shell.enable)
    def shell_plugin(self):
        return [self.wf_shell.package]

    @config_file("wayfire.ini")
    def file(self):
        return formats.ini.render(self.settings)

    @config_file("wf-shell.ini", when=lambda self: self.wf_shell.enable)
    def shell_file(self):
        return formats.ini.render(self.wf_shell.settings)

    session = _session.targets("wayfire")
