from home_manager.authoring import *
from home_manager.modules import _graphical

EXAMPLE = """\
[
  { include = "path/to/included/files"; }
  { output.criteria = "eDP-1";
    output.scale = 2.0;
  }
  { profile.name = "docked";
    profile.outputs = [
      { criteria = "eDP-1"; }
      { criteria = "Some Company ASDF 4242"; transform = "90"; }
    ];
  }
]
"""


def setting(type, doc, **more):
    return option(t.null_or(type), default=None, doc=doc, **more)


class Output(Options):
    """An output."""

    criteria = option(t.str, doc="The name or the description of the output, or `*`.")
    status = setting(t.enum("enable", "disable"), "Whether the output is used.")
    mode = setting(t.str, "The mode: width and height, and the rate.", example="1920x1080@60Hz")
    position = setting(t.str, "The place among the outputs.", example="1600,0")
    scale = setting(t.float, "The scale.", example=2.0)
    transform = setting(
        t.enum("normal", "90", "180", "270", "flipped", "flipped-90", "flipped-180", "flipped-270"),
        "How the output is turned.",
    )
    alias = setting(t.str, "A name for the output, for profiles.", example="laptopMonitor")
    adaptiveSync = setting(t.bool, "Whether the rate follows what is shown.", example=True)


class Profile(Options):
    """A profile."""

    outputs = option(
        t.list_of(t.submodule(Output)), default=[], doc="The outputs that have to be there, and their settings."
    )
    name_ = option(t.str, default="", doc="The name of the profile.", name="name")
    exec = option(
        t.coerced_to(t.str, lambda command: [command], t.list_of(t.str)),
        default=[],
        example="[ \\${pkg.sway}/bin/swaymsg workspace 1, move workspace to eDP-1 ]",
        doc="Commands for when the profile is used, all at the same time.",
    )


class Directive(Options):
    """A directive of the configuration."""

    profile = option(t.submodule(Profile), doc="A profile.")
    output = option(t.submodule(Output), doc="An output, for all profiles.")
    include = option(t.str, doc="Another file that is read; the shell's `~` and variables are known.")


def output_line(output):
    sync = None if output.adaptiveSync is None else ("on" if output.adaptiveSync else "off")
    given = (
        ("", output.status),
        ("mode ", output.mode),
        ("position ", output.position),
        ("scale ", output.scale),
        ("transform ", output.transform),
        ("adaptive_sync ", sync),
        ("alias $", output.alias),
    )
    words = (f" {name}{formats.plain.to_string(value)}" for name, value in given if value is not None)
    return f"output {formats.plain.between_quotes(output.criteria)}{''.join(words)}"


def profile_lines(profile, name):
    lines = [*map(output_line, profile.outputs), *(f"exec {command}" for command in profile.exec)]
    inner = "\n  ".join(lines)
    return f"profile {name} {{\n  {inner}\n}}\n"


def directive(given):
    kind, value = next(iter(given.items()))
    if kind == "profile":
        return profile_lines(value, value["name"])
    return output_line(value) if kind == "output" else f"include {formats.plain.between_quotes(value)}"


class Kanshi(Service):
    """kanshi, which sets up the outputs that are there"""

    package = Package("kanshi")
    profiles = option(
        t.attrs_of(t.submodule(Profile)),
        default={},
        example={
            "undocked": {"outputs": [{"criteria": "eDP-1"}]},
            "docked": {
                "outputs": [{"criteria": "eDP-1"}, {"criteria": "Some Company ASDF 4242", "transform": "90"}],
            },
        },
        doc="Deprecated: profiles by name.",
    )
    extraConfig = option(t.lines, default="", doc="Deprecated: lines for the end of the configuration.")
    settings = option(
        t.list_of(t.attr_tag(Directive._tree())),
        default=[],
        example=literal(EXAMPLE),
        doc="The configuration, directive by directive; see kanshi(5).",
    )
    systemdTarget = _graphical.target_of(example="")

    def _is_old(self):
        return bool(self.profiles or self.extraConfig)

    @check
    def one_way(self):
        if self._is_old() and self.settings:
            yield "Cannot mix kanshi.settings with kanshi.profiles or kanshi.extraConfig"
        profiles = (each["profile"] for each in self.settings if "profile" in each)
        if any(output.alias is not None for profile in profiles for output in profile.outputs):
            yield "Output kanshi.*.output.alias can only be defined on global scope"

    @warn
    def deprecated(self):
        for name in ("profiles", "extraConfig"):
            if self._read(name):
                yield f"kanshi.{name} option is deprecated. Use kanshi.settings instead."

    @config_file("kanshi/config", when=lambda self: self._is_old() or self.settings)
    def file(self):
        if not self._is_old():
            return "\n".join(map(directive, self.settings))
        profiles = "\n".join(profile_lines(profile, name) for name, profile in self.profiles.items())
        return f"{profiles}\n{self.extraConfig}\n"

    unit = _graphical.session_unit(
        lambda self: f"{self.package}/bin/kanshi",
        follows="systemdTarget",
        description="Dynamic output configuration",
        requires=lambda self: self.systemdTarget,
        restart="always",
        reloads_with=("file",),
        unit={"Documentation": "man:kanshi(1)"},
        service=lambda self: {"Type": "simple", "ExecReload": f"{exe(self.package, 'kanshictl')} reload"},
    )
