from home_manager.authoring import *

VARIANTS = (
    "oblique italic ultra-light light medium semi-bold bold ultra-bold heavy ultra-condensed extra-condensed condensed "
    "semi-condensed semi-expanded expanded extra-expanded ultra-expanded"
)
POSITIONS = "tr top_right tl top_left br bottom_right bl bottom_left tc top_center bc bottom_center c center"


def icon(what):
    return option(t.null_or(t.path), default=None, doc=f"The icon of {what} notifications.")


class Icons(Options):
    """Icons."""

    critical = icon("critical")
    info = icon("informative")
    warning = icon("warning")


class Font(Options):
    """The font of the text."""

    package = Package(
        "font",
        default=None,
        nullable=True,
        install=False,
        example="pkgs.dejavu_fonts",
        doc="The package that has the font; `null` where it is there already.",
    )
    family = option(t.str, default="Sans", example="Noto Sans", doc="The family of the font.")
    size = option(t.unsigned, default=13, example=42, doc="The size of the font.")
    variant = option(t.enum(*VARIANTS.split()), default="medium", example="heavy", doc="The variant of the font.")


class Text(Options):
    """The text."""

    color = option(t.str, default="#999999", example="lightgray", doc="The colour of the text: a name or a number.")
    font = group(Font)
    maxLength = option(
        t.null_or(t.unsigned), default=None, example=80, doc="The most characters; what is longer is cut."
    )


class Easing(Options):
    """How the window moves."""

    curve = option(
        t.between(0, 40),
        default=38,
        example=19,
        doc="The number of the curve, see <https://doc.qt.io/qt-5/qeasingcurve.html#Type-enum>.",
    )
    duration = option(t.unsigned, default=1000, example=618, doc="The milliseconds that it takes.")


def easing(what):
    return option(
        t.submodule(Easing), default={}, example={"curve": 19, "duration": 618}, doc=f"How the window {what}."
    )


class Bounce(Options):
    """What happens between two notifications."""

    enable = option(
        t.bool,
        default=False,
        example=True,
        doc="Whether the window bounces when the next notification follows at once.",
    )
    duration = option(t.unsigned, default=500, example=618, doc="The milliseconds that it takes.")


class Animation(Options):
    """Animations."""

    easeIn = easing("appears")
    easeOut = easing("disappears")
    bounce = group(Bounce)


class Offset(Options):
    """Where the window begins."""

    x = option(t.int, default=0, example=50, doc="How many pixels it is to the right.")
    y = option(t.int, default=0, example=-100, doc="How many pixels it is up.")


class Window(Options):
    """The window."""

    alwaysOnTop = option(t.bool, default=False, example=True, doc="Whether the window is above all others.")
    animation = group(Animation)
    color = option(t.str, default="#000000", example="lightgray", doc="The background: a name or a number.")
    height = option(t.unsigned, default=18, example=42, doc="The height of the window.")
    offset = group(Offset)
    opacity = option(t.between(0, 100), default=100, example=80, doc="The opacity of the window.")
    position = option(
        t.enum(*POSITIONS.split()),
        default="top_right",
        example="bottom_left",
        doc="The place of the window. From the middle of an edge it slides up or down, from elsewhere to the side.",
    )


def flag(value):
    return "true" if value else "false"


class Twmn(Service):
    """twmn, which shows notifications beside the bar of a tiling window manager"""

    duration = option(t.unsigned, default=3000, example=5000, doc="The milliseconds that a notification is shown.")
    extraConfig = option(
        t.attrs,
        default={},
        example=literal('{ main.activation_command = "${pkgs.hello}/bin/hello"; }'),
        doc="Further settings, see <https://github.com/sboli/twmn/blob/master/README.md>.",
    )
    host = option(t.str, default="127.0.0.1", example="laptop.lan", doc="The address that it listens on.")
    icons = group(Icons)
    port = option(t.port, default=9797, doc="The UDP port that it listens on.")
    screen = option(t.null_or(t.int), default=None, example=0, doc="The number of the screen.")
    soundCommand = option(t.str, default="", doc="The command that plays the sound of a notification.")
    text = group(Text)
    window = group(Window)

    def _program(self):
        return self.pkgs["twmn"]

    @defines("home.packages")
    def packages(self):
        yield [self._program()]
        if self.text.font.package is not None:
            yield [self.text.font.package]

    def _settings(self):
        text, window = self.text, self.window
        animation = window.animation
        gui = {
            "always_on_top": flag(window.alwaysOnTop),
            "background_color": window.color,
            "bounce": flag(animation.bounce.enable),
            "bounce_duration": animation.bounce.duration,
            "font": text.font.family,
            "font_size": text.font.size,
            "font_variant": text.font.variant,
            "foreground_color": text.color,
            "height": window.height,
            "in_animation": animation.easeIn.curve,
            "in_animation_duration": animation.easeIn.duration,
            "max_length": -1 if text.maxLength is None else text.maxLength,
            "offset_x": f"{window.offset.x:+}",
            "offset_y": f"{window.offset.y:+}",
            "opacity": window.opacity,
            "out_animation": animation.easeOut.curve,
            "out_animation_duration": animation.easeOut.duration,
            "position": window.position,
            "screen": self.screen,
        }
        icons = {name: self.icons._read(name) for name in ("critical", "info", "warning")}
        main = {"duration": self.duration, "host": self.host, "port": self.port, "sound_command": self.soundCommand}
        given = {"gui": gui, "icons": icons, "main": main}
        return {
            name: {**given.get(name, {}), **self.extraConfig.get(name, {})} for name in {**given, **self.extraConfig}
        }

    @config_file("twmn/twmn.conf")
    def file(self):
        # What is null is empty here.
        line = formats.plain.key_value("=", formats.plain.to_string)
        return formats.ini.render(self._settings(), mk_key_value=line) + "\n"

    unit = UserUnit(
        lambda self: f"{self._program()}/bin/twmnd",
        name="twmnd",
        description="twmn daemon",
        target="graphical-session.target",
        restart="on-failure",
        restarts_with=("file",),
        service={"Type": "simple", "StandardOutput": "null"},
    )
