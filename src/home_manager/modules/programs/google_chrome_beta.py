from home_manager.authoring import *
from home_manager.modules.programs._chromium import _Chromium


class GoogleChromeBeta(_Chromium):
    """Google Chrome Beta"""

    package = Package("google-chrome-beta", nullable=True, install=False)
