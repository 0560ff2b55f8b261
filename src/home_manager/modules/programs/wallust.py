from home_manager.authoring import *


class Wallust(Program):
    """Wallust color scheme generator"""

    package = Package("wallust", nullable=True)
    settings = Settings(
        formats.toml,
        file="wallust/wallust.toml",
        darwin=application_support("wallust/wallust.toml"),
        example={"palette": "softdark"},
        doc="The settings, see <https://explosion-mental.codeberg.page/wallust/config/>.",
    )
