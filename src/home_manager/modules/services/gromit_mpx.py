from home_manager.authoring import *

MODIFIERS = ("1", "2", "3", "4", "5", "SHIFT", "CONTROL", "ALT", "META")
TOOLS = [
    {"device": "default", "type": "pen", "size": 5, "color": "red"},
    {"device": "default", "type": "pen", "size": 5, "color": "blue", "modifiers": ["SHIFT"]},
    {"device": "default", "type": "pen", "size": 5, "color": "yellow", "modifiers": ["CONTROL"]},
    {"device": "default", "type": "pen", "size": 6, "color": "green", "arrowSize": 1, "modifiers": ["2"]},
    {"device": "default", "type": "eraser", "size": 75, "modifiers": ["3"]},
]
OPACITY = t.described(
    t.narrowed(t.float, lambda value: isinstance(value, float) and 0 <= value <= 1),
    "float between 0.0 and 1.0 (inclusive)",
)


class Tool(Options):
    """A tool."""

    device = option(t.str, example="default", doc="The device of X that has the tool; `default` is any.")
    type = option(t.enum("pen", "eraser", "recolor"), default="pen", example="eraser", doc="The kind of tool.")
    color = option(t.str, default="red", example="#ff00ff", doc="The colour that it draws, or gives to what is drawn.")
    size = option(t.positive, default=5, example=3, doc="The size of the tool.")
    arrowSize = option(
        t.null_or(t.positive),
        default=None,
        example=2,
        doc="The size of the arrow at the end of a line; `null` for none.",
    )
    modifiers = option(
        t.list_of(t.enum(*MODIFIERS)), default=[], example=["SHIFT"], doc="The keys and buttons that are held for it."
    )


def key(default, doc, **more):
    return option(t.null_or(t.either(t.str, t.positive)), default=default, doc=doc, **more)


def tool_lines(number, tool):
    words = [f"size={tool.size}"]
    words += [] if tool.type == "eraser" else [f'color="{tool.color}"']
    words += [] if tool.arrowSize is None else [f"arrowsize={tool.arrowSize}"]
    held = f"[{', '.join(tool.modifiers)}]" if tool.modifiers else ""
    name = f'"tool-{number}"'
    return f'{name} = {tool.type.upper()} ({" ".join(words)});\n"{tool.device}"{held} = {name};\n'


def flag(name, value):
    return f"--{name}keycode {value}" if isinstance(value, int) else f"--{name}key {'none' if value is None else value}"


class GromitMpx(Service):
    """Gromit-MPX annotation tool"""

    package = Package("gromit-mpx")
    hotKey = key("F9", "The key, or its code, that lets one draw; with `null` only the command does.", example="Insert")
    undoKey = key("F10", "The key, or its code, that takes back the last line, or with shift what was taken back.")
    opacity = option(OPACITY, default=0.75, example=1.0, doc="The opacity of what is drawn.")
    tools = option(t.list_of(t.submodule(Tool)), default=TOOLS, doc="The tools.")

    @config_file("gromit-mpx.ini")
    def state(self):
        # It would keep here what was changed last, and that would win over the settings.
        return formats.ini.render({"General": {"ShowIntroOnStartup": False}, "Drawing": {"Opacity": self.opacity}})

    @config_file("gromit-mpx.cfg")
    def file(self):
        return "\n".join(tool_lines(*each) for each in enumerate(self.tools, 1))

    unit = UserUnit(
        lambda self: f"{self.package}/bin/gromit-mpx {flag('', self.hotKey)} {flag('undo-', self.undoKey)}",
        description="Gromit-MPX",
        target="graphical-session.target",
        restarts_with=("file", "state"),
        service={"Type": "simple"},
    )
