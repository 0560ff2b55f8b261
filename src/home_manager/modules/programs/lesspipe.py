from home_manager.authoring import *


class Lesspipe(Program):
    """lesspipe, which makes less show what is no text"""

    package = Package("lesspipe", install=False)
    preprocessor = Variables(LESSOPEN=lambda self: f"|{self.package}/bin/lesspipe.sh %s")
