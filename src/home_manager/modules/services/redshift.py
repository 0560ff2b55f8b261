from home_manager.authoring import *
from home_manager.modules.services import _color_temperature


class Redshift(_color_temperature._ColorTemperature):
    """Redshift"""

    named = "Redshift"
    section = "redshift"
    applet = "redshift-gtk"
    config_name = "redshift/redshift.conf"
    page = "http://jonls.dk/redshift/"

    package = Package("redshift")
    settings = _color_temperature.settings("redshift", "redshift")
    renamed = _color_temperature.renamed("Redshift", "redshift")
