from home_manager.authoring import *


class Aphorme(Program):
    """Aphorme, a program launcher"""

    platforms = ("linux",)
    package = Package("aphorme", nullable=True)
    settings = Settings(
        formats.toml,
        file=".config/aphorme/config.toml",
        below="home.file",
        example={
            "app_cfg": {"paths": ["$HOME/Desktop"]},
            "gui_cfg": {"font_size": 12, "icon": True, "ui_framework": "EGUI", "window_size": [300, 300]},
        },
        doc="Settings of aphorme, see <https://github.com/Iaphetes/aphorme_launcher?tab=readme-ov-file#configuration>.",
    )
