from home_manager.authoring import *
from home_manager.modules.programs._chromium import _Chromium


class Vivaldi(_Chromium):
    """Vivaldi Browser"""

    package = Package("vivaldi", nullable=True, install=False)
