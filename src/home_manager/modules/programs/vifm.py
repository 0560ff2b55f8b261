from home_manager.authoring import *


class Vifm(Program):
    """Vifm, a file manager with the keys of Vim"""

    package = Package("vifm", nullable=True)
    extraConfig = ExtraText(file="vifm/vifmrc", example="mark h ~/", doc="The lines of vifmrc.")
