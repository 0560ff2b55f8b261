from home_manager.authoring import *
from home_manager.modules import _graphical

THEME = """\
# vicinae >= 0.15.0
{
  catppuccin-mocha = {
    meta = {
      version = 1;
      name = "Catppuccin Mocha";
      variant = "dark";
      inherits = "vicinae-dark";
    };
    colors.core = {
      background = "#1E1E2E";
      foreground = "#CDD6F4";
    };
  };
}
"""
REFRESH = """\
verboseEcho "vicinae looks for programs anew"
run --silence {vicinae} deeplink vicinae://launch/core/refresh-apps || verboseEcho "vicinae did not answer"
"""
INSTALL = """\
runHook preInstall
mkdir -p "$out"
cp -r /build/{place}/extensions/{name}/. "$out"
runHook postInstall
"""
RAYCAST = "https://github.com/raycast/extensions"


def attributes(given):
    """What a function of the configuration was called with."""
    return {name: seen(each) for name, each in given.items()}


class Systemd(Options):
    """The service."""

    enable = option(t.bool, default=False, example=True, doc="Whether to enable vicinae systemd integration.")
    autoStart = option(t.bool, default=True, doc="Whether the target starts it.")
    target = option(
        t.str,
        default="graphical-session.target",
        example="sway-session.target",
        doc="The target that starts the service, and that ends it.",
    )


class Vicinae(Program):
    """vicinae launcher daemon"""

    platforms = ("linux",)

    package = Package("vicinae", nullable=True)
    systemd = group(Systemd)
    useLayerShell = option(
        t.bool,
        default=True,
        doc="Whether the window is on a layer of its own. Since 0.17 it is a setting: "
        "`settings.launcher_window.layer_shell.enabled`.",
    )
    enableFirefoxIntegration = option(
        t.unspecified,
        default=True,
        doc="Whether the extension of Firefox, <https://addons.mozilla.org/en-US/firefox/addon/vicinae/>, reaches vicinae.",
    )
    extensions = option(
        t.list_of(t.package),
        default=[],
        doc="Packages of extensions. `config.lib.vicinae.mkExtension { name, src, npmDepsHash }` and "
        "`config.lib.vicinae.mkRayCastExtension { name, rev, sha256, npmDepsHash }` build one.",
    )
    themes = option(
        formats.toml.type,
        default={},
        example=literal(THEME),
        doc="Themes by name, see <https://docs.vicinae.com/theming/getting-started>.",
    )
    settings = option(
        formats.json.type,
        default={},
        example={"font": {"normal": {"size": 10}}, "theme": {"dark": {"name": "vicinae-dark"}}},
        doc="The settings; `vicinae config default` shows those that there are.",
    )

    def _since(self, release):
        return self.package is None or version_at_least(
            self._made(self.pkgs["lib"]["getVersion"], self.package), release
        )

    @check
    def usable(self):
        if self.systemd.enable and self.package is None:
            yield "{option}programs.vicinae.systemd.enable requires non null {option}programs.vicinae.package"
        if not self.useLayerShell and self._since("0.17.0"):
            yield (
                "After version 0.17, if you want to explicitly disable the use of layer shell, you need to set "
                "{option}.programs.vicinae.settings.launcher_window.layer_shell.enabled = false."
            )

    @defines("lib.vicinae")
    def builders(self):
        def built(given, src, place):
            asked = given.get("npmDepsHash")
            lock = self.pkgs["importNpmLock"] if asked is None else None
            needs = (
                {"npmDepsHash": asked}
                if lock is None
                else {"npmConfigHook": lock["npmConfigHook"], "npmDeps": self._made(lock, {"npmRoot": src})}
            )
            code = INSTALL.format(place=place, name=given["name"])
            return self._made("buildNpmPackage", {"name": given["name"], "src": src, "installPhase": code, **needs})

        def raycast(arguments):
            given = attributes(arguments)
            src = given.get("src")
            if src is None:
                place = f"extensions/{given['name']}"
                wanted = {
                    "rev": given["rev"],
                    "sha256": given["sha256"],
                    "url": RAYCAST,
                    "sparseCheckout": [f"/{place}"],
                }
                src = f"{self._made('fetchgit', wanted)}/{place}"
            return built(given, src, ".config/raycast")

        def plain(arguments):
            given = attributes(arguments)
            return built(given, given["src"], ".local/share/vicinae")

        return {
            "mkExtension": function("mkExtension", plain),
            "mkRayCastExtension": function("mkRayCastExtension", raycast),
        }

    def _settings_file(self):
        return (
            self._made("writeText", "vicinae-settings", formats.json.render(self.settings)) if self.settings else None
        )

    def _theme_files(self):
        kind, form = ("toml", formats.toml) if self._since("0.15.0") else ("json", formats.json)
        return {
            f"vicinae/themes/{name}.{kind}": self._made("writeText", f"vicinae-{name}-theme", form.render(theme))
            for name, theme in self.themes.items()
        }

    @defines("xdg.configFile")
    def files(self):
        if self.settings:
            name = "settings" if self._since("0.17.0") else "vicinae"
            yield {f"vicinae/{name}.json": {"source": self._settings_file()}}
        if not self._since("0.15.0"):
            yield {name: {"source": file} for name, file in self._theme_files().items()}

    @defines("xdg.dataFile")
    def data(self):
        yield {f"vicinae/extensions/{each['name']}": {"source": each} for each in self.extensions}
        if self._since("0.15.0"):
            yield {name: {"source": file} for name, file in self._theme_files().items()}

    @activation_step("vicinae-refresh-apps", after="installPackages", when=package)
    def refreshed(self):
        code = REFRESH.format(vicinae=exe(self.package))
        return code

    @defines("mozilla", when=lambda self: self.enableFirefoxIntegration and self.package is not None)
    def in_firefox(self):
        host = {
            "name": "com.vicinae.vicinae",
            "description": "Vicinae Native Messaging Host",
            "path": f"{self.package}/libexec/vicinae/vicinae-browser-link",
            "type": "stdio",
            "allowed_extensions": ["firefox@vicinae.com"],
        }
        file = "lib/mozilla/native-messaging-hosts/com.vicinae.vicinae.json"
        made = [self._made("writeTextDir", file, formats.json.compact(host))]
        return {"firefoxNativeMessagingHosts": made, "librewolfNativeMessagingHosts": made}

    def _surroundings(self):
        text = f"USE_LAYER_SHELL={int(self.useLayerShell)}\n"
        return {} if self._since("0.17.0") else {"EnvironmentFile": str(self._made("writeText", "vicinae-env", text))}

    def _triggers(self):
        files = [self._settings_file()] if self.settings else []
        return [str(each) for each in (*files, *self._theme_files().values(), *self.extensions)]

    unit = _graphical.session_unit(
        lambda self: f"{exe(self.package, 'vicinae')} server",
        follows="systemd.target",
        wayland=False,
        description="Vicinae server daemon",
        wanted_by=lambda self: [self.systemd.target] if self.systemd.autoStart else [],
        restart="always",
        unit=lambda self: {"Documentation": ["https://docs.vicinae.com"], "X-Restart-Triggers": self._triggers()},
        service=lambda self: {"Type": "simple", "RestartSec": 5, "KillMode": "process", **self._surroundings()},
        when=lambda self: self.systemd.enable and self.package is not None,
    )
