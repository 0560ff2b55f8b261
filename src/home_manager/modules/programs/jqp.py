from home_manager.authoring import *


class Jqp(Program):
    """jqp, a place to try out jq"""

    package = Package("jqp", nullable=True)
    settings = Settings(
        formats.yaml,
        file=".jqp.yaml",
        below="home.file",
        example={"theme": {"chromaStyleOverrides": {"kc": "#009900 underline"}, "name": "monokai"}},
        doc="The settings of jqp, see <https://github.com/noahgorstein/jqp#configuration>.",
    )
