from home_manager.authoring import *

EXAMPLE = """\
{
  "<config>" = {
    edge = "bottom";
    font = "Dina 12";
  };

  green = {
    edge = "top";
    background = "00AA00";
    text = "FFFFFF";
    button-background = "00CC00";
    message-padding = 10;
  };
}
"""
ATOM = t.described(
    t.null_or(t.one_of(t.bool, t.int, t.float, t.str)), "Swaynag config atom (null, bool, int, float, str)"
)


class Swaynag(Program):
    """configuration of swaynag, which shows messages at an edge of the screen"""

    namespace = "wayland.windowManager.sway.swaynag"
    platforms = ("linux",)

    settings = Settings(
        formats.ini,
        type=t.attrs_of(t.attrs_of(ATOM)),
        file="swaynag/config",
        example=literal(EXAMPLE),
        doc="The settings of swaynag by type of message, see swaynag(5). Those of `<config>` win over those of a type.",
    )
