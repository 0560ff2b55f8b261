from home_manager.authoring import *

SECTIONS = {
    "options": {
        "allow_bold": "allowBold",
        "audible_bell": "audibleBell",
        "browser": "browser",
        "clickable_url": "clickableUrl",
        "cursor_blink": "cursorBlink",
        "cursor_shape": "cursorShape",
        "dynamic_title": "dynamicTitle",
        "filter_unmatched_urls": "filterUnmatchedUrls",
        "font": "font",
        "fullscreen": "fullscreen",
        "geometry": "geometry",
        "icon_name": "iconName",
        "modify_other_keys": "modifyOtherKeys",
        "mouse_autohide": "mouseAutohide",
        "scroll_on_keystroke": "scrollOnKeystroke",
        "scroll_on_output": "scrollOnOutput",
        "scrollback_lines": "scrollbackLines",
        "scrollbar": "scrollbar",
        "search_wrap": "searchWrap",
        "size_hints": "sizeHints",
        "urgent_on_bell": "urgentOnBell",
    },
    "colors": {
        "background": "backgroundColor",
        "cursor": "cursorColor",
        "cursor_foreground": "cursorForegroundColor",
        "foreground": "foregroundColor",
        "foreground_bold": "foregroundBoldColor",
        "highlight": "highlightColor",
    },
    "hints": {
        "active_background": "hintsActiveBackgroundColor",
        "active_foreground": "hintsActiveForegroundColor",
        "background": "hintsBackgroundColor",
        "border": "hintsBorderColor",
        "border_width": "hintsBorderWidth",
        "font": "hintsFont",
        "foreground": "hintsForegroundColor",
        "padding": "hintsPadding",
        "roundness": "hintsRoundness",
    },
}
"""The keys of each section of the file, and their options."""


def setting(type_, doc, example=None):
    """An option that is left out of the file unless it is set."""
    return option(t.null_or(type_), default=None, doc=doc, **({} if example is None else {"example": example}))


class Termite(Program):
    """Termite, a terminal made of VTE"""

    package = Package("termite", nullable=True)
    enableVteIntegration = option(
        t.bool, default=True, example=True, doc="Whether to enable what bash and zsh have for VTE."
    )
    allowBold = setting(t.bool, "Whether programs may write in bold.")
    audibleBell = setting(t.bool, "Whether the bell makes a sound.")
    browser = setting(
        t.str, "The program that opens links; else that of {env}`BROWSER`, without which there are no hints.",
        "${pkgs.xdg-utils}/xdg-open",
    )  # fmt: skip
    clickableUrl = setting(t.bool, "Whether a click on a link opens it in the browser.")
    cursorBlink = setting(t.enum("system", "on", "off"), "Whether the cursor blinks.", "system")
    cursorShape = setting(t.enum("block", "underline", "ibeam"), "The shape of the cursor.", "block")
    dynamicTitle = setting(t.bool, "Whether the shell can change the title of the window.")
    filterUnmatchedUrls = setting(t.bool, "Whether hints for links that do not match what is typed disappear.")
    font = setting(t.str, "The font.", "Monospace 12")
    fullscreen = setting(t.bool, "Whether F11 makes the window as large as the screen.")
    geometry = setting(t.str, "The size of new windows.", "640x480")
    iconName = setting(t.str, "The name of the icon of the window.", "terminal")
    modifyOtherKeys = setting(t.bool, "Whether further keys send sequences, as {manpage}`xterm(1)` does.")
    mouseAutohide = setting(t.bool, "Whether typing hides the pointer.")
    scrollOnKeystroke = setting(t.bool, "Whether a key scrolls to the end.")
    scrollOnOutput = setting(t.bool, "Whether output scrolls to the end.")
    scrollbackLines = setting(t.int, "How many lines are kept.", 10000)
    scrollbar = setting(t.enum("off", "left", "right"), "Where the scrollbar is.")
    searchWrap = setting(t.bool, "Whether a search goes on at the top when it is at the end.")
    sizeHints = setting(t.bool, "Whether the window only has sizes of whole cells, if the window manager plays along.")
    urgentOnBell = setting(t.bool, "Whether the bell marks the window as urgent.")
    optionsExtra = option(t.lines, default="", example="fullscreen = true", doc="Lines of the section `options`.")

    backgroundColor = setting(t.str, "The colour of the background.", "rgba(63, 63, 63, 0.8)")
    cursorColor = setting(t.str, "The colour of the cursor.", "#dcdccc")
    cursorForegroundColor = setting(t.str, "The colour of the text below the cursor.", "#dcdccc")
    foregroundColor = setting(t.str, "The colour of text.", "#dcdccc")
    foregroundBoldColor = setting(t.str, "The colour of bold text.", "#ffffff")
    highlightColor = setting(t.str, "The colour behind selected text.", "#2f2f2f")
    colorsExtra = option(
        t.lines,
        default="",
        example="color0 = #3f3f3f\ncolor1 = #705050\ncolor2 = #60b48a\n",
        doc="Lines of the section `colors`.",
    )

    hintsActiveBackgroundColor = setting(t.str, "The background of the hint that is chosen.", "#3f3f3f")
    hintsActiveForegroundColor = setting(t.str, "The colour of the hint that is chosen.", "#e68080")
    hintsBackgroundColor = setting(t.str, "The background of hints.", "#3f3f3f")
    hintsForegroundColor = setting(t.str, "The colour of hints.", "#dcdccc")
    hintsBorderColor = setting(t.str, "The colour of the border of hints.", "#3f3f3f")
    hintsBorderWidth = setting(t.str, "The width of the border of hints.", "0.5")
    hintsFont = setting(t.str, "The font of hints.", "Monospace 12")
    hintsPadding = setting(t.int, "The space around the text of hints.", 2)
    hintsRoundness = setting(t.str, "How round the corners of hints are.", "0.2")
    hintsExtra = option(t.lines, default="", example="border = #3f3f3f", doc="Lines of the section `hints`.")

    @check
    def single_lines(self):
        for names in SECTIONS.values():
            for name in names.values():
                if "\n" in str(getattr(self, name)):
                    yield f"programs.termite.{name} must be a single line; further lines belong into the options …Extra."

    def _line(self, key, name):
        value = getattr(self, name)
        if value is None:
            return "\n"
        return f"{key} = {str(value).lower() if isinstance(value, bool) else value}\n"

    @config_file("termite/config")
    def settings(self):
        return "\n".join(
            f"[{section}]\n"
            + "".join(self._line(key, name) for key, name in names.items())
            + f"\n{getattr(self, f'{section}Extra')}\n"
            for section, names in SECTIONS.items()
        )

    @defines("programs.bash.enableVteIntegration")
    def bash(self):
        return default(self.enableVteIntegration)

    @defines("programs.zsh.enableVteIntegration")
    def zsh(self):
        return default(self.enableVteIntegration)
