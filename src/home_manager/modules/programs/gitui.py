from home_manager.authoring import *

THEME = """\
(
  selected_tab: Reset,
  command_fg: White,
  selection_bg: Blue,
  selection_fg: White,
  cmdbar_bg: Blue,
  cmdbar_extra_lines_bg: Blue,
  disabled_fg: DarkGray,
  diff_line_add: Green,
  diff_line_delete: Red,
  diff_file_added: LightGreen,
  diff_file_removed: LightRed,
  diff_file_moved: LightMagenta,
  diff_file_modified: Yellow,
  commit_hash: Magenta,
  commit_time: LightCyan,
  commit_author: Green,
  danger_fg: Red,
  push_gauge_bg: Blue,
  push_gauge_fg: Reset,
  tag_fg: LightMagenta,
  branch_fg: LightYellow,
)
"""
"""The colours that gitui has had for long."""

KEYS = """\
exit: Some(( code: Char('c'), modifiers: ( bits: 2,),)),
quit: Some(( code: Char('q'), modifiers: ( bits: 0,),)),
exit_popup: Some(( code: Esc, modifiers: ( bits: 0,),)),
"""


class Gitui(Program):
    """gitui, a fast terminal interface of git"""

    package = Package("gitui")
    keyConfig = ExtraText(
        file="gitui/key_bindings.ron",
        type=t.either(t.path, t.lines),
        when=True,
        example=KEYS,
        doc="The keys, as a file in the format RON or its text; {file}`$XDG_CONFIG_HOME/gitui/key_bindings.ron`.",
    )
    theme = ExtraText(
        file="gitui/theme.ron",
        type=t.either(t.path, t.lines),
        when=True,
        default=THEME,
        doc="The colours, as a file in the format RON or its text; {file}`$XDG_CONFIG_HOME/gitui/theme.ron`.",
    )
