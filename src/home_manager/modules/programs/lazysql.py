from home_manager.authoring import *


class Lazysql(Program):
    """lazysql, databases with windows and keys"""

    package = Package("lazysql", nullable=True)
    settings = Settings(
        formats.toml,
        file="lazysql/config.toml",
        example={"application": {"DefaultPageSize": 300}},
        doc="The settings of lazysql, see <https://github.com/jorgerojas26/lazysql#configuration>.",
    )
