from home_manager.authoring import *
from home_manager.modules.programs._chromium import _Chromium


class BraveOrigin(_Chromium):
    """Brave Origin"""

    package = Package("brave-origin", nullable=True, install=False)
