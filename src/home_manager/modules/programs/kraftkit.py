from home_manager.authoring import *


class Kraftkit(Program):
    """kraftkit, which builds and runs unikernels"""

    package = Package("kraft", nullable=True)
    settings = Settings(
        formats.yaml,
        file="kraftkit/config.yaml",
        example={"log": {"level": "info", "type": "fancy"}, "no_prompt": True},
        doc="The settings of kraftkit, see <https://unikraft.org/docs/cli/options>.",
    )
