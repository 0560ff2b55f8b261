from home_manager.authoring import *


class Aiac(Program):
    """aiac, which generates infrastructure as code"""

    package = Package("aiac", nullable=True)
    settings = Settings(
        formats.toml,
        file="aiac/aiac.toml",
        example={
            "default_backend": "localhost",
            "backends": {"localhost": {"type": "ollama", "url": "http://localhost:11434/api"}},
        },
        doc="The settings of aiac, see <https://github.com/gofireflyio/aiac#configuration>.",
    )
