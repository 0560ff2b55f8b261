import hashlib
from typing import Any

from home_manager.authoring import *

PRESETS = """\
{
  my-preset.output = {
    blocklist = [ ];
    plugins_order = [ "limiter#0" ];
    "limiter#0" = {
      bypass = false;
      threshold = -1.0;
    };
  };
}
"""

SETTINGS = """\
{
  StreamInputs = {
    inputDevice = "alsa_input.usb-example";
    listenToMic = false;
  };
  StreamOutputs.useDefaultOutputDevice = true;
}
"""

LOADING = """\
# The server is there some time after the program has started.
for ((attempt = 0; attempt < 100; attempt++)); do
  if [[ -S $1 ]] && printf '%s\\n' {messages} | {socat} -u -T 1 - UNIX-CONNECT:"$1"; then
    exit 0
  fi
  {sleep} 0.1
done
exit 1
"""


def is_preset(value) -> bool:
    """Whether a set has parts of a preset and nothing else."""
    return isinstance(value, dict) and bool(value) and all(name in ("input", "output") for name in value)


class Chosen(Options):
    """A preset for each direction."""

    input = option(t.str, default="", doc="The preset for input; empty leaves it as it is.")
    output = option(t.str, default="", doc="The preset for output; empty leaves it as it is.")


class Easyeffects(Service):
    """Easyeffects daemon

    On NixOS, it needs `programs.dconf.enable = true` in the system's configuration.
    """

    package = Package("easyeffects", install=False)
    preset = option(
        t.either(t.str, t.submodule(Chosen)),
        default="",
        example=literal('{\n  input = "voice";\n  output = "music";\n}\n'),
        doc="The preset to start with: a name for both directions, or a set with one for each, which EasyEffects 8.0.9 "
        "and later can load. Empty loads none.",
    )
    extraPresets = option(
        t.null_or(t.attrs_of(t.narrowed(t.attrs_of(formats.json.type), is_preset))),
        default={},
        example=literal(PRESETS),
        doc="Presets by name, with settings below `input` and `output`: files in `$XDG_DATA_HOME/easyeffects`.",
    )
    settings = option(
        t.attrs_of(t.attrs_of(t.null_or(t.one_of(t.bool, t.int, t.float, t.str, t.path)))),
        default={},
        example=literal(SETTINGS),
        doc="Settings by section, written into the program's own file when it starts; `null` removes one. It needs "
        "EasyEffects 8.0.0 or later.",
    )

    def _at_least(self, version: str) -> bool:
        return version_at_least(self.package["version"], version)

    def _has_settings(self) -> bool:
        return any(section != {} for section in self.settings.values())

    def _chosen(self) -> dict[str, str] | None:
        """The preset of each direction; nothing where there is one name for both."""
        if isinstance(self.preset, str):
            return None
        return {direction: name for direction, name in self.preset.items() if name != ""}

    @check
    def recent(self):
        if self._has_settings() and not self._at_least("8.0.0"):
            yield "services.easyeffects.settings needs EasyEffects 8.0.0 or later"
        if self._chosen() is not None and not self._at_least("8.0.9"):
            yield "services.easyeffects.preset can be a set with EasyEffects 8.0.9 or later, and is a name before"
        if self._chosen() == {}:
            yield "services.easyeffects.preset is a set without a preset: give `input`, `output` or both"

    @defines("home.packages")
    def installed(self):
        return [self.package] if self._at_least("8.0.0") else [self.pkgs["at-spi2-core"], self.package]

    @defines("xdg.dataFile", when=extraPresets)
    def preset_files(self):
        for name, preset in self.extraPresets.items():
            for direction, settings in preset.items():
                text = formats.json.render({direction: settings})
                source = self._made("writeText", f"{direction}-{name}.json", text)
                yield {f"easyeffects/{direction}/{name}.json": {"source": source}}

    def _settings_script(self) -> str:
        quote, folder = formats.shell.quote, f"{self['xdg.configHome']}/easyeffects/db"
        program = f"{self.pkgs['kdePackages']['kconfig']}/bin/kwriteconfig6 --file {quote(folder + '/easyeffectsrc')}"
        lines = [f"{self.pkgs['coreutils']}/bin/mkdir -p {quote(folder)}"]
        for section, settings in self.settings.items():
            for key, value in settings.items():
                lines.append(f"{program} --group {quote(section)} --key {quote(key)} {self._setting(value)}")
        return str(self._made("writeShellScript", "easyeffects-settings", "\n".join(lines) + "\n"))

    def _setting(self, value) -> str:
        if value is None:
            return "--delete"
        if isinstance(value, bool):
            return f"--type bool -- {'true' if value else 'false'}"
        return f"-- {formats.shell.quote(formats.plain.to_string(value))}"

    def _loading_script(self) -> str:
        chosen = self._chosen() or {}
        messages = formats.shell.quote_all(f"load_preset:{way}:{name}" for way, name in chosen.items())
        code = LOADING.format(
            messages=messages, socat=f"{self.pkgs['socat']}/bin/socat", sleep=f"{self.pkgs['coreutils']}/bin/sleep"
        )
        return str(self._made("writeShellScript", "easyeffects-load-presets", code))

    def _command(self) -> str:
        mode = "--hide-window --service-mode" if self._at_least("8.0.0") else "--gapplication-service"
        by_name = isinstance(self.preset, str) and self.preset != ""
        preset = f"--load-preset {formats.shell.quote(self.preset)}" if by_name else ""
        return f"{self.package}/bin/easyeffects {mode} {preset}"

    def _service(self) -> dict[str, Any]:
        service: dict[str, Any] = {
            "ExecStop": f"{self.package}/bin/easyeffects --quit",
            "KillMode": "mixed",
            "RestartSec": 5,
            "TimeoutStopSec": 10,
        }
        if self._has_settings():
            service["ExecStartPre"] = self._settings_script()
        if self._chosen() is not None:
            service["ExecStartPost"] = f"-{self._loading_script()} %t/EasyEffectsServer"
        if not self._at_least("8.0.0"):
            service |= {"Type": "dbus", "BusName": "com.github.wwmm.easyeffects"}
        return service

    unit = UserUnit(
        lambda self: self._command(),
        description="Easyeffects daemon",
        target="graphical-session.target",
        restart="on-failure",
        # The settings are in no file that the unit names, so their hash stands for them.
        unit=lambda self: {
            "X-Restart-Triggers": [hashlib.sha256(formats.json.compact(self.settings).encode()).hexdigest()]
        },
        service=lambda self: self._service(),
    )
