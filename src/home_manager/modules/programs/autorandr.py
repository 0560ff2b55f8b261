from home_manager.authoring import *

HOOKS = """\
{
  postswitch = {
    "notify-i3" = "${pkgs.i3}/bin/i3-msg restart";
    "change-background" = readFile ./change-background.sh;
  };
}
"""
PROFILES = """\
{
  "work" = {
    fingerprint.DP1 = "<EDID>";
    config = {
      eDP1.enable = false;
      DP1 = {
        primary = true;
        position = "0x0";
        mode = "3840x2160";
        rotate = "left";
      };
    };
    hooks.postswitch = readFile ./work-postswitch.sh;
  };
}
"""
MOMENTS = {
    "postswitch": "after the outputs are set up",
    "preswitch": "before that",
    "predetect": "before xrandr is run",
}


def is_matrix(value):
    return isinstance(value, list) and len(value) == 3 and all(isinstance(row, list) and len(row) == 3 for row in value)


MATRIX = t.described(t.narrowed(t.list_of(t.list_of(t.float)), is_matrix), "3×3 matrix of floating point numbers")


def text(example, doc):
    return option(t.str, default="", example=example, doc=doc)


class Scale(Options):
    """How an output is scaled."""

    method = option(
        t.enum("factor", "pixel"),
        default="factor",
        example="pixel",
        doc="Whether it is scaled by a factor or to a size.",
    )
    x = option(t.either(t.float, t.positive), doc="The factor or the pixels from left to right.")
    y = option(t.either(t.float, t.positive), doc="The factor or the pixels from top to bottom.")


class Output(Options):
    """An output."""

    enable = option(t.bool, default=True, doc="Whether the output is used.")
    crtc = option(t.null_or(t.unsigned), default=None, example=0, doc="The controller of the output.")
    primary = option(t.bool, default=False, doc="Whether it is the first output.")
    position = text("5760x0", "The place among the outputs.")
    mode = text("3840x2160", "The size in pixels.")
    rate = text("60.00", "The rate.")
    gamma = text("1.0:0.909:0.833", "The gamma values.")
    rotate = option(
        t.null_or(t.enum("normal", "left", "right", "inverted")), default=None, example="left", doc="How it is turned."
    )
    transform = option(
        t.null_or(MATRIX),
        default=None,
        example=[[0.6, 0.0, 0.0], [0.0, 0.6, 0.0], [0.0, 0.0, 1.0]],
        doc="The matrix of the transformation, see xrandr(1).",
    )
    dpi = option(t.null_or(t.positive), default=None, example=96, doc="The dots in an inch.")
    scale = option(
        t.null_or(t.submodule(Scale)),
        default=None,
        example={"x": 1.25, "y": 1.25},
        doc="How it is scaled: a shorter way to write some transformations.",
    )
    filter = option(
        t.null_or(t.enum("bilinear", "nearest")),
        default=None,
        example="nearest",
        doc="How pixels in between are found.",
    )
    extraConfig = option(
        t.lines, default="", example=literal("''\n  x-prop-non_desktop 0\n''\n"), doc="Further lines of the output."
    )


def hooks(type, default):
    """A class of the hooks for each moment."""

    def hook(name):
        return option(type, default=default, doc=f"Shell code that is run {MOMENTS[name]}.")

    class Hooks(Options):
        """Hooks."""

        postswitch = hook("postswitch")
        preswitch = hook("preswitch")
        predetect = hook("predetect")

    return t.submodule(Hooks)


class Profile(Options):
    """A profile."""

    fingerprint = option(
        t.attrs_of(t.str),
        default={},
        doc="The outputs that have to be there, with their EDID; `autorandr --fingerprint` shows those that are.",
    )
    config = option(t.attrs_of(t.submodule(Output)), default={}, doc="The outputs.")
    hooks = option(hooks(t.lines, ""), default={}, doc="Hooks of this profile.")


def output_lines(name, output):
    if not output.enable:
        return f"output {name}\noff\n"
    matrix = None if output.transform is None else [value for row in output.transform for value in row]
    number = formats.plain.to_string
    settings = (
        ("pos", output.position),
        ("crtc", output.crtc),
        ("primary", True if output.primary else None),
        ("dpi", output.dpi),
        ("gamma", output.gamma),
        ("mode", output.mode),
        ("rate", output.rate),
        ("rotate", output.rotate),
        ("filter", output.filter),
        ("transform", None if matrix is None else ",".join(map(number, matrix))),
    )
    lines = [f"output {name}"]
    lines += [key if value is True else f"{key} {value}" for key, value in settings if value not in (None, "")]
    if output.scale is not None:
        word = "scale" if output.scale.method == "factor" else "scale-from"
        lines.append(f"{word} {number(output.scale.x)}x{number(output.scale.y)}")
    return "\n".join([*lines, *([output.extraConfig] if output.extraConfig else [])])


class Autorandr(Program):
    """Autorandr"""

    package = Package("autorandr", nullable=True)
    hooks = option(
        hooks(t.attrs_of(t.lines), {}), default={}, example=literal(HOOKS), doc="Hooks of all profiles, by name."
    )
    profiles = option(t.attrs_of(t.submodule(Profile)), default={}, example=literal(PROFILES), doc="The profiles.")

    @check
    def scaled_one_way(self):
        for profile, given in self.profiles.items():
            for name, output in given.config.items():
                if output.scale is not None and output.transform is not None:
                    yield (
                        "Cannot use the profile output options 'scale' and 'transform' simultaneously.\n"
                        f"Check configuration for: programs.autorandr.profiles.{profile}.config.{name}\n"
                    )

    def _hook(self, place, code):
        script = self._made("writeShellScriptBin", "hook", code)
        return {f"autorandr/{place}": {"source": f"{script}/bin/hook"}}

    @defines("xdg.configFile")
    def files(self):
        for moment in MOMENTS:
            for name, code in self.hooks[moment].items():
                yield self._hook(f"{moment}.d/{name}", code)
        for name, profile in self.profiles.items():
            setup = "\n".join(f"{output} {edid}" for output, edid in profile.fingerprint.items())
            config = "\n".join(output_lines(*output) for output in profile.config.items())
            yield {f"autorandr/{name}/setup": {"text": setup}, f"autorandr/{name}/config": {"text": config}}
            for moment in MOMENTS:
                if profile.hooks[moment]:
                    yield self._hook(f"{name}/{moment}", profile.hooks[moment])
