"""What i3 and sway offer both. A function of this module makes the options of one of them."""

from home_manager.authoring import *

GUIDE = "https://i3wm.org/docs/userguide.html"
RED = {"border": "#2f343a", "background": "#900000", "text": "#ffffff"}
BAR_COLORS = {
    "background": "#000000",
    "statusline": "#ffffff",
    "separator": "#666666",
    "focusedWorkspace": {"border": "#4c7899", "background": "#285577", "text": "#ffffff"},
    "activeWorkspace": {"border": "#333333", "background": "#5f676a", "text": "#ffffff"},
    "inactiveWorkspace": {"border": "#333333", "background": "#222222", "text": "#888888"},
    "urgentWorkspace": RED,
    "bindingMode": RED,
}
BAR = {
    "mode": "dock",
    "hiddenState": "hide",
    "position": "bottom",
    "workspaceButtons": True,
    "workspaceNumbers": True,
    "fonts": {"names": ["monospace"], "size": 8.0},
    "trayOutput": "primary",
}
"""The bar that there is since 20.09 where nothing else is said, without its status command and its colours."""

CRITERIA = t.attrs_of(t.either(t.str, t.bool))
FONT_EXAMPLE = {"names": ["DejaVu Sans Mono", "FontAwesome5Free"], "style": "Bold Semi-Condensed", "size": 11.0}
TITLES_SINCE = "23.05"


class Fonts(Options):
    """Fonts."""

    names = option(
        t.list_of(t.str),
        default=["monospace"],
        default_text='[ "monospace" ]',
        example=["FontAwesome", "Terminus"],
        doc="The names of fonts. The first that has a character draws it, so those of icons come first.",
    )
    style = option(t.str, default="", example="Bold Semi-Condensed", doc="The style of the fonts.")
    size = option(t.either(t.float, t.str), default=8.0, example=11.5, doc="The size of the fonts.")


def fonts(what):
    return option(
        t.either(t.list_of(t.str), t.submodule(Fonts)), default={}, example=FONT_EXAMPLE, doc=f"The fonts of {what}."
    )


def color_part():
    return option(t.str, visible=False)


class BarColorSet(Options):
    """Colours of a button."""

    border = color_part()
    background = color_part()
    text = color_part()


class ColorSet(BarColorSet):
    """Colours of a window."""

    childBorder = color_part()
    indicator = color_part()


def color_set(border, background, text, indicator, child, doc):
    colors = {
        "border": border,
        "background": background,
        "text": text,
        "indicator": indicator,
        "childBorder": child,
    }
    return option(t.submodule(ColorSet), default=colors, doc=doc)


class Colors(Options):
    """Colours of windows."""

    background = option(t.str, default="#ffffff", doc="What is behind a window that does not fill its place.")
    focused = color_set("#4c7899", "#285577", "#ffffff", "#2e9ef4", "#285577", "The window that has the focus.")
    focusedInactive = color_set(
        "#333333", "#5f676a", "#ffffff", "#484e50", "#5f676a", "The chosen window of a container without the focus."
    )
    unfocused = color_set("#333333", "#222222", "#888888", "#292d2e", "#222222", "Windows without the focus.")
    urgent = color_set("#2f343a", "#900000", "#ffffff", "#900000", "#900000", "Windows that want attention.")
    placeholder = color_set(
        "#000000", "#0c0c0c", "#ffffff", "#000000", "#0c0c0c", "What stands for a window while a layout is restored."
    )


def since_2009(type, before, doc):
    """An option of a bar that is not written since 20.09 unless it is set."""

    def value(self):
        if self._state_at_least("20.09"):
            return None
        return before(self) if callable(before) else before

    text = "null for state version ≥ 20.09, as example otherwise\n"
    return option(t.null_or(type), default=value, default_text=text, doc=doc)


def on_focused_output(what, example):
    return option(t.null_or(t.str), default=None, example=example, doc=f"{what} on the output that has the focus.")


def button(which):
    key = f"{which}Workspace"
    return since_2009(t.submodule(BarColorSet), BAR_COLORS[key], f"The button of a workspace that is {which}.")


class BarColors(Options):
    """Colours of a bar."""

    background = since_2009(t.str, BAR_COLORS["background"], "The background.")
    statusline = since_2009(t.str, BAR_COLORS["statusline"], "The text of the status line.")
    separator = since_2009(t.str, BAR_COLORS["separator"], "The separators.")
    focusedBackground = on_focused_output("The background", "#000000")
    focusedStatusline = on_focused_output("The text of the status line", "#ffffff")
    focusedSeparator = on_focused_output("The separators", "#666666")
    focusedWorkspace = button("focused")
    activeWorkspace = button("active")
    inactiveWorkspace = button("inactive")
    urgentWorkspace = button("urgent")
    bindingMode = since_2009(t.submodule(BarColorSet), RED, "What shows the binding mode.")


def status_command(self):
    return f"{self.pkgs['i3status']}/bin/i3status"


def bars(manager, path):
    """The bars; `path` is the window manager's own options."""
    sway = manager == "sway"

    def bar_command(self):
        # Without a package the window manager comes from the system, whose bar is elsewhere.
        package = self[f"{path}.package"]
        return f"{self.pkgs[manager] if package is None else package}/bin/{manager}bar"

    class Bar(Options):
        """A bar."""

        fonts = fonts("this bar")
        extraConfig = option(t.lines, default="", doc="Further lines of this bar.")
        id = option(t.null_or(t.str), default=None, doc="The identifier; `bar-0`, `bar-1` and so on without one.")
        mode = since_2009(t.enum("dock", "hide", "invisible"), "dock", "When the bar is visible.")
        hiddenState = since_2009(t.enum("hide", "show"), "hide", "How a bar of mode `hide` begins.")
        position = since_2009(t.enum("top", "bottom"), "bottom", "The edge that the bar is at.")
        workspaceButtons = since_2009(t.bool, True, "Whether there are buttons of workspaces.")
        workspaceNumbers = since_2009(t.bool, True, "Whether those buttons show the numbers of workspaces.")
        command = option(
            t.str,
            default=bar_command,
            default_text="i3bar",
            example="\\${pkgs.waybar}/bin/waybar" if sway else "\\${pkgs.i3}/bin/i3bar -t",
            doc="The command that draws the bar.",
        )
        statusCommand = since_2009(t.str, status_command, "The command that writes the status lines.")
        colors = option(t.submodule(BarColors), default={}, doc=f"The colours, see <{GUIDE}#_colors>.")
        trayOutput = since_2009(t.str, "*" if sway else "primary", "The output with the tray.")
        trayPadding = since_2009(t.int, None, "Pixels around the tray and between what is in it.")

    def default(self):
        if not self._state_at_least("20.09"):
            return [{}]
        return [{**BAR, "statusCommand": status_command(self), "colors": BAR_COLORS}]

    return option(
        t.list_of(t.submodule(Bar)), default=default, default_text="see code", doc="The bars; an empty list is no bar."
    )


def startup(manager):
    class Startup(Options):
        """A command."""

        command = option(t.str, doc="The command.")
        always = option(t.bool, default=False, doc=f"Whether each restart of {manager} runs it again.")
        if manager == "i3":
            notification = option(
                t.bool, default=True, doc="Whether i3 waits for the start of the program; otherwise `--no-startup-id`."
            )
            workspace = option(
                t.null_or(t.str),
                default=None,
                doc="The workspace that the program begins on. Deprecated: write a rule into `assigns`.",
            )

    lines = (
        ["systemctl --user restart polybar", "always = true; notification = false; "],
        ["dropbox start", "notification = false; "],
        ["firefox", ""],
    )
    if manager == "sway":
        lines = (["systemctl --user restart waybar", "always = true; "], ["dropbox start", ""], ["firefox", ""])
    example = "".join(f'{{ command = "{command}"; {more}}}\n' for command, more in lines)
    return option(
        t.list_of(t.submodule(Startup)),
        default=[],
        example=literal(f"[\n{example}]{';' if manager == 'i3' else ''}\n"),
        doc=f"Commands that are run at the start, see <{GUIDE}#_automatically_starting_applications_on_i3_startup>.",
    )


def titlebar(manager, path, what):
    def default(self):
        return self._state_at_least(TITLES_SINCE) or (manager == "i3" and self[f"{path}.config.gaps"] is None)

    before = "config.gaps == null" if manager == "i3" else "false"
    return option(
        t.bool,
        default=default,
        default_text=f"''\n  true for state version ≥ {TITLES_SINCE}\n  {before} for state version < {TITLES_SINCE}\n''",
        doc=f"Whether {what} have a bar with their title.",
    )


class WindowCommand(Options):
    """What is done with some windows."""

    command = option(t.str, example="border pixel 1", doc="The command.")
    criteria = option(
        CRITERIA,
        example=literal('{\n  title = "x200: ~/work";\n  floating = true;\n};\n'),
        doc="Which windows; `true` stands for a criterion without a value.",
    )


def window(manager, path):
    edges = ["none", "vertical", "horizontal", "both", "smart"]
    if manager == "sway":
        edges.append("smart_no_gaps")
        edges += [f"--i3 {edge}" for edge in edges]

    class Window(Options):
        """Windows."""

        titlebar = titlebar(manager, path, "windows")
        border = option(t.int, default=2, doc="The width of borders.")
        hideEdgeBorders = option(t.enum(*edges), default="none", doc="Which borders at the edges are hidden.")
        commands = option(
            t.list_of(t.submodule(WindowCommand)),
            default=[],
            example=[{"command": "border pixel 1", "criteria": {"class": "XTerm"}}],
            doc="Commands for some windows: `for_window`.",
        )

    return option(t.submodule(Window), default={}, doc="Titles and borders of windows.")


def floating(manager, path):
    class Floating(Options):
        """Floating windows."""

        titlebar = titlebar(manager, path, "floating windows")
        border = option(t.int, default=2, doc="The width of their borders.")
        modifier = option(
            t.str,
            default=lambda self: self[f"{path}.config.modifier"],
            default_text=f'"{manager}.config.modifier"',
            example="Mod4",
            doc="The keys that are held to drag them.",
        )
        criteria = option(
            t.list_of(CRITERIA),
            default=[],
            example=[{"title": "Steam - Update News"}, {"class": "Pavucontrol"}],
            doc="Which windows float from the beginning.",
        )

    return option(t.submodule(Floating), default={}, doc="Floating windows.")


def focus(manager, path):
    sway = manager == "sway"
    forced, free = ("yes", "no") if sway else ("force", "yes")

    class Focus(Options):
        """The focus."""

        newWindow = option(
            t.enum("smart", "urgent", "focus", "none"),
            default="smart",
            example="none",
            doc=f"What becomes of a window that wants the focus, see <{GUIDE}#focus_on_window_activation>.",
        )
        followMouse = option(
            t.either(t.enum("yes", "no", "always"), t.bool) if sway else t.bool,
            default="yes" if sway else True,
            apply=lambda value: ("yes" if value else "no") if sway and isinstance(value, bool) else value,
            doc="Whether the focus follows the pointer.",
        )
        wrapping = option(
            t.enum("yes", "no", "force", "workspace"),
            default=lambda self: forced if self.forceWrapping else free,
            default_text=f'if focus.forceWrapping then "{forced}" else "{free}"',
            doc=f"Whether the focus goes from the last window to the first, see <{GUIDE}#_focus_wrapping>.",
        )
        forceWrapping = option(t.bool, default=False, doc="Deprecated: the older form of `wrapping`.")
        mouseWarping = option(
            t.one_of(t.bool, t.enum("container", "output")) if sway else t.bool,
            default=True,
            doc="Whether the pointer jumps to the window that gets the focus on another output.",
        )

    return option(t.submodule(Focus), default={}, doc="The focus.")


def gap(which, example):
    return option(t.null_or(t.int), default=None, example=example, doc=f"The {which} gaps.")


class Gaps(Options):
    """Gaps between windows."""

    inner = gap("inner", 12)
    outer = gap("outer", 5)
    horizontal = gap("horizontal", 5)
    vertical = gap("vertical", 5)
    top = gap("top", 5)
    left = gap("left", 5)
    bottom = gap("bottom", 5)
    right = gap("right", 5)
    smartGaps = option(
        t.either(t.bool, t.enum("on", "off", "inverse_outer")),
        default="off",
        example="on",
        apply=lambda value: ("on" if value else "off") if isinstance(value, bool) else value,
        doc="Whether a workspace with one container has no gaps.",
    )
    smartBorders = option(
        t.enum("on", "off", "no_gaps"), default="off", doc="Whether a workspace with one container has no borders."
    )


def workspace_outputs(manager):
    class WorkspaceOutput(Options):
        """Where a workspace belongs."""

        workspace = option(t.str, default="", example="Web", doc="The workspace.")
        output = option(
            t.either(t.str, t.list_of(t.str)),
            default="",
            example="eDP",
            apply=lambda value: value if isinstance(value, list) else [value],
            doc="The output, or several in order of preference.",
        )

    return option(t.list_of(t.submodule(WorkspaceOutput)), default=[], doc="The outputs that workspaces belong to.")


def keybindings(manager, path, default):
    lines = {
        "i3": ["exec i3-sensible-terminal", "exec ${pkgs.dmenu}/bin/dmenu_run"],
        "sway": ["exec ${cfg.config.terminal}", "exec ${cfg.config.menu}"],
    }[manager]
    example = (
        f"let\n  modifier = config.{path}.config.modifier;\nin lib.mkOptionDefault {{\n"
        f'  "${{modifier}}+Return" = "{lines[0]}";\n  "${{modifier}}+Shift+q" = "kill";\n'
        f'  "${{modifier}}+d" = "{lines[1]}";\n}}\n'
    )
    return option(
        t.attrs_of(t.null_or(t.str)),
        default=default,
        default_text=f'"Default {manager} keybindings."',
        example=literal(example),
        doc=f"Keys by symbol and what they do, see <{GUIDE}#keybindings>; `null` takes one away. With "
        "`lib.mkOptionDefault` the keys that are not mentioned stay as they are.",
    )


class Configuration(Options):
    """What does not differ between the two."""

    fonts = fonts("titles and messages")
    assigns = option(
        t.attrs_of(t.list_of(CRITERIA)),
        default={},
        example={
            "1: web": [{"class": "^Firefox$"}],
            "0: extra": [{"class": "^Firefox$", "window_role": "About"}],
        },
        doc="The workspaces that windows belong to.",
    )
    modifier = option(
        t.either(t.enum("Shift", "Control", "Mod1", "Mod2", "Mod3", "Mod4", "Mod5"), t.str),
        default="Mod1",
        example="Mod4",
        doc="The key that all keys of `keybindings` begin with where those are not set.",
    )
    workspaceLayout = option(
        t.enum("default", "stacking", "tabbed"),
        default="default",
        example="tabbed",
        doc="The layout of a new container of a workspace.",
    )
    workspaceAutoBackAndForth = option(
        t.bool,
        default=False,
        example=True,
        doc="Whether the key of the workspace that is shown leads back to the one before.",
    )
    keycodebindings = option(
        t.attrs_of(t.null_or(t.str)),
        default={},
        example={"214": "exec /bin/script.sh"},
        doc=f"Keys by code and what they do, see <{GUIDE}#keybindings>.",
    )
    colors = option(t.submodule(Colors), default={}, doc=f"Colours of windows, see <{GUIDE}#_changing_colors>.")
    gaps = option(t.null_or(t.submodule(Gaps)), default=None, doc="Gaps between windows.")
    defaultWorkspace = option(
        t.null_or(t.str),
        default=None,
        example="workspace number 9",
        doc="The workspace that is shown first: the action of one of the keys of `keybindings`, as it stands there.",
    )
