from home_manager.authoring import *


class Aria2p(Program):
    """aria2p, a client and interface for aria2c"""

    package = Package("aria2p", default="python3Packages.aria2p", nullable=True)
    settings = Settings(
        formats.toml,
        file="aria2p/config.toml",
        example={
            "colors": {
                "FOCUSED_HEADER": "BLACK NORMAL CYAN",
                "METADATA": "WHITE UNDERLINE DEFAULT",
                "UI": "WHITE BOLD DEFAULT",
            },
            "key_bindings": {"AUTOCLEAR": "c", "FILTER": ["F4", "\\"]},
        },
        doc="Settings of aria2p.",
    )
