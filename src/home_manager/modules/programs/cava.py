from home_manager.authoring import *


class Cava(Program):
    """cava, which shows what is heard"""

    package = Package("cava", nullable=True)
    settings = Settings(
        formats.ini,
        file="cava/config",
        example={"general": {"framerate": 60}, "color": {"background": "'#000000'"}},
        doc="The settings of cava, see <https://github.com/karlstav/cava/blob/master/example_files/config>.",
    )
