from home_manager.authoring import *


class Bar(Options):
    """The bar that shows the place in the lines kept."""

    enable = option(t.bool, default=True, doc="Whether there is a scrollbar.")
    style = option(t.enum("rxvt", "plain", "next", "xterm"), default="plain", doc="What the scrollbar looks like.")
    align = option(t.enum("top", "bottom", "center"), default="center", doc="Where the thumb follows the pointer.")
    position = option(t.enum("left", "right"), default="right", doc="The side of the window with the scrollbar.")
    floating = option(t.bool, default=True, doc="Whether a scrollbar of the style rxvt has no trough.")


class Scroll(Options):
    """Scrolling."""

    bar = option(t.submodule(Bar), default={}, doc="The scrollbar.")
    lines = option(t.unsigned, default=10000, doc="How many lines are kept.")
    keepPosition = option(t.bool, default=True, doc="Whether the view stays where it is when new lines arrive.")
    scrollOnKeystroke = option(t.bool, default=True, doc="Whether a key scrolls to the end.")
    scrollOnOutput = option(t.bool, default=False, doc="Whether output scrolls to the end.")


class Urxvt(Program):
    """rxvt-unicode, a terminal emulator"""

    package = Package("rxvt-unicode")
    fonts = option(
        t.list_of(t.str),
        default=[],
        example=["xft:Droid Sans Mono Nerd Font:size=9"],
        doc="Fonts, the first one first.",
    )
    keybindings = option(
        t.attrs_of(t.str),
        default={},
        example={"Shift-Control-C": "eval:selection_to_clipboard", "Shift-Control-V": "eval:paste_clipboard"},
        doc="What keys do, by key.",
    )
    iso14755 = option(t.bool, default=True, doc="Whether characters can be typed by their numbers, as in ISO 14755.")
    scroll = group(Scroll)
    transparent = option(t.bool, default=False, doc="Whether the background of the desktop shows through.")
    shading = option(
        t.between(0, 200), default=100, doc="How much darker (below 100) or lighter the background is when transparent."
    )
    extraConfig = option(
        t.attrs_of(t.anything),
        default={},
        example={"shading": 15},
        doc="Further resources, without `URxvt.` before them.",
    )

    @defines("xresources.properties")
    def resources(self):
        bar = self.scroll.bar
        resources = {
            "scrollBar": bar.enable,
            "scrollstyle": bar.style,
            "scrollBar_align": bar.align,
            "scrollBar_right": bar.position == "right",
            "scrollBar_floating": bar.floating,
            "saveLines": self.scroll.lines,
            "scrollWithBuffer": self.scroll.keepPosition,
            "scrollTtyKeypress": self.scroll.scrollOnKeystroke,
            "scrollTtyOutput": self.scroll.scrollOnOutput,
            "transparent": self.transparent,
            "shading": self.shading,
            "iso14755": self.iso14755,
        }
        resources |= {f"keysym.{key}": action for key, action in self.keybindings.items()}
        resources |= {"font": ",".join(self.fonts)} if self.fonts else {}
        return {f"URxvt.{name}": value for name, value in (resources | self.extraConfig).items()}
