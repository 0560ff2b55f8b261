from home_manager.authoring import *


class Pylint(Program):
    """pylint, which looks for mistakes in Python"""

    package = Package("python3Packages.pylint")
    settings = Settings(
        formats.ini(joined=True),
        file=".pylintrc",
        below="home.file",
        when=True,
        default_text="{}",
        doc="The sections of `~/.pylintrc`, see <https://pylint.readthedocs.io/en/stable/user_guide/configuration/>.",
    )
