from home_manager.authoring import *

EXAMPLE = """\
{
  main = {
    terminal = "${pkgs.foot}/bin/foot";
    layer = "overlay";
  };
  colors.background = "ffffffff";
}
"""


class Fuzzel(Program):
    """fuzzel"""

    platforms = ("linux",)

    package = Package("fuzzel", nullable=True)
    settings = Settings(
        formats.ini,
        file="fuzzel/fuzzel.ini",
        example=literal(EXAMPLE),
        doc="The settings of fuzzel, see fuzzel.ini(5).",
    )
