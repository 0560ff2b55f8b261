from home_manager.authoring import *
from home_manager.modules.services.window_managers.i3_sway import _options, _text

PATH = "xsession.windowManager.i3"

KEYS = {
    "Shift+q": "kill",
    "Left": "focus left",
    "Down": "focus down",
    "Up": "focus up",
    "Right": "focus right",
    "Shift+Left": "move left",
    "Shift+Down": "move down",
    "Shift+Up": "move up",
    "Shift+Right": "move right",
    "h": "split h",
    "v": "split v",
    "f": "fullscreen toggle",
    "s": "layout stacking",
    "w": "layout tabbed",
    "e": "layout toggle split",
    "Shift+space": "floating toggle",
    "space": "focus mode_toggle",
    "a": "focus parent",
    "Shift+minus": "move scratchpad",
    "minus": "scratchpad show",
    **{str(number % 10): f"workspace number {number}" for number in range(1, 11)},
    **{f"Shift+{number % 10}": f"move container to workspace number {number}" for number in range(1, 11)},
    "Shift+c": "reload",
    "Shift+r": "restart",
    "Shift+e": "exec i3-nagbar -t warning -m 'Do you want to exit i3?' -b 'Yes' 'i3-msg exit'",
    "r": "mode resize",
}
RESIZE = {
    "Left": "resize shrink width 10 px or 10 ppt",
    "Down": "resize grow height 10 px or 10 ppt",
    "Up": "resize shrink height 10 px or 10 ppt",
    "Right": "resize grow width 10 px or 10 ppt",
    "Escape": "mode default",
    "Return": "mode default",
}

RELOAD = """\
# Sockets of earlier sessions may be left over; nobody answers there.
for socket in "${{XDG_RUNTIME_DIR:-/run/user/$UID}}"/i3/ipc-socket.*; do
  if [[ -S $socket ]]; then
    {msg} -s "$socket" reload > /dev/null 2>&1 || true
  fi
done
"""

CHECK = """\
if ! {i3} -C -c {file}; then
  errorEcho "i3 does not accept the configuration; see above what is wrong, and `{i3} -C -d all -c {file}` for more."
  exit 1
fi
"""


def default_keys(self):
    first = {"Return": f"exec {self.terminal}", "d": f"exec {self.menu}"}
    return {f"{self.modifier}+{key}": override(1500, action) for key, action in {**first, **KEYS}.items()}


class Configuration(_options.Configuration):
    """The configuration of i3."""

    window = _options.window("i3", PATH)
    floating = _options.floating("i3", PATH)
    focus = _options.focus("i3", PATH)
    bars = _options.bars("i3", PATH)
    startup = _options.startup("i3")
    workspaceOutputAssign = _options.workspace_outputs("i3")
    keybindings = _options.keybindings("i3", PATH, default_keys)
    terminal = option(
        t.str,
        default="i3-sensible-terminal",
        default_text='"i3-sensible-terminal"',
        example="alacritty",
        doc="The terminal of the key `Return`.",
    )
    menu = option(
        t.str,
        default=lambda self: f"{self.pkgs['dmenu']}/bin/dmenu_run",
        default_text="${pkgs.dmenu}/bin/dmenu_run",
        example="bemenu-run",
        doc="The launcher of the key `d`.",
    )
    modes = option(
        t.attrs_of(t.attrs_of(t.str)),
        default={"resize": RESIZE},
        doc="Modes and their keys, which are bound as symbols; for other keys use `extraConfig`.",
    )


def started(each):
    word = "exec_always" if each.always else "exec"
    flag = "" if each.notification and each.workspace is None else "--no-startup-id"
    command = each.command if each.workspace is None else f"i3-msg 'workspace {each.workspace}; exec {each.command}'"
    return f"{word} {flag} {command}"


class I3(Program):
    """i3 window manager"""

    namespace = PATH
    platforms = ("linux",)

    package = Package("i3", nullable=True)
    config = option(t.null_or(t.submodule(Configuration)), default={}, doc="The configuration; `null` for none.")
    extraConfig = option(t.lines, default="", doc="Further lines of `~/.config/i3/config`.")

    def _program(self, name):
        return name if self.package is None else f"{self.package}/bin/{name}"

    @defines("xsession.windowManager.command")
    def command(self):
        return self._program("i3")

    def _reload(self):
        return RELOAD.format(msg=self._program("i3-msg"))

    @config_file("i3/config", onChange=_reload)
    def file(self):
        lines = []
        config = self.config
        if config is not None:
            lines += _text.head(
                config,
                "output" if config.focus.mouseWarping else "none",
                _text.yes_no(config.focus.followMouse),
            )
            lines += _text.tail("i3", config, started)
        return "\n".join([*lines, self.extraConfig])

    @activation_step("checkI3Configuration", before="writeBoundary", when=package)
    def valid(self):
        file = self._made("writeText", "i3.conf", self.file())
        code = CHECK.format(i3=self._program("i3"), file=file)
        return code

    @warn(when=config)
    def deprecated(self):
        yield from _text.old_fonts("i3", self.config)
        if any(each.workspace is not None for each in self.config.startup):
            yield (
                f"'{PATH}.config.startup.*.workspace' is deprecated, use '{PATH}.config.assigns' instead."
                "See https://github.com/nix-community/home-manager/issues/265."
            )
        if self.config.focus.forceWrapping:
            yield (f"'{PATH}.config.focus.forceWrapping' is deprecated, use '{PATH}.config.focus.wrapping' instead.")
