from home_manager.authoring import *
from home_manager.modules.programs._firefox import (
    _Browser,
    directory_option,
    internal_text,
    package_option,
    profiles_option,
)


class Floorp(_Browser):
    """Floorp."""

    app = "Floorp"

    package = package_option("floorp-bin")
    name = internal_text("The name of the browser.", default="Floorp", example="Firefox")
    wrappedPackageName = internal_text("The name of its package.", t.null_or(t.str), default="floorp-bin")
    darwinAppName = internal_text("The name of the application on macOS.", default="Floorp")
    darwinDefaultsId = option(
        t.null_or(t.str),
        default=None,
        example="com.developer.app",
        doc="The domain of macOS's defaults that policies go to; `null` for none.",
    )
    configPath = directory_option(".floorp", "Library/Application Support/Floorp")
    profiles = profiles_option("Floorp")
