from home_manager.authoring import *


class Dprint(Program):
    """dprint, a formatter for many languages"""

    package = Package("dprint", nullable=True)
    settings = Settings(
        formats.json,
        file="dprint/dprint.json",
        example={
            "excludes": ["**/node_modules"],
            "plugins": ["https://plugins.dprint.dev/typescript-0.96.1.wasm"],
            "yaml": {},
        },
        doc="The global configuration, see <https://dprint.dev/config/>.",
    )
