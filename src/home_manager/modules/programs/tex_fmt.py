from home_manager.authoring import *


class TexFmt(Program):
    """tex-fmt, a formatter for LaTeX"""

    package = Package("tex-fmt", nullable=True)
    settings = Settings(
        formats.toml,
        file="tex-fmt/tex-fmt.toml",
        darwin=application_support("tex-fmt/tex-fmt.toml"),
        example={"lists": [], "tabchar": "space", "tabsize": 2, "wrap": True},
        doc="The settings of tex-fmt, see <https://github.com/WGUNDERWOOD/tex-fmt#configuration>.",
    )
