from home_manager.authoring import *
from home_manager.modules.programs._mail import enabled
from home_manager.modules.programs._vesktop import _Client, _Cord, client_settings, cord_settings


class Vencord(_Cord):
    """Vencord, which changes Discord."""

    useSystem = enabled("Vencord package from Nixpkgs")
    settings = cord_settings("Vencord", "https://github.com/Vendicated/Vencord/blob/main/src/api/Settings.ts")


class Vesktop(_Client):
    """Vesktop, a client of Discord"""

    cord = "vencord"

    package = Package("vesktop", nullable=True, install=False)
    settings = client_settings("Vesktop", "https://github.com/Vencord/Vesktop/blob/main/src/shared/settings.d.ts")
    vencord = group(Vencord)

    @defines("home.packages", when=package)
    def installed(self):
        return [self._made(self.package["override"], {"withSystemVencord": self.vencord.useSystem})]
