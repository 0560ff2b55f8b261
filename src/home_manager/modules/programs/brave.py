from home_manager.authoring import *
from home_manager.modules.programs._chromium import _Chromium


class Brave(_Chromium):
    """Brave Browser"""

    package = Package("brave", nullable=True, install=False)
