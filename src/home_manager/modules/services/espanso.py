from home_manager.authoring import *

CONFIGS = """\
{
  default.show_notifications = false;
  vscode = {
    filter_title = "Visual Studio Code$";
    backend = "Clipboard";
  };
};
"""
MATCHES = """\
{
  base.matches = [
    {
      trigger = ":now";
      replace = "It's {{currentdate}}";
    }
  ];
  global_vars.global_vars = [
    {
      name = "currentdate";
      type = "date";
      params.format = "%d/%m/%Y";
    }
  ];
};
"""
CHOOSE = """\
if [ -n "$WAYLAND_DISPLAY" ]; then
  exec {wayland} "$@"
fi
exec {x11} "$@"
"""


def support(system):
    return option(
        t.bool,
        default=lambda self: self._is_on("linux"),
        default_text='"`true` on linux"',
        doc=f"Whether it works in sessions of {system}.",
    )


def files(name, page, example, value):
    return option(
        formats.yaml.type,
        default=value,
        example=literal(example),
        doc=f"The {name}, by the names of their files; see <https://espanso.org/docs/{page}/basics/>.",
    )


class Espanso(Service):
    """Espanso: cross platform text expander in Rust"""

    platforms = ("linux", "darwin")

    package = Package("espanso", install=False)
    package_wayland = option(
        t.null_or(t.package),
        name="package-wayland",
        default=lambda self: self.pkgs["espanso-wayland"] if self._is_on("linux") and self.waylandSupport else None,
        default_text="pkgs.espanso-wayland",
        doc="The package for sessions of Wayland.",
    )
    x11Support = support("X")
    waylandSupport = support("Wayland")
    configs = files("settings", "configuration", CONFIGS, {"default": {}})
    matches = files("matches", "matches", MATCHES, {"default": {"matches": []}})
    removed = Removed("settings", "Use services.espanso.configs and services.espanso.matches instead.")

    def _wayland(self):
        return self._read("package-wayland")

    def _program(self):
        if not (self._is_on("linux") and self.waylandSupport):
            return self.package
        if not self.x11Support:
            return self._wayland()
        code = CHOOSE.format(wayland=exe(self._wayland()), x11=exe(self.package))
        return self._made("writeShellScriptBin", "espanso", code)

    @check
    def usable(self):
        if not version_at_least(self.package["version"], "2"):
            yield "The services.espanso module only supports Espanso version 2 or later.\n"
        if self._is_on("linux") and not (self.x11Support or self.waylandSupport):
            yield "In services.espanso at least one of x11 or wayland support must be enabled on linux.\n"

    @defines("home.packages")
    def installed(self):
        return [self._program()]

    @defines("xdg.configFile")
    def written(self):
        for folder, given in (("config", self.configs), ("match", self.matches)):
            for name, value in given.items():
                yield {f"espanso/{folder}/{name}.yml": {"text": formats.yaml.render(value)}}

    unit = UserUnit(
        lambda self: f"{exe(self._program())} launcher",
        description="Espanso: cross platform text expander in Rust",
        wanted_by="default.target",
        restart="on-failure",
        service={"RestartSec": 3},
    )

    @defines("launchd.agents", when=lambda self: self._is_on("darwin"))
    def agent(self):
        config = {
            "ProgramArguments": [f"{self.package}/Applications/Espanso.app/Contents/MacOS/espanso", "launcher"],
            "EnvironmentVariables": {"PATH": f"{self.package}/bin:/usr/bin:/bin:/usr/sbin:/sbin"},
            "KeepAlive": {"Crashed": True, "SuccessfulExit": False},
            "RunAtLoad": True,
        }
        return {"espanso": {"enable": True, "config": config}}
