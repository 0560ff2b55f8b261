from home_manager.authoring import *


class Ruff(Program):
    """ruff, a fast linter and formatter for Python"""

    package = Package("ruff", nullable=True)
    settings = Settings(
        formats.toml,
        file="ruff/ruff.toml",
        when=True,
        example={
            "line-length": 100,
            "lint": {"ignore": [], "select": ["E4", "E7", "E9", "F"]},
            "per-file-ignores": {"__init__.py": ["F401"]},
        },
        doc="The settings where a project has none, see <https://docs.astral.sh/ruff/configuration/>.",
    )
