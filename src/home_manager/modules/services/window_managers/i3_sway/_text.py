"""How the configuration that i3 and sway share is written."""

import re

from home_manager.authoring import *

GAPS = ("inner", "outer", "horizontal", "vertical", "top", "bottom", "left", "right")
COLORS = ("background", "statusline", "separator", "focusedBackground", "focusedStatusline", "focusedSeparator")
BUTTONS = ("focusedWorkspace", "activeWorkspace", "inactiveWorkspace", "urgentWorkspace", "bindingMode")


def yes_no(value):
    return "yes" if value else "no"


def criteria(given):
    """Criteria of windows; a quote in a value is escaped unless it is already."""
    words = (
        (key if value else "") if isinstance(value, bool) else f"{key}={formats.plain.between_quotes(value)}"
        for key, value in given.items()
    )
    return f"[{' '.join(words)}]"


def keys(bindings, *, word="bindsym", flags="", indent=""):
    """The bindings, one a line; one that is null leaves its line empty."""
    lead = f"{indent}{word} {flags + ' ' if flags else ''}"
    return "\n".join("" if action is None else f"{lead}{key} {action}" for key, action in bindings.items())


def mode(name, bindings, flags=""):
    return f'mode "{name}" {{\n{keys(bindings, flags=flags, indent="  ")}\n}}\n'


def font(fonts):
    names, more = (fonts, []) if isinstance(fonts, list) else (fonts.names, [fonts.style, fonts.size])
    words = ["font", f"pango:{', '.join(names)}", *map(formats.plain.to_string, more)]
    return " ".join(word for word in words if word) if names else ""


def color_set(colors):
    return " ".join((colors.border, colors.background, colors.text, colors.indicator, colors.childBorder))


def snake_case(name):
    return re.sub("[A-Z]", lambda letter: f"_{letter[0].lower()}", name)


def settings(pairs):
    """Settings that are given, as lines."""
    return [f"{name} {formats.plain.to_string(value)}" for name, value in pairs if value is not None]


def bar(manager, bar):
    colors = bar.colors
    buttons = ((name, colors[name]) for name in BUTTONS if colors[name] is not None)
    inner = settings((snake_case(name), colors[name]) for name in COLORS)
    inner += [f"{snake_case(name)} {each.border} {each.background} {each.text}" for name, each in buttons]
    numbers = bar.workspaceNumbers
    lines = [
        *settings([("id", bar.id)]),
        font(bar.fonts),
        *settings(
            [
                ("mode", bar.mode),
                ("hidden_state", bar.hiddenState),
                ("position", bar.position),
                ("status_command", bar.statusCommand),
                (f"{manager}bar_command", bar.command),
                ("workspace_buttons", None if bar.workspaceButtons is None else yes_no(bar.workspaceButtons)),
                ("strip_workspace_numbers", None if numbers is None else yes_no(not numbers)),
                ("tray_output", bar.trayOutput),
                ("tray_padding", bar.trayPadding),
            ]
        ),
        *(["colors {", *(f"  {line}" for line in inner), "}"] if inner else []),
        bar.extraConfig,
    ]
    return "".join(["bar {\n", *(f"  {line}\n" for line in lines if line), "}\n"])


def gaps(given):
    lines = settings((f"gaps {name}", given[name]) for name in GAPS)
    smart = (("smart_gaps", given.smartGaps), ("smart_borders", given.smartBorders))
    return "\n".join([*lines, *(f"{name} {value}" for name, value in smart if value != "off")])


def border(window):
    return f"{'normal' if window.titlebar else 'pixel'} {window.border}"


def workspace_output(given):
    outputs = " ".join(formats.json.string(output).replace("$", "\\$") for output in given.output)
    return f'workspace "{given.workspace}" output {outputs}'


def head(config, warping, follow, flags=""):
    """The lines up to the keys."""
    colors = config.colors
    first = {key: action for key, action in config.keybindings.items() if action == config.defaultWorkspace}
    if config.defaultWorkspace is None:
        first = {}
    rest = {key: action for key, action in config.keybindings.items() if key not in first}
    return [
        font(config.fonts),
        f"floating_modifier {config.floating.modifier}",
        f"default_border {border(config.window)}\ndefault_floating_border {border(config.floating)}",
        f"hide_edge_borders {config.window.hideEdgeBorders}",
        f"focus_wrapping {config.focus.wrapping}",
        f"focus_follows_mouse {follow}",
        f"focus_on_window_activation {config.focus.newWindow}",
        f"mouse_warping {warping}",
        f"workspace_layout {config.workspaceLayout}",
        f"workspace_auto_back_and_forth {yes_no(config.workspaceAutoBackAndForth)}",
        f"client.focused {color_set(colors.focused)}",
        f"client.focused_inactive {color_set(colors.focusedInactive)}",
        f"client.unfocused {color_set(colors.unfocused)}",
        f"client.urgent {color_set(colors.urgent)}",
        f"client.placeholder {color_set(colors.placeholder)}",
        f"client.background {colors.background}",
        # The workspace whose key is first is the one that is shown.
        keys(first, flags=flags),
        keys(rest, flags=flags),
        keys(config.keycodebindings, word="bindcode"),
    ]


def tail(manager, config, start, flags=""):
    """The lines after the keys; `start` writes a command of the start."""
    return [
        *(mode(name, bindings, flags) for name, bindings in config.modes.items()),
        *(
            "\n".join(f"assign {criteria(each)} {workspace}" for each in rules)
            for workspace, rules in config.assigns.items()
        ),
        *(bar(manager, each) for each in config.bars),
        *([] if config.gaps is None else [gaps(config.gaps)]),
        *(f"for_window {criteria(each)} floating enable" for each in config.floating.criteria),
        *(f"for_window {criteria(each.criteria)} {each.command}" for each in config.window.commands),
        *map(start, config.startup),
        *map(workspace_output, config.workspaceOutputAssign),
    ]


def old_fonts(manager, config):
    """The warnings for fonts that are lists."""
    text = f"Specifying {manager}.config.{{}} as a list is deprecated. Use the attrset version instead."
    lists = ["fonts"] if isinstance(config.fonts, list) else []
    lists += ["bars[].fonts" for each in config.bars if isinstance(each.fonts, list)]
    return [text.format(name) for name in lists]
