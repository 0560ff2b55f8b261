from home_manager.authoring import *


class Anup(Program):
    """anup, a player and tracker of series"""

    package = Package("anup", nullable=True)
    config = option(t.either(t.str, t.path), default="", doc="The configuration, as a text or a file.")

    @defines("home.file", when=config)
    def file(self):
        return {".config/anup/config.ron": file_entry(self, self.config)}
