"""`programs.obs-studio`."""

from home_manager.authoring import *


class ObsStudio(Program):
    """OBS Studio, which records and streams the screen"""

    package = Package("obs-studio", install=False)
    finalPackage = option(
        t.package, read_only=True, visible=False, doc="OBS Studio with its plugins, as it is installed."
    )
    plugins = option(
        t.list_of(t.package),
        default=[],
        example=literal("[ pkgs.obs-studio-plugins.wlrobs ]"),
        doc="Plugins that OBS finds.",
    )

    @defines(".finalPackage")
    def with_plugins(self):
        if not self.plugins:
            return self.package
        name = f"obs-studio-plugins-{computed(self.package['version'])}"
        plugins = self._made("symlinkJoin", {"name": name, "paths": self.plugins})
        # OBS has one list for libraries and one for what belongs to them.
        variables = {"OBS_PLUGINS_PATH": "lib/obs-plugins", "OBS_PLUGINS_DATA_PATH": "share/obs/obs-plugins"}
        return self._wrapped(
            self.package,
            " ".join(f"--prefix {variable} : {plugins}/{folder}" for variable, folder in variables.items()),
            program="obs",
        )

    @defines("home.packages")
    def installed(self):
        return [self.finalPackage]
