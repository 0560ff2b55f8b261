from home_manager.authoring import *

FILE = "picom/picom.conf"

CONDITIONS = ["window_type *= 'menu'", "name ~= 'Firefox$'", "focused = 1"]

ANIMATIONS = """\
animations = (
  {
    triggers = [ "open", "show" ];
    preset = "slide-in";
    direction = "up";
    duration = 0.2;
  }
)
"""

SETTINGS = """\
{
  blur = {
    method = "gaussian";
    size = 10;
    deviation = 5.0;
  };
}
"""

WHAT_SETTINGS_ARE = """\
libconfig configuration. The format consists of an attributes
set (called a group) of settings. Each setting can be a scalar type
(boolean, integer, floating point number or string), a list of
scalars or a group itself
"""
"""The type's name, which is that of the original."""


def pair_of(type):
    pair = t.narrowed(t.list_of(type), lambda value: isinstance(value, list) and len(value) == 2)
    return t.described(pair, f"pair of {type.describe()}")


def libconfig():
    value = t.recursive(
        "libconfig type",
        lambda inner: t.one_of(t.bool, t.int, t.float, t.str, t.list_of(inner), t.attrs_of(inner)),
    )
    return t.described(t.attrs_of(value), WHAT_SETTINGS_ARE)


def written(value) -> str:
    """A value as libconfig reads it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + value.replace('"', '\\"') + '"'
    if isinstance(value, list):
        return f"[ {' , '.join(map(written, value))} ]"
    if isinstance(value, dict):
        return f"{{ {' '.join(assigned(name, each, ' = ') for name, each in value.items())} }}"
    return str(formats.plain.to_string(value))


def assigned(name: str, value, between: str) -> str:
    """A setting; what stands between its name and its value is escaped within the name."""
    return f"{name.replace(between, chr(92) + between)}{between}{written(value)};"


def opacity(what: str, type=None):
    return option(type or t.number_between(0, 1), default=1.0, example=0.8, doc=f"The opacity of {what}.")


def conditions(what: str):
    return option(
        t.list_of(t.str), default=[], example=CONDITIONS, doc=f"Conditions of windows that {what}; see picom(1)."
    )


class Picom(Service):
    """Picom X11 compositor"""

    fade = option(t.bool, default=False, doc="Whether windows fade in and out.")
    fadeDelta = option(t.positive, default=10, example=5, doc="Milliseconds between two steps of fading.")
    fadeSteps = option(
        pair_of(t.number_between(0.01, 1)),
        default=[0.028, 0.03],
        example=[0.04, 0.04],
        doc="By how much the opacity changes with a step, fading in and out.",
    )
    fadeExclude = conditions("do not fade")
    shadow = option(t.bool, default=False, doc="Whether windows have shadows.")
    shadowOffsets = option(
        pair_of(t.int), default=[-15, -15], example=[-10, -15], doc="Where shadows begin, in pixels: left and top."
    )
    shadowOpacity = option(t.number_between(0, 1), default=0.75, example=0.8, doc="The opacity of shadows.")
    shadowExclude = conditions("have no shadow")
    activeOpacity = opacity("active windows")
    inactiveOpacity = opacity("other windows", t.number_between(0.1, 1))
    menuOpacity = opacity("menus")
    wintypes = option(
        t.attrs,
        default=lambda self: {name: {"opacity": self.menuOpacity} for name in ("popup_menu", "dropdown_menu")},
        default_text="{\n  popup_menu = { opacity = config.services.picom.menuOpacity; };\n"
        "  dropdown_menu = { opacity = config.services.picom.menuOpacity; };\n}\n",
        example={},
        doc="Rules for types of windows.",
    )
    opacityRules = option(
        t.list_of(t.str),
        default=[],
        example=["95:class_g = 'URxvt' && !_NET_WM_STATE@:32a", "0:_NET_WM_STATE@:32a *= '_NET_WM_STATE_HIDDEN'"],
        doc="Percents and conditions, with a colon between: the opacity of windows that meet the condition.",
    )
    backend = option(t.enum("egl", "glx", "xrender", "xr_glx_hybrid"), default="xrender", doc="What picom draws with.")
    vSync = option(t.bool, default=False, doc="Whether picom waits for the screen.")
    extraArgs = option(t.list_of(t.str), default=[], example=["--legacy-backends"], doc="Further arguments of picom.")
    package = Package("picom")
    settings = option(
        libconfig(),
        default={},
        example=literal(SETTINGS),
        doc="Further settings, which win over the other options; see picom(1).",
    )
    extraConfig = option(t.lines, default="", example=ANIMATIONS, doc="Lines for the end of the configuration file.")
    renamed = (
        Removed("refreshRate", "Picom has no `refresh-rate` any more."),
        Removed("experimentalBackends", "Picom has no `--experimental-backends` any more."),
        Removed("extraOptions", "Use `services.picom.settings`."),
        Renamed("opacityRule", "opacityRules"),
    )

    @defines(".settings")
    def from_options(self):
        settings = {
            "fading": self.fade,
            "fade-delta": self.fadeDelta,
            "fade-in-step": self.fadeSteps[0],
            "fade-out-step": self.fadeSteps[1],
            "fade-exclude": self.fadeExclude,
            "shadow": self.shadow,
            "shadow-offset-x": self.shadowOffsets[0],
            "shadow-offset-y": self.shadowOffsets[1],
            "shadow-opacity": self.shadowOpacity,
            "shadow-exclude": self.shadowExclude,
            "active-opacity": self.activeOpacity,
            "inactive-opacity": self.inactiveOpacity,
            "opacity-rule": self.opacityRules,
            "backend": self.backend,
            "wintypes": self.wintypes,
            "vsync": self.vSync,
        }
        return {name: default(value) for name, value in settings.items()}

    @config_file(FILE)
    def file(self) -> str:
        lines = [
            assigned(name, value, ": " if isinstance(value, dict) else " = ") for name, value in self.settings.items()
        ]
        return "\n".join([*lines, self.extraConfig])

    def _command(self) -> str:
        # The same object as the file's; the files of the home cannot be asked, as the units are among them.
        file = self._made("writeText", store_name(FILE), self.file())
        return " ".join([exe(self.package), f"--config {file}", *self.extraArgs])

    unit = UserUnit(
        lambda self: self._command(),
        description="Picom X11 compositor",
        target="graphical-session.target",
        restart="always",
        service={"RestartSec": 3},
    )
