from home_manager.authoring import *


class Poetry(Program):
    """poetry, which manages the dependencies of Python projects"""

    package = Package(
        "poetry",
        nullable=True,
        example="pkgs.poetry.withPlugins (ps: with ps; [ poetry-plugin-up ])",
        extra="Plugins come with the package.",
    )
    settings = Settings(
        formats.toml,
        file="pypoetry/config.toml",
        darwin=application_support("pypoetry/config.toml"),
        example={"virtualenvs": {"create": True, "in-project": True}},
        doc="The settings of poetry, see <https://python-poetry.org/docs/configuration/>.",
    )
