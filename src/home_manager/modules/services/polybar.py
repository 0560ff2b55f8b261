from collections.abc import Iterator
from typing import Any

from home_manager.authoring import *

BARS = """\
{
  "bar/top" = {
    monitor = "\\${env:MONITOR:eDP1}";
    width = "100%";
    height = "3%";
    radius = 0;
    modules-center = "date";
  };

  "module/date" = {
    type = "internal/date";
    internal = 5;
    date = "%d.%m.%y";
    time = "%H:%M";
    label = "%time%  %date%";
  };
}
"""

MODULES = """\
{
  "module/volume" = {
    type = "internal/pulseaudio";
    format.volume = "<ramp-volume> <label-volume>";
    label.muted.text = "muted";
    label.muted.foreground = "#666";
    ramp.volume = [ "low" "middle" "high" ];
    click.right = "pavucontrol &";
  };
}
"""

MORE = """\
[module/date]
type = internal/date
interval = 5
date = "%d.%m.%y"
time = %H:%M
format-prefix-foreground = \\${colors.foreground-alt}
label = %time%  %date%
"""

PLAIN = t.either(t.str, t.either(t.bool, t.either(t.int, t.list_of(t.str))))
# The path of a file stays one until the configuration copies it to the store.
SECTION = t.attrs_of(t.described(t.either(PLAIN, t.path), PLAIN.describe(), class_="conjunction"))

SETTING = t.recursive(
    "boolean, number, string, list or attribute set",
    lambda inner: t.one_of(t.bool, t.int, t.float, t.str, t.list_of(inner), t.attrs_of(inner)),
)


def included(path) -> dict[str, Any]:
    """The configuration that is in another file."""
    return {"section/base": {"include-file": path}}


def flat(name: str, value) -> Iterator[tuple[str, Any]]:
    """A setting with all that is below it: `format.volume` is `format-volume`, and the second of a list `name-1`."""
    if isinstance(value, list):
        for number, each in enumerate(value):
            yield from flat(f"{name}-{number}", each)
    elif isinstance(value, dict) and value.get("type") != "derivation":
        for key, each in value.items():
            yield from flat(name if key == "text" else f"{name}-{key}", each)
    else:
        yield name, value


def line(name: str, value) -> str:
    """A line of a section; polybar wants quotes around spaces at the ends."""
    if isinstance(value, bool):
        return f"{name}={'true' if value else 'false'}"
    text = formats.plain.to_string(value)
    spaced = isinstance(value, str) and name != "include-file" and (text.startswith(" ") or text.endswith(" "))
    return f'{name}="{text}"' if spaced else f"{name}={text}"


class Polybar(Service):
    """Polybar status bar"""

    package = Package(
        "polybar",
        example="pkgs.polybar.override {\n  i3GapsSupport = true;\n  alsaSupport = true;\n  iwSupport = true;\n"
        "  githubSupport = true;\n}\n",
    )
    config = option(
        t.coerced_to(t.path, included, t.attrs_of(SECTION)),
        default={},
        example=literal(BARS),
        apply=lambda self, sections: self._with_files(sections),
        doc="The configuration by section, or the path of a file with it. In `settings`, sets can be in sets.",
    )
    settings = option(
        t.attrs_of(t.described(t.attrs_of(SETTING), "attribute sets")),
        default={},
        example=literal(MODULES),
        doc="The configuration by section, where `format.volume` is written for `format-volume`, a list for `name-0`, "
        "`name-1` and so on, and `label.muted.text` for `label-muted` where there is `label.muted.foreground`, too.",
    )
    extraConfig = option(t.lines, default="", example=MORE, doc="Lines for the end of the configuration.")
    script = option(
        t.lines,
        example="polybar bar &",
        doc="What starts the bars, in the background: it has to end itself. `polybar` is in its `PATH`.",
    )

    def _with_files(self, sections):
        return {
            name: {
                key: value if isinstance(value, str | bool | int | list) else self._in_text(value)
                for key, value in section.items()
            }
            for name, section in sections.items()
        }

    def _sections(self, sections) -> str:
        return formats.ini.render(sections, mk_key_value=line)

    def _configuration(self):
        if not (self.config or self.settings or self.extraConfig):
            return None
        settings = {
            name: dict(pair for key, value in section.items() for pair in flat(key, value))
            for name, section in self.settings.items()
        }
        text = f"{self._sections(self.config)}\n{self._sections(settings)}\n{self.extraConfig}\n"
        return self._made("writeText", "polybar.conf", text)

    @defines("xdg.configFile")
    def file(self):
        made = self._configuration()
        return None if made is None else {"polybar/config.ini": {"source": made}}

    def _triggers(self) -> dict[str, Any]:
        made = self._configuration()
        return {} if made is None else {"X-Restart-Triggers": [str(made)]}

    unit = UserUnit(
        lambda self: f"{self._made('writeShellScriptBin', 'polybar-start', self.script)}/bin/polybar-start",
        description="Polybar status bar",
        part_of="tray.target",
        wanted_by="tray.target",
        restart="on-failure",
        unit=lambda self: self._triggers(),
        service=lambda self: {"Type": "forking", "Environment": [f"PATH={self.package}/bin:/run/wrappers/bin"]},
    )
