from home_manager.authoring import *

BEGIN = """\
herbstclient emit_hook reload
herbstclient attr theme.tiling.reset 1
herbstclient attr theme.floating.reset 1
herbstclient keyunbind --all
herbstclient mouseunbind --all
herbstclient unrule --all"""
# What is done later at once does not flicker: each command only adds its words to the arguments of the script.
GATHER = """\
shopt -s expand_aliases
alias herbstclient='set -- "$@" ";"'
set --"""
TAGS = """\
for tag in {tags}; do
  herbstclient add "$tag"
done
if {client} object_tree tags.by-name.default > /dev/null 2>&1; then
  herbstclient use {first}
  herbstclient merge_tag default {first}
fi"""


def value_of(value):
    return ("true" if value else "false") if isinstance(value, bool) else formats.shell.quote(value)


class Herbstluftwm(Program):
    """herbstluftwm window manager"""

    namespace = "xsession.windowManager.herbstluftwm"
    platforms = ("linux",)

    package = Package("herbstluftwm")
    settings = option(
        t.attrs_of(t.one_of(t.bool, t.int, t.str)),
        default={},
        example={"gapless_grid": False, "window_border_width": 1, "window_border_active_color": "#FF0000"},
        doc="The settings of herbstluftwm.",
    )
    keybinds = option(
        t.attrs_of(t.str), default={}, example={"Mod4-o": "split right", "Mod4-u": "split bottom"}, doc="Keys."
    )
    mousebinds = option(
        t.attrs_of(t.str), default={}, example={"Mod4-B1": "move", "Mod4-B3": "resize"}, doc="Buttons of the mouse."
    )
    rules = option(
        t.list_of(t.str),
        default=[],
        example=["windowtype~'_NET_WM_WINDOW_TYPE_(NOTIFICATION|DOCK|DESKTOP)' manage=off"],
        doc="Rules for windows.",
    )
    tags = option(t.list_of(t.str), default=[], example=["work", "browser"], doc="Tags that are made at the start.")
    extraConfig = option(
        t.lines,
        default="",
        example="herbstclient set_layout max\nherbstclient detect_monitors\n",
        doc="Shell code for the end of `herbstluftwm/autostart`.",
    )
    enableAlias = option(
        t.bool,
        default=True,
        doc="Whether `herbstclient` in `autostart` only notes what it is to do, and all is done at once in the end. In "
        "functions, write `command herbstclient`.",
    )

    def _client(self):
        return f"{self.package}/bin/herbstclient"

    def _tags(self):
        if not self.tags:
            return ""
        tags = [formats.shell.quote(tag) for tag in self.tags]
        return TAGS.format(tags=" ".join(tags), client=self._client(), first=tags[0])

    @defines("xdg.configFile")
    def file(self):
        parts = [
            GATHER if self.enableAlias else "",
            BEGIN,
            *(f"herbstclient set {name} {value_of(value)}" for name, value in self.settings.items()),
            self._tags(),
            *(f"herbstclient keybind {key} {action}" for key, action in self.keybinds.items()),
            *(f"herbstclient mousebind {button} {action}" for button, action in self.mousebinds.items()),
            *(f"herbstclient rule {rule}" for rule in self.rules),
            self.extraConfig,
            "herbstclient unlock",
            f'{self._client()} chain ";" "$@"' if self.enableAlias else "",
        ]
        code = "".join(f"{part}\n" for part in parts if part)
        return {"herbstluftwm/autostart": {"source": self._made("writeShellScript", "herbstluftwm-autostart", code)}}

    @defines("xsession.windowManager.command")
    def command(self):
        return f"{self.package}/bin/herbstluftwm --locked"
