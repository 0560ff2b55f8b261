from home_manager.authoring import *


class Cmus(Program):
    """cmus, a music player for the console"""

    package = Package("cmus", nullable=True)
    theme = option(
        t.lines, default="", example="gruvbox", doc="The colours, see <https://github.com/cmus/cmus/tree/master/data>."
    )
    extraConfig = option(
        t.lines,
        default="",
        example='set audio_backend = "mpd"\nset status_display = "default"\n',
        doc="Further commands that are run at the start.",
    )

    @config_file(".config/cmus/rc", below="home.file")
    def rc(self):
        theme = f"colorscheme {self.theme}" if self.theme else ""
        return f"{theme}\n{self.extraConfig}\n"
