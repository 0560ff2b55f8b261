"""`nix.useXdg`: whether Nix keeps its profiles in the XDG directories."""

from home_manager.authoring import *

SETTING = "use-xdg-base-directories"


def of_system(system) -> bool:
    """What the configuration of the whole machine says."""
    nix = (system or {}).get("nix", {})
    return bool(nix.get("enable", False) and nix.get("settings", {}).get(SETTING, False))


class NixDirectories(Module):
    """Where Nix keeps its profiles"""

    namespace = "nix"

    useXdg = option(
        t.bool,
        default=lambda self: self._answer(),
        default_text=f"nix.assumeXdg, or nix.settings.{SETTING} of this configuration or else of that of the machine",
        visible=False,
        read_only=True,
        doc="Whether Nix keeps its profiles in the XDG directories.",
    )

    def _answer(self) -> bool:
        if not self._takes_part("nix.settings"):
            return of_system(self._argument("osConfig"))
        if self["nix.assumeXdg"]:
            return True
        settings = self["nix.settings"] if self["nix.enable"] else {}
        return bool(settings[SETTING]) if SETTING in settings else of_system(self._argument("osConfig"))
