from home_manager.authoring import *


class Earthly(Program):
    """earthly, builds in containers"""

    package = Package("earthly", nullable=True)
    settings = Settings(
        formats.yaml,
        file=".earthly/config.yml",
        below="home.file",
        example={"global": {"disable_analytics": True, "disable_log_sharing": True}},
        doc="The settings of earthly, see <https://docs.earthly.dev/docs/earthly-config>.",
    )
