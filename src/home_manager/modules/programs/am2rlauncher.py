from home_manager.authoring import *


class Am2rlauncher(Program):
    """AM2RLauncher, which installs and starts a game"""

    platforms = ("linux",)
    package = Package("am2rlauncher", nullable=True)
    config = option(
        t.either(t.str, t.path),
        default="",
        doc="The configuration in XML, as a text or a file.",
    )

    @defines("xdg.configFile", when=config)
    def file(self):
        return {"AM2RLauncher/config.xml": file_entry(self, self.config)}
