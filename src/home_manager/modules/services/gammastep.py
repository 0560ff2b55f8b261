from home_manager.authoring import *
from home_manager.modules.services import _color_temperature


class Gammastep(_color_temperature._ColorTemperature):
    """Gammastep"""

    named = "Gammastep"
    section = "general"
    applet = "gammastep-indicator"
    config_name = "gammastep/config.ini"
    page = "https://gitlab.com/chinstrap/gammastep/"

    package = Package("gammastep")
    settings = _color_temperature.settings("general", "gammastep")
    renamed = _color_temperature.renamed("Gammastep", "general")
