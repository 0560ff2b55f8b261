from home_manager.authoring import *


class Amoco(Program):
    """amoco, an analyser of binaries"""

    package = Package("amoco", nullable=True)
    config = option(t.either(t.str, t.path), default="", doc="The configuration, as a text or a file.")

    @defines("home.file", when=config)
    def file(self):
        return {".config/amoco/config": file_entry(self, self.config)}
