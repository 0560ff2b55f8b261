from home_manager.authoring import *
from home_manager.modules.services import _mac_agent

EXAMPLE = """\
# open a terminal
cmd - return : /Applications/kitty.app/Contents/MacOS/kitty --single-instance -d ~

# open mpv
cmd - m : open -na /Applications/mpv.app $(pbpaste)
"""


class Skhd(Service):
    """skhd"""

    platforms = ("darwin",)

    package = Package("skhd")
    errorLogFile = _mac_agent.log_file("skhd", "err")
    outLogFile = _mac_agent.log_file("skhd", "out")
    config = option(
        t.null_or(t.either(t.path, t.lines)),
        default=None,
        example=EXAMPLE,
        doc="The keys, or the file that has them; see <https://github.com/koekeishiya/skhd>.",
    )
    agent = _mac_agent.agent("skhd")

    @defines("xdg.configFile", when=config)
    def file(self):
        entry = file_entry(self, self.config)
        return {"skhd/skhdrc": {**entry, **({"executable": True} if "text" in entry else {})}}
