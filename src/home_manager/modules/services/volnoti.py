from home_manager.authoring import *


class Volnoti(Service):
    """Volnoti volume HUD daemon"""

    package = Package("volnoti")
    unit = UserUnit(
        lambda self: f"{exe(self.package)} -v -n", description="volnoti", wanted_by="graphical-session.target"
    )
