from home_manager.authoring import *
from home_manager.modules.programs._chromium import _Chromium


class Chromium(_Chromium):
    """Chromium"""

    package = Package("chromium", nullable=True, install=False)
