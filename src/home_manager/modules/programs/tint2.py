from home_manager.authoring import *


class Tint2(Program):
    """tint2, a simple, unobtrusive and light panel for Xorg"""

    package = Package("tint2")
    extraConfig = ExtraText(file="tint2/tint2rc", doc="The configuration.")
