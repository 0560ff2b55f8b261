from home_manager.authoring import *
from home_manager.modules import _graphical

YUCK = """\
(defwindow example
  :monitor 0
  :geometry (geometry :x "0%" :y "20px" :width "90%" :height "30px" :anchor "top center")
  :stacking "fg"
  :windowtype "dock"
"example content")
"""
COMPLETIONS = "This option is no longer necessary. Shell completions are now installed with eww by nixpkgs."


class Eww(Program):
    """eww"""

    package = Package("eww")
    yuckConfig = ExtraText(
        type=t.null_or(t.lines), default=None, example=YUCK, file="eww/eww.yuck", doc="The windows, for `eww/eww.yuck`."
    )
    scssConfig = ExtraText(
        type=t.null_or(t.lines),
        default=None,
        example="window {\n  background: pink;\n}\n",
        file="eww/eww.scss",
        doc="The style sheet, for `eww/eww.scss`.",
    )
    systemd = _graphical.systemd("the daemon of eww", example="")
    removed = (
        *(Removed(f"enable{shell}Integration", COMPLETIONS) for shell in ("Bash", "Zsh", "Fish")),
        Removed(
            "configDir",
            "programs.eww.configDir is now deprecated, please use programs.eww.yuckConfig and programs.eww.scssConfig "
            "instead.",
        ),
    )
    unit = UserUnit(
        lambda self: f"{exe(self.package)} daemon --no-daemonize",
        description="ElKowars wacky widgets daemon",
        after="graphical-session.target",
        part_of="graphical-session.target",
        wanted_by=lambda self: self.systemd.target,
        unit={"Documentation": "https://elkowar.github.io/eww/"},
        service=lambda self: {"ExecStop": f"{exe(self.package)} kill", "ExecReload": f"{exe(self.package)} reload"},
        when=lambda self: self.systemd.enable,
    )
