from home_manager.authoring import *


class Fastfetch(Program):
    """Fastfetch, which shows what a system is made of"""

    package = Package("fastfetch", nullable=True)
    settings = Settings(
        formats.json,
        file="fastfetch/config.jsonc",
        example={
            "logo": {"source": "nixos_small", "padding": {"right": 1}},
            "modules": [{"type": "datetime", "key": "Date", "format": "{1}-{3}-{11}"}, "break", "player"],
        },
        doc="The settings of Fastfetch, see <https://github.com/fastfetch-cli/fastfetch/wiki/Json-Schema>.",
    )
