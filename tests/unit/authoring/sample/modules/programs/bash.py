"""bash"""

from home_manager.authoring import ExtraText, Program, defines, option, t


class Bash(Program):
    """Bash"""

    initExtra = option(t.lines, default="", doc="What to run.")
    profileExtra = ExtraText(file=".profile", below="home.file", doc="What to run first.")

    @defines("home.file", when=initExtra)
    def rc(self):
        return {".bashrc": {"text": self.initExtra}}
