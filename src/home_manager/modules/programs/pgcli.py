from home_manager.authoring import *


class Pgcli(Program):
    """pgcli, PostgreSQL with completion"""

    package = Package("pgcli", nullable=True)
    settings = Settings(
        formats.ini,
        file="pgcli/config",
        example={
            "main": {"smart_completion": True, "vi": True},
            "named queries": {"simple": "select * from abc where a is not Null"},
        },
        doc="The settings of pgcli, see <https://www.pgcli.com/config>.",
    )
