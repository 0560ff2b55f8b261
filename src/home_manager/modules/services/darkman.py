from typing import Any

from home_manager.authoring import *

EXAMPLE = """\
{
  gtk-theme = ''
    ${pkgs.dconf}/bin/dconf write /org/gnome/desktop/interface/color-scheme "'prefer-%s'"
  '';
}
"""


def scripts_option(when: str, mode: str):
    return option(
        t.attrs_of(t.one_of(t.path, t.lines)),
        default={},
        example=literal(EXAMPLE % mode),
        doc=f"What is run {when}: files, or lines of bash.",
    )


class Freeform(Options):
    """Settings of darkman."""

    freeform = formats.yaml.type


class Darkman(Service):
    """darkman, a tool that automatically switches dark-mode on and off based on the time of the day"""

    package = Package("darkman", nullable=True)
    settings = option(
        t.submodule(Freeform),
        default={},
        example={"lat": 52.3, "lng": 4.8, "usegeoclue": True},
        doc="Settings of darkman; see darkman(1).",
    )
    scripts = scripts_option(
        "whenever the mode changes, with `dark` or `light` as the argument, in place of others of that name", "dark"
    )
    darkModeScripts = scripts_option("when it gets dark", "dark")
    lightModeScripts = scripts_option("when it gets light", "light")

    def _yaml(self):
        return self._made("writeText", "darkman-config.yaml", formats.yaml.render(self.settings))

    @defines("xdg.configFile", when=settings)
    def file(self):
        return {"darkman/config.yaml": {"source": self._yaml()}}

    @defines("xdg.dataFile")
    def script_files(self):
        folders = {
            "darkman": self.scripts,
            "dark-mode.d": self.darkModeScripts,
            "light-mode.d": self.lightModeScripts,
        }
        for folder, scripts in folders.items():
            yield {f"{folder}/{name}": {"source": self._script(name, code)} for name, code in scripts.items()}

    def _script(self, name: str, code):
        return self._made("writeShellScript", store_name(name), code) if isinstance(code, str) else code

    @defines("systemd.user.services", when=package)
    def unit(self):
        session = ["graphical-session.target"]
        head: dict[str, Any] = {
            "Description": "Darkman system service",
            "Documentation": "man:darkman(1)",
            "PartOf": session,
            "BindsTo": session,
        }
        if self.settings:
            head["X-Restart-Triggers"] = [str(self._yaml())]
        service = {
            "Type": "dbus",
            "BusName": "nl.whynothugo.darkman",
            "ExecStart": f"{exe(self.package)} run",
            "Restart": "on-failure",
            "TimeoutStopSec": 15,
            "Slice": "background.slice",
        }
        return {"darkman": {"Unit": head, "Service": service, "Install": {"WantedBy": default(session)}}}
