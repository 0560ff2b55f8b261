from home_manager.authoring import *
from home_manager.modules.programs._chromium import _Chromium


class MicrosoftEdge(_Chromium):
    """Microsoft Edge"""

    package = Package("microsoft-edge", nullable=True, install=False)
