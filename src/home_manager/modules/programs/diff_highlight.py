from home_manager.authoring import *
from home_manager.modules.programs._differ import _Differ, pager


class DiffHighlight(_Differ):
    """diff-highlight, which comes with git and marks what changed within lines"""

    program = "diff-highlight"

    pagerOpts = option(t.list_of(t.str), default=[], example=["--tabs=4", "-RFX"], doc="Options of `less`.")
    renamed = (
        Renamed("/programs.git.diff-highlight.enable", "enable"),
        Renamed("/programs.git.diff-highlight.pagerOpts", "pagerOpts"),
    )

    @check
    def has_git(self):
        if self.enableGitIntegration and self["programs.git.package"] is None:
            yield (
                "programs.diff-highlight.enableGitIntegration requires programs.git.package to be set.\n"
                "Please set programs.git.package to a valid git package.\n"
            )

    @defines("programs.git.iniContent", when="enableGitIntegration")
    def in_git(self):
        git = self["programs.git.package"]
        if git is None:
            return None
        program = f"{git}/share/git/contrib/diff-highlight/diff-highlight"
        command = f"{program} | {exe(self.pkgs['less'])} {formats.shell.quote_all(self.pagerOpts)}"
        return {"pager": pager(command), "interactive": {"diffFilter": program}}
