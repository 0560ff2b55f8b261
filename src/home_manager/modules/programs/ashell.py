from home_manager.authoring import *
from home_manager.modules import _graphical


class Ashell(Program):
    """ashell, a status bar for Hyprland that needs no configuration"""

    platforms = ("linux",)

    package = Package("ashell", nullable=True)
    settings = option(
        t.null_or(formats.toml.type),
        default={},
        example={
            "modules": {
                "left": ["Workspaces"],
                "center": ["Window Title"],
                "right": ["SystemInfo", ["Clock", "Privacy"]],
            },
            "workspaces": {"visibilityMode": "MonitorSpecific"},
        },
        doc="The settings, see <https://github.com/MalpenZibo/ashell?tab=readme-ov-file#configuration>. Before 0.5.0 they "
        "are `ashell.yml`.",
    )
    systemd = _graphical.systemd("ashell systemd service", example="hyprland-session.target")

    @defines("xdg.configFile", when=settings)
    def file(self):
        version = "" if self.package is None else self._made(self.pkgs["lib"]["getVersion"], self.package)
        if version and not version_at_least(version, "0.5.0"):
            return {"ashell.yml": {"text": formats.yaml.render(self.settings)}}
        # Names were in camel case until then.
        lib = self._argument("lib")["hm"]
        rules = {"pred": lib["strings"]["isCamelCase"], "transform": lib["strings"]["toSnakeCase"]}
        renamed = self._made(
            lib["deprecations"]["remapAttrsRecursive"], rules, "programs.ashell.settings", self.settings
        )
        return {"ashell/config.toml": {"text": formats.toml.render(renamed)}}

    unit = UserUnit(
        lambda self: exe(self.package),
        description="ashell status bar",
        after=lambda self: self.systemd.target,
        wanted_by=lambda self: self.systemd.target,
        restart="on-failure",
        unit={"Documentation": "https://github.com/MalpenZibo/ashell/tree/0.4.1"},
        when=lambda self: self.systemd.enable,
    )
