from home_manager.authoring import *


class Sqls(Program):
    """sqls, a language server for SQL"""

    package = Package("sqls", nullable=True)
    settings = Settings(
        formats.yaml,
        file="sqls/config.yml",
        example={
            "connections": [{"dataSourceName": "root:root@tcp(127.0.0.1:13306)/world", "driver": "mysql"}],
            "lowercaseKeywords": True,
        },
        doc="The settings of sqls, see <https://github.com/sqls-server/sqls#db-configuration>.",
    )
