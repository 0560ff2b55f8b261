from home_manager.authoring import *
from home_manager.modules.services.window_managers import _session
from home_manager.modules.services.window_managers.i3_sway import _options, _text, i3

PATH = "wayland.windowManager.sway"

EXIT = (
    "exec swaynag -t warning -m 'You pressed the exit shortcut. Do you really want to exit sway? "
    "This will end your Wayland session.' -b 'Yes, exit sway' 'swaymsg exit'"
)
OTHER_KEYS = {"b": "splith", "v": "splitv", "Shift+e": EXIT}
DIRECTIONS = ("left", "down", "up", "right")
RESIZE = dict(
    zip(
        DIRECTIONS,
        (
            "resize shrink width 10 px",
            "resize grow height 10 px",
            "resize shrink height 10 px",
            "resize grow width 10 px",
        ),
        strict=True,
    )
)
RESIZE_TEXT = "".join(f'    ${{cfg.config.{way}}}" = "{action}";\n' for way, action in RESIZE.items())
RESIZE_TEXT += "\n" + "".join(f'    "{way.capitalize()}" = "{action}";\n' for way, action in RESIZE.items())
RESIZE_TEXT = (
    "{\n  resize = {\n    # Binds arrow keys to resizing commands\n"
    f'{RESIZE_TEXT}\n    # Exit resize mode\n    "Escape" = "mode default";\n    "Return" = "mode default";\n  }};\n}}\n'
)

SWITCHES = """\
let
  laptop = "eDP-1";
in
{
  "lid:on" = {
    reload = true;
    locked = true;
    action = "output ${laptop} disable";
  };
  "lid:off" = {
    reload = true;
    locked = true;
    action = "output ${laptop} enable";
  };
}
"""
SESSION_COMMANDS = """\
export SDL_VIDEODRIVER=wayland
# needs qt5.qtwayland in systemPackages
export QT_QPA_PLATFORM=wayland
export QT_WAYLAND_DISABLE_WINDOWDECORATION="1"
# Fix for some Java AWT applications (e.g. Android Studio),
# use this if they aren't displayed properly:
export _JAVA_AWT_WM_NONREPARENTING=1
"""

RELOAD = """\
swayProcess=$({procps}/bin/pgrep --uid "$UID" -x sway || true)
swaySocket=${{XDG_RUNTIME_DIR:-/run/user/$UID}}/sway-ipc.$UID.$swayProcess.sock
if [[ -S $swaySocket ]]; then
  {sway}/bin/swaymsg -s "$swaySocket" reload
fi
"""

# sway sets up its back end even if it shall only read a file; one without screens will do.
CHECK = """\
swayRuntime=$(mktemp -d)
if ! env DBUS_SESSION_BUS_ADDRESS=/dev/null XDG_RUNTIME_DIR="$swayRuntime" WLR_BACKENDS=headless WLR_RENDERER=pixman \\
  {sway}/bin/sway --config {file} --validate --unsupported-gpu; then
  errorEcho "sway does not accept the configuration; see above what is wrong."
  errorEcho "Where it only misses what is there at its start, set wayland.windowManager.sway.checkConfig to false."
  rm -rf "$swayRuntime"
  exit 1
fi
rm -rf "$swayRuntime"
"""


def default_keys(self):
    keys = {key: action for key, action in i3.KEYS.items() if key not in ("h", "Shift+r")}
    keys |= {"Return": f"exec {self.terminal}", "d": f"exec {self.menu}", **OTHER_KEYS}
    for way in DIRECTIONS:
        keys |= {self._read(way): f"focus {way}", f"Shift+{self._read(way)}": f"move {way}"}
    return {f"{self.modifier}+{key}": override(1500, action) for key, action in keys.items()}


def default_modes(self):
    ways = {self._read(way): action for way, action in RESIZE.items()}
    arrows = {way.capitalize(): action for way, action in RESIZE.items()}
    return {"resize": {**ways, **arrows, "Escape": "mode default", "Return": "mode default"}}


def direction(way, key):
    return option(t.str, default=key, doc=f"The letter for {way}.")


def devices(kind, page, example):
    return option(
        t.attrs_of(t.attrs_of(t.str)), default={}, example=example, doc=f"Settings of {kind}s, see sway-{page}(5)."
    )


class Switch(Options):
    """What a switch does."""

    action = option(t.str, doc="The command of sway.")
    locked = option(t.bool, default=False, doc="Whether it works while the screen is locked.")
    reload = option(t.bool, default=False, doc="Whether it is done when the configuration is read again, too.")


class Configuration(_options.Configuration):
    """The configuration of sway."""

    window = _options.window("sway", PATH)
    floating = _options.floating("sway", PATH)
    focus = _options.focus("sway", PATH)
    bars = _options.bars("sway", PATH)
    startup = _options.startup("sway")
    workspaceOutputAssign = _options.workspace_outputs("sway")
    keybindings = _options.keybindings("sway", PATH, default_keys)
    left = direction("left", "h")
    down = direction("down", "j")
    up = direction("up", "k")
    right = direction("right", "l")
    terminal = option(
        t.str,
        default=lambda self: f"{self.pkgs['foot']}/bin/foot",
        default_text="${pkgs.foot}/bin/foot",
        example="alacritty",
        doc="The terminal of the key `Return`.",
    )
    menu = option(
        t.str,
        default=lambda self: (
            f"{self.pkgs['dmenu']}/bin/dmenu_path | {self.pkgs['dmenu']}/bin/dmenu "
            f"| {self.pkgs['findutils']}/bin/xargs swaymsg exec --"
        ),
        default_text="${pkgs.dmenu}/bin/dmenu_path | ${pkgs.dmenu}/bin/dmenu | ${pkgs.findutils}/bin/xargs swaymsg "
        "exec --",
        example="bemenu-run",
        doc="The launcher of the key `d`.",
    )
    bindswitches = option(
        t.attrs_of(t.submodule(Switch)),
        default={},
        default_text='"No bindswitches by default"',
        example=literal(SWITCHES),
        doc="What is done when a switch changes: `lid` or `tablet`, then a colon, then `on`, `off` or `toggle`.",
    )
    bindkeysToCode = option(
        t.bool, default=False, example=True, doc="Whether keys are those of the first layout, whatever layout is used."
    )
    input = devices("input", "input", {"*": {"xkb_variant": "dvorak"}})
    output = devices("output", "output", {"HDMI-A-2": {"bg": "~/path/to/background.png fill"}})
    seat = devices("seat", "input", {"*": {"hide_cursor": "when-typing enable"}})
    modes = option(
        t.attrs_of(t.attrs_of(t.str)),
        default=default_modes,
        default_text=RESIZE_TEXT,
        doc="Modes and their keys, which are bound as symbols; for other keys use `extraConfig`.",
    )


class Wrapper(Options):
    """What is around sway."""

    base = option(
        t.bool, default=True, example=False, doc="Whether `extraSessionCommands` are run first, and D-Bus is started."
    )
    gtk = option(t.bool, default=False, example=True, doc="Whether the variables that GTK wants are set.")


class Systemd(Options):
    """What systemd knows of sway."""

    enable = _session.session_enabled("sway", lambda self: self._is_on("linux"), default_text="true", example=False)
    variables = _session.variables_of(
        "DISPLAY",
        "WAYLAND_DISPLAY",
        "SWAYSOCK",
        "XDG_CURRENT_DESKTOP",
        "XDG_SESSION_TYPE",
        "NIXOS_OZONE_WL",
        "XCURSOR_THEME",
        "XCURSOR_SIZE",
    )
    dbusImplementation = option(
        t.enum("dbus", "broker"),
        default="dbus",
        example="broker",
        doc="The D-Bus of the system, which decides what hands over the variables: `dbus-update-activation-environment` or, "
        "for `broker`, `systemctl --user import-environment`.",
    )
    extraCommands = _session.extra_commands(
        "systemctl --user reset-failed",
        "systemctl --user start sway-session.target",
        "swaymsg -mt subscribe '[]' || true",
        "systemctl --user stop sway-session.target",
    )
    xdgAutostart = _session.xdg_autostart()


def device(kind, name, settings):
    lines = "\n".join(f"  {key} {value}" for key, value in settings.items())
    return f'{kind} "{name}" {{\n{lines}\n}}\n'


def switch(event, given):
    flags = ("--locked " if given.locked else "") + ("--reload " if given.reload else "")
    return f"bindswitch {flags} {event} {given.action}"


def started(each):
    return f"{'exec_always' if each.always else 'exec'} {each.command}\n"


def rank(name):
    """What is said of all inputs comes before what is said of a type, and that before what is said of one."""
    return 0 if name == "*" else 1 if name.startswith("type:") else 2


class Sway(Program):
    """sway wayland compositor"""

    namespace = PATH
    platforms = ("linux",)

    package = Package(
        "sway",
        nullable=True,
        default=lambda self: self._made(
            self.pkgs["sway"]["override"],
            {
                "extraOptions": self.extraOptions,
                "extraSessionCommands": self.extraSessionCommands,
                "withBaseWrapper": self.wrapperFeatures.base,
                "withGtkWrapper": self.wrapperFeatures.gtk,
            },
        ),
        default_text="${pkgs.sway}",
        doc="The package, which `wrapperFeatures`, `extraSessionCommands` and `extraOptions` say nothing about once it is "
        "set. With `null`, sway comes from the system, and does not read a new configuration by itself.",
    )
    systemd = group(Systemd)
    xwayland = option(t.bool, default=True, doc="Whether programs for X can be used.")
    wrapperFeatures = option(t.submodule(Wrapper), default={}, example={"gtk": True}, doc="What is around sway.")
    extraSessionCommands = option(t.lines, default="", example=SESSION_COMMANDS, doc="Shell code right before sway.")
    extraOptions = option(
        t.list_of(t.str),
        default=[],
        example=["--verbose", "--debug", "--unsupported-gpu", "--my-next-gpu-wont-be-nvidia"],
        doc="Arguments of sway.",
    )
    config = option(t.null_or(t.submodule(Configuration)), default={}, doc="The configuration; `null` for none.")
    checkConfig = option(
        t.bool,
        default=lambda self: self.package is not None,
        default_text="wayland.windowManager.sway.package != null",
        doc="Whether sway reads the file before it is put in place.",
    )
    extraConfig = option(t.lines, default="", doc="Lines for the end of `~/.config/sway/config`.")
    extraConfigEarly = option(t.lines, default="", doc="Lines for the beginning of `~/.config/sway/config`.")
    renamed = Renamed("systemdIntegration", "systemd.enable")

    @defines("home.packages", when=xwayland)
    def for_x(self):
        return [self.pkgs["xwayland"]]

    @check
    def can_be_checked(self):
        if self.checkConfig and self.package is None:
            yield "programs.sway.checkConfig requires non-null programs.sway.package"

    def _reload(self):
        if self.package is None:
            return ""
        return RELOAD.format(procps=self.pkgs["procps"], sway=self.package)

    @config_file("sway/config", onChange=_reload)
    def file(self):
        lines = [self.extraConfigEarly] if self.extraConfigEarly else []
        if self.config is not None:
            lines += self._configuration(self.config)
        if self.systemd.enable:
            lines.append(self._activation())
        if not self.xwayland:
            lines.append("xwayland disable")
        return "\n".join([*lines, self.extraConfig])

    def _configuration(self, config):
        warping = config.focus.mouseWarping
        if isinstance(warping, bool):
            warping = "output" if warping else "none"
        flags = "--to-code" if config.bindkeysToCode else ""
        lines = _text.head(config, warping, config.focus.followMouse, flags)
        if config.bindswitches:
            lines.append("\n".join(switch(event, given) for event, given in config.bindswitches.items()))
        lines += [device("input", name, config.input[name]) for name in sorted(config.input, key=rank)]
        lines += [device("output", *each) for each in config.output.items()]
        lines += [device("seat", *each) for each in config.seat.items()]
        return lines + _text.tail("sway", config, started, flags)

    def _activation(self):
        systemd = self.systemd
        names = " ".join(systemd.variables)
        tell = {
            "dbus": f"{self.pkgs['dbus']}/bin/dbus-update-activation-environment --systemd",
            "broker": "systemctl --user import-environment",
        }[systemd.dbusImplementation]
        return f'exec "{tell} {names}; {" && ".join(systemd.extraCommands)}"'

    @activation_step(
        "checkSwayConfiguration",
        before="writeBoundary",
        when=lambda self: self.checkConfig and self.package is not None,
    )
    def valid(self):
        code = CHECK.format(sway=self.package, file=self._made("writeText", "sway.conf", self.file()))
        return code

    @defines("systemd.user.targets", when=lambda self: self.systemd.enable)
    def session(self):
        return {"sway-session": _session.target("sway compositor session", autostart=self.systemd.xdgAutostart)}

    @warn(when=config)
    def deprecated(self):
        yield from _text.old_fonts("sway", self.config)
        if self.config.focus.forceWrapping:
            yield "sway.config.focus.forceWrapping is deprecated, use focus.wrapping instead."
