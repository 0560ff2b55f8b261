from home_manager.authoring import *


class Ty(Program):
    """ty, a type checker for Python"""

    package = Package("ty", nullable=True)
    settings = Settings(
        formats.toml,
        file="ty/ty.toml",
        example={"rules": {"index-out-of-bounds": "ignore"}},
        doc="Settings of ty, see <https://docs.astral.sh/ty/configuration/>.",
    )
