from home_manager.authoring import *

EXAMPLE = """\
Config
  { font        = "Fira Code"
  , position    = TopSize C 99 30
  , commands    =
      [ Run Date "date: %a %d %b %Y %H:%M:%S" "date" 10
      , Run StdinReader
      ]
  , sepChar     = "%"
  , alignSep    = "}{"
  , template    = "  %StdinReader% }{%date%  "
  }
"""


class Xmobar(Program):
    """Xmobar, a minimalistic status bar"""

    package = Package("haskellPackages.xmobar")
    extraConfig = option(
        t.lines, default="", example=literal(EXAMPLE), doc="The configuration, see <https://xmobar.org/#configuration>."
    )

    @config_file("xmobar/.xmobarrc")
    def file(self):
        return self.extraConfig
