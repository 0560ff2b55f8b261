from home_manager.authoring import *
from home_manager.modules.programs._chromium import _Chromium


class GoogleChromeDev(_Chromium):
    """Google Chrome Dev"""

    package = Package("google-chrome-dev", nullable=True, install=False)
