from home_manager.authoring import *
from home_manager.modules.programs._vesktop import _Client, _Cord, client_settings, cord_settings


class Equicord(_Cord):
    """Equicord, which changes Discord."""

    settings = cord_settings("Equicord", "https://github.com/Equicord/Equicord/blob/main/src/api/Settings.ts")


class Equibop(_Client):
    """Equibop, a client of Discord"""

    cord = "equicord"

    package = Package("equibop", nullable=True)
    settings = client_settings("Equibop", "https://github.com/Equicord/Equibop/blob/main/src/shared/settings.d.ts")
    equicord = group(Equicord)
