from home_manager.authoring import *


class PistonCli(Program):
    """piston-cli, a runner of code snippets"""

    package = Package("piston-cli")
    settings = Settings(
        formats.yaml,
        file="piston-cli/config.yml",
        example={
            "box_style": "MINIMAL_DOUBLE_HEAD",
            "prompt_continuation": "...",
            "prompt_start": ">>>",
            "theme": "emacs",
        },
        doc="Settings of piston-cli.",
    )
