"""`services.voxtype`."""

from home_manager.authoring import *

REQUIRED = {
    "hotkey": {},
    "audio": {"device": "default", "sample_rate": 16000, "max_duration_secs": 60},
    "output": {"mode": "type", "fallback_to_clipboard": True},
}
"""What a configuration file must have, with values where the user says none."""


def completed(base, given):
    both = isinstance(base, dict) and isinstance(given, dict)
    return {**base, **{n: completed(base.get(n), v) for n, v in given.items()}} if both else given


def display(example, what):
    class Display(Options):
        """A display"""

        display = option(
            t.null_or(t.str), default=None, example=example, doc=f"The display of {what} that the service sees."
        )

    return group(Display)


class Voxtype(Service):
    """Voxtype, which writes what is spoken"""

    platforms = ("linux", "darwin")
    package = Package("voxtype", example="pkgs.voxtype-vulkan")
    settings = option(
        t.toml,
        default={},
        example={
            "output": {"fallback_to_clipboard": True, "mode": "type"},
            "whisper": {"language": "en", "model": "base.en"},
        },
        doc="Settings; what Voxtype cannot do without is added.",
    )
    extraArgs = option(
        t.list_of(t.str), default=[], example=["--verbose"], doc="Further arguments of `voxtype daemon`."
    )
    environment = option(t.attrs_of(t.str), default={}, doc="Further variables of the service.")
    x11 = display(":0", "X11")
    wayland = display("wayland-1", "Wayland")
    loadModels = option(
        t.list_of(t.str),
        default=[],
        apply=lambda models: [model for model in models if model],
        example=["base.en"],
        doc="Models that are downloaded before the service starts.",
    )
    daemon = UserUnit(
        lambda self: f"{exe(self.package)} daemon {formats.shell.quote_all(self.extraArgs)}",
        description="Voxtype speech-to-text daemon",
        part_of="default.target",
        wanted_by="default.target",
        after=lambda self: ["voxtype-model-loader.service"] if self.loadModels else [],
        restart="on-failure",
        environment=lambda self: self._environment_of_daemon(),
        unit=lambda self: {
            **({"Wants": ["voxtype-model-loader.service"]} if self.loadModels else {}),
            **({"X-Restart-Triggers": [str(self._toml())]} if self.settings else {}),
        },
        service={"Type": "exec", "RestartSec": "5s"},
    )
    loader = UserUnit(
        lambda self: str(self._made("writeShellScript", "voxtype-model-loader", self._loading())),
        name="voxtype-model-loader",
        description="Download Voxtype models",
        after="network-online.target",
        wanted_by="default.target",
        restart="on-failure",
        unit={"Before": ["voxtype.service"], "Wants": ["network-online.target"]},
        service={"Type": "oneshot", "RestartSec": "30s"},
        when=loadModels,
    )

    def _toml(self):
        return self._made("writeText", "voxtype-config.toml", formats.toml.render(completed(REQUIRED, self.settings)))

    @defines("xdg.configFile", when=settings)
    def configuration(self):
        return {"voxtype/config.toml": {"source": self._toml()}}

    def _tools(self):
        names = [*(["xclip"] if self.x11.display else []), *(["wl-clipboard", "wtype"] if self.wayland.display else [])]
        return [self.pkgs[name] for name in names]

    def _environment_of_daemon(self):
        path = self._search_path([self.pkgs["coreutils"], self.pkgs["which"], *self._tools()])
        displays = {"DISPLAY": self.x11.display, "WAYLAND_DISPLAY": self.wayland.display}
        return [
            f"PATH={path}",
            "XDG_RUNTIME_DIR=%t",
            *(f"{name}={value}" for name, value in displays.items() if value is not None),
            *(f"{name}={value}" for name, value in sorted(self.environment.items())),
        ]

    def _loading(self):
        coreutils, program = f"{self.pkgs['coreutils']}/bin", exe(self.package)
        # A configuration of its own keeps `setup` from changing that of the user.
        lines = [
            "set -euo pipefail",
            f"scratch=$({coreutils}/mktemp -d /tmp/voxtype-model-loader.XXXXXX)",
            f"trap '{coreutils}/rm -rf \"$scratch\"' EXIT",
        ]
        lines += [
            f'XDG_CONFIG_HOME="$scratch" {program} setup --download --model {formats.shell.quote(model)} --no-post-install'
            for model in self.loadModels
        ]
        return "\n".join(lines) + "\n"

    @defines("home.packages")
    def tools(self):
        return self._tools()
