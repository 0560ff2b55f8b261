from home_manager.authoring import *
from home_manager.modules.programs._chromium import _Chromium


class GoogleChrome(_Chromium):
    """Google Chrome"""

    package = Package("google-chrome", nullable=True, install=False)
    plasmaSupport = option(
        t.bool, default=False, example=True, doc="Whether Chrome on Linux can look as Qt does, and works with Plasma."
    )
    plasmaBrowserIntegrationPackage = Package(
        "kdePackages.plasma-browser-integration",
        install=False,
        extra="It is the program that the extension of Plasma talks to.",
    )

    def _with_plasma(self):
        return self.plasmaSupport and not self._is_on("darwin")

    def _arguments(self):
        more = {"plasmaSupport": True, "kdePackages": self.pkgs["kdePackages"]} if self._with_plasma() else {}
        return {**super()._arguments(), **more}

    def _hosts(self):
        plasma = [self.plasmaBrowserIntegrationPackage] if self._with_plasma() else []
        return [*super()._hosts(), *plasma]
