from home_manager.authoring import *
from home_manager.modules import _graphical

EXAMPLE = """\
{
  margin = 200;
  buttons-per-row = "1/1";
  buttons = [
    {
      label = "lock";
      action = "swaylock";
      text = "Lock";
      keybind = "l";
      icon = "${pkgs.wleave}/share/wleave/icons/lock.svg";
    }
  ];
}
"""


class Wleave(Program):
    """wleave"""

    platforms = ("linux",)

    package = Package("wleave", nullable=True)
    settings = Settings(
        formats.json,
        file="wleave/layout.json",
        render=lambda self, value: f"{formats.json.compact(value)}\n",
        default={},
        example=literal(EXAMPLE),
        doc="The settings, see <https://github.com/AMNatty/wleave#configuration>.",
    )
    style = _graphical.style(
        "wleave",
        "wleave/style.css",
        example="window {\n  background-color: rgba(12, 12, 12, 0.8);\n}\n\nbutton {\n  border: none;\n}\n",
        doc="See <https://github.com/AMNatty/wleave#styling>.",
    )
