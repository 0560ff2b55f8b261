from collections.abc import Mapping

from home_manager.authoring import *

READOUTS = (
    *("Host", "Machine", "Kernel", "Distribution", "OperatingSystem", "DesktopEnvironment", "WindowManager"),
    *("Resolution", "Backlight", "Packages", "LocalIP", "Terminal", "Shell", "Uptime", "Processor", "ProcessorLoad"),
    *("Memory", "Battery", "GPU", "DiskSpace"),
)
COLOUR = "a name (`Cyan`), a number (`046`) or as `#00FF00`"

EXAMPLE = {
    "Hydrogen": {
        "spacing": 2,
        "padding": 0,
        "hide_ascii": True,
        "separator": ">",
        "key_color": "Cyan",
        "separator_color": "White",
        "palette": {"type": "Full", "visible": False},
        "bar": {"glyph": "o", "symbol_open": "[", "symbol_close": "]", "hide_delimiters": True, "visible": True},
        "box": {"border": "plain", "visible": True, "inner_margin": {"x": 1, "y": 0}},
        "randomize": {"key_color": False, "separator_color": False},
        "keys": {
            "host": "Host",
            "kernel": "Kernel",
            "battery": "Battery",
            "os": "OS",
            "de": "DE",
            "wm": "WM",
            "distro": "Distro",
            "terminal": "Terminal",
            "shell": "Shell",
            "packages": "Packages",
            "uptime": "Uptime",
            "memory": "Memory",
            "machine": "Machine",
            "local_ip": "Local IP",
            "backlight": "Brightness",
            "resolution": "Resolution",
            "cpu_load": "CPU Load",
            "cpu": "CPU",
            "gpu": "GPU",
            "disk_space": "Disk Space",
        },
    }
}


def setting(type, doc, **more):
    return option(t.null_or(type), default=None, doc=doc, **more)


def label(readout):
    return setting(t.str, f"What {readout} is called.")


class Shown(Options):
    """What macchina shows"""

    interface = setting(t.str, "The network interface whose address `LocalIP` is.", example="wlan0")
    long_uptime = setting(t.bool, "Whether the uptime is written out.")
    long_shell = setting(t.bool, "Whether the shell is written out.")
    long_kernel = setting(t.bool, "Whether the kernel is written out.")
    current_shell = setting(t.bool, "Whether `Shell` is the one that runs, not that of the user.")
    physical_cores = setting(t.bool, "Whether physical cores are counted, not logical ones.")
    disks = setting(t.list_of(t.str), "The disks of `DiskSpace`.", example=["/", "/home/user"])
    disk_space_percentage = setting(t.bool, "Whether `DiskSpace` has a percentage.")
    memory_percentage = setting(t.bool, "Whether `Memory` has a percentage.")
    theme = setting(
        t.str,
        "The name of the theme, without `.toml`: one of `programs.macchina.themes`, or of macchina's directory of them.",
        example="Hydrogen",
    )
    show = setting(
        t.list_of(t.enum(*READOUTS)),
        "What is shown, in this order; everything unless it is set.",
        example=["Battery", "Memory", "Processor", "Shell"],
    )


class Bar(Options):
    """Bars in place of percentages"""

    glyph = setting(t.str, "What bars consist of.")
    hide_delimiters = setting(t.bool, "Whether bars lack their ends.")
    symbol_close = setting(t.str, "The right end, one character.")
    symbol_open = setting(t.str, "The left end, one character.")
    visible = setting(t.bool, "Whether there are bars.")


class InnerMargin(Options):
    """Space inside the box"""

    x = setting(t.unsigned, "Columns left and right.")
    y = setting(t.unsigned, "Lines above and below.")


class Box(Options):
    """A box around everything"""

    border = setting(t.enum("plain", "thick", "rounded", "double"), "The kind of line.")
    inner_margin = setting(t.submodule(InnerMargin), "Space between the box and what it holds.")
    title = setting(t.str, "A title in the upper line.", example="Hydrogen")
    visible = setting(t.bool, "Whether there is a box.")


class CustomAscii(Options):
    """A picture of one's own, in letters"""

    color = setting(t.str, f"The colour: {COLOUR}.", example="Cyan")
    path = setting(
        t.either(t.str, t.path), "The file; it may have escape sequences for colours.", example="~/ascii/arch_linux"
    )


class Keys(Options):
    """What the values are called"""

    host = label("Host")
    kernel = label("Kernel")
    os = label("OperatingSystem")
    machine = label("Machine")
    de = label("DesktopEnvironment")
    wm = label("WindowManager")
    distro = label("Distribution")
    terminal = label("Terminal")
    shell = label("Shell")
    packages = label("Packages")
    uptime = label("Uptime")
    local_ip = label("LocalIP")
    memory = label("Memory")
    battery = label("Battery")
    backlight = label("Backlight")
    resolution = label("Resolution")
    cpu = label("Processor")
    cpu_load = label("ProcessorLoad")
    gpu = label("GPU")
    disk_space = label("DiskSpace")


class Palette(Options):
    """The colours of the terminal"""

    glyph = setting(t.str, "What each colour is shown with; a space at its end keeps them apart.")
    spacing = setting(t.int, "Space between two colours.")
    type = setting(t.enum("Dark", "Light", "Full"), "Which colours are shown.")
    visible = setting(t.bool, "Whether they are shown.")


class Randomize(Options):
    """Colours by chance"""

    key_color = setting(t.bool, "Whether that of names is chosen by chance.")
    pool = setting(
        t.enum("hexadecimal", "indexed", "base"), "What is chosen from: all colours, those with numbers, or the eight."
    )
    separator_color = setting(t.bool, "Whether that of the separator is chosen by chance.")


class Theme(Options):
    """A theme"""

    spacing = setting(t.unsigned, "Space around the separator.")
    padding = setting(t.unsigned, "Space around everything.")
    hide_ascii = setting(t.bool, "Whether there is no picture.")
    prefer_small_ascii = setting(t.bool, "Whether pictures are the small ones.")
    separator = setting(t.str, "What stands between names and values.")
    key_color = setting(t.str, f"The colour of names: {COLOUR}.", example="Cyan")
    separator_color = setting(t.str, f"The colour of the separator: {COLOUR}.", example="White")
    palette = setting(t.submodule(Palette), "The colours of the terminal.")
    bar = setting(t.submodule(Bar), "Bars in place of percentages.")
    box = setting(t.submodule(Box), "A box around everything.")
    custom_ascii = setting(t.submodule(CustomAscii), "A picture of one's own, in letters.")
    randomize = setting(t.submodule(Randomize), "Colours by chance.")
    keys = setting(t.submodule(Keys), "What the values are called.")


class Macchina(Program):
    """macchina, which shows facts about the system"""

    package = Package("macchina", nullable=True)
    settings = group(Shown)
    themes = option(
        t.attrs_of(t.submodule(Theme)),
        default={},
        example=EXAMPLE,
        doc="Themes by name, files in `macchina/themes`; `settings.theme` chooses one. "
        "See <https://github.com/Macchina-CLI/macchina/wiki/Customization>.",
    )

    @defines("xdg.configFile")
    def files(self):
        shown = given(self.settings._values())
        if shown:
            yield {"macchina/macchina.toml": {"text": formats.toml.render(shown)}}
        for name, theme in self.themes.items():
            yield {f"macchina/themes/{name}.toml": {"text": formats.toml.render(given(theme))}}


def given(values):
    """The values that are set, below as well; those that are null are left out."""
    return {
        name: given(value) if isinstance(value, Mapping) else value
        for name, value in values.items()
        if value is not None
    }
