from home_manager.authoring import *


class Amp(Program):
    """Amp, a modal text editor"""

    package = Package("amp", nullable=True)
    settings = Settings(
        formats.yaml,
        file="amp/config.yml",
        darwin="Library/Application Support/amp/config.yml",
        example={
            "line_length_guide": [80, 100],
            "line_wrapping": True,
            "open_mode": {"exclusions": ["**/.git", "**/.svn"]},
            "soft_tabs": True,
            "tab_width": 2,
            "theme": "solarized_dark",
        },
        doc="Settings of amp, see <https://amp.rs/docs/configuration/>.",
    )
