from home_manager.authoring import *


class Visidata(Program):
    """VisiData, tables in the terminal"""

    package = Package("visidata", nullable=True)
    visidatarc = ExtraText(
        file=".visidatarc",
        below="home.file",
        example="options.min_memory_mb=100\n",
        doc="What visidatarc holds: Python, see <https://www.visidata.org/docs/customize/>.",
    )
