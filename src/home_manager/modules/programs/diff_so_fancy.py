from home_manager.authoring import *
from home_manager.modules.programs._differ import _Differ, pager

MOVED = ("markEmptyLines", "changeHunkIndicators", "stripLeadingSymbols", "useUnicodeRuler", "rulerWidth")
"""Settings that had an option each."""


class DiffSoFancy(_Differ):
    """diff-so-fancy, which makes differences easier to read"""

    program = "diff-so-fancy"

    pagerOpts = option(t.list_of(t.str), default=["--tabs=4", "-RFX"], doc="Options of `less`.")
    settings = option(
        t.attrs_of(t.one_of(t.str, t.bool, t.int)),
        default={},
        example={"markEmptyLines": True, "stripLeadingSymbols": True, "useUnicodeRuler": True, "rulerWidth": 80},
        doc="The settings of diff-so-fancy, which it reads from git's configuration.",
    )
    renamed = (
        Renamed("/programs.git.diff-so-fancy.enable", "enable"),
        Renamed("/programs.git.diff-so-fancy.pagerOpts", "pagerOpts"),
        *(Renamed(name, f"settings.{name}") for name in MOVED),
        *(Renamed(f"/programs.git.diff-so-fancy.{name}", f"settings.{name}") for name in MOVED),
    )

    @defines("home.packages")
    def installed(self):
        return [self.pkgs["diff-so-fancy"]]

    @defines("programs.git.iniContent", when="enableGitIntegration")
    def in_git(self):
        program = exe(self.pkgs["diff-so-fancy"])
        command = f"{program} | {exe(self.pkgs['less'])} {formats.shell.quote_all(self.pagerOpts)}"
        return {
            "pager": pager(command),
            "interactive": {"diffFilter": f"{program} --patch"},
            "diff-so-fancy": self.settings,
        }
