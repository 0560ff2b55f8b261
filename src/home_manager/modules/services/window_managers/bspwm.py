import re

from home_manager.authoring import *

PRIMITIVE = t.one_of(t.bool, t.int, t.float, t.str)
# Java draws nothing but grey in windows of a manager that it does not know, unless it is told that there is none.
JAVA = "export _JAVA_AWT_WM_NONREPARENTING=1"

ONLY_NEW = """\
if [[ "$(bspc query --desktops --names --monitor {monitor})" == Desktop ]]; then
  {command}
fi"""


def directive(type, example, doc):
    return option(t.null_or(type), default=None, example=example, doc=doc)


def flag(doc):
    return directive(t.bool, True, f"Whether {doc}.")


class Rule(Options):
    """A rule."""

    freeform = t.attrs_of(PRIMITIVE)

    monitor = directive(t.str, "HDMI-0", "The monitor of the window.")
    desktop = directive(t.str, "^8", "The desktop of the window.")
    node = directive(t.str, "1", "The node of the window.")
    state = directive(t.enum("tiled", "pseudo_tiled", "floating", "fullscreen"), "floating", "The state of the window.")
    layer = directive(t.enum("below", "normal", "above"), "above", "The layer of the window.")
    splitDir = directive(t.enum("north", "west", "south", "east"), "south", "Where the container is split.")
    splitRatio = directive(t.float, 0.65, "How the container is split.")
    hidden = flag("the window is hidden")
    sticky = flag("the window stays on the desktop that has the focus")
    private = flag("the window tries to keep its place and size")
    locked = flag("the window is not closed by `node --close`")
    marked = flag("the window is marked for later actions")
    center = flag("the window is in the middle where it floats")
    follow = flag("the focus follows the window")
    manage = flag("bspwm cares for the window at all")
    focus = flag("the window gets the focus")
    border = flag("the window has a border")
    rectangle = directive(t.str, "800x600+32+32", "Size and place of the window, as `WxH+X+Y`.")


def text(value):
    if isinstance(value, list):
        return ",".join(map(text, value))
    if isinstance(value, bool):
        return "on" if value else "off"
    return formats.plain.to_string(value)


def rule(window, directives):
    words = [
        f"{re.sub('[A-Z]', lambda letter: '_' + letter[0].lower(), name)}={text(value)}"
        for name, value in directives.items()
        if value is not None
    ]
    return f"bspc rule -a {formats.shell.quote(window)} {formats.shell.quote_all(words)}"


class Bspwm(Program):
    """bspwm window manager"""

    namespace = "xsession.windowManager.bspwm"
    platforms = ("linux",)

    package = Package("bspwm", example="pkgs.bspwm-unstable")
    settings = option(
        t.attrs_of(t.either(PRIMITIVE, t.list_of(PRIMITIVE))),
        default={},
        example={"border_width": 2, "split_ratio": 0.52, "gapless_monocle": True},
        doc="Settings for `bspc config`.",
    )
    extraConfig = option(
        t.lines,
        default="",
        example="bspc subscribe all > ~/bspc-report.log &\n",
        doc="Shell code for the end of `bspwmrc`.",
    )
    extraConfigEarly = option(t.lines, default="", doc="Shell code for the beginning of `bspwmrc`.")
    monitors = option(
        t.attrs_of(t.list_of(t.str)),
        default={},
        example={"HDMI-0": ["web", "terminal", "III", "IV"]},
        doc="The desktops of each monitor.",
    )
    alwaysResetDesktops = option(
        t.bool,
        default=True,
        doc="Whether monitors get exactly these desktops each time the file is run; otherwise only the first time.",
    )
    rules = option(
        t.attrs_of(t.submodule(Rule)),
        default={},
        example={
            "Gimp": {"desktop": "^8", "state": "floating", "follow": True},
            "Screenkey": {"manage": False},
        },
        doc="Rules, by the windows that they are for.",
    )
    startupPrograms = option(
        t.list_of(t.str), default=[], example=["numlockx on", "tilda"], doc="Programs that are started."
    )

    def _monitor(self, monitor, desktops):
        quoted = formats.shell.quote(monitor)
        command = f"bspc monitor {quoted} -d {formats.shell.quote_all(desktops)}"
        return command if self.alwaysResetDesktops else ONLY_NEW.format(monitor=quoted, command=command)

    @defines("xdg.configFile")
    def file(self):
        parts = [
            self.extraConfigEarly,
            *(self._monitor(*each) for each in self.monitors.items()),
            *(f"bspc config {formats.shell.quote_all([name, text(value)])}" for name, value in self.settings.items()),
            "bspc rule -r '*'",
            *(rule(*each) for each in self.rules.items()),
            JAVA,
            "bspc rule -a sun-awt-X11-XDialogPeer state=floating",
            self.extraConfig,
            *(f"{program} &" for program in self.startupPrograms),
        ]
        code = "".join(f"{part}\n" for part in parts if part)
        return {"bspwm/bspwmrc": {"source": self._made("writeShellScript", "bspwmrc", code)}}

    @defines("xsession.profileExtra")
    def for_other_programs(self):
        return f"{JAVA}\n"

    @defines("xsession.windowManager.command")
    def command(self):
        return f"{self.package}/bin/bspwm -c {self['xdg.configHome']}/bspwm/bspwmrc"
