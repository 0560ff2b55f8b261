from home_manager.authoring import *

STYLE = """\
.onagre {
  --exit-unfocused: false;
  height: 250px;
  background: #151515;
  .container {
    .rows {
      --height: fill-portion 6;
    }
  }
}
"""


class Onagre(Program):
    """onagre"""

    platforms = ("linux",)

    package = Package("onagre", nullable=True)
    style = ExtraText(
        file="onagre/theme.scss",
        example=STYLE,
        doc="The theme, see <https://github.com/onagre-launcher/onagre/wiki/Theming>.",
    )
