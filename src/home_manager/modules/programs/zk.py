from home_manager.authoring import *


class Zk(Program):
    """zk, a notebook of plain text notes"""

    package = Package("zk", nullable=True)
    settings = Settings(
        formats.toml,
        file="zk/config.toml",
        example={
            "extra": {"author": "Mickaël"},
            "note": {
                "default-title": "Untitled",
                "extension": "md",
                "filename": "{{id}}-{{slug title}}",
                "id-case": "lower",
                "id-charset": "alphanum",
                "id-length": 4,
                "language": "en",
                "template": "default.md",
            },
        },
        doc="Settings of zk, see <https://github.com/mickael-menu/zk/blob/main/docs/config.md>.",
    )
