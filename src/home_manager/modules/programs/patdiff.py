from home_manager.authoring import *
from home_manager.modules.programs._differ import _Differ


class Patdiff(_Differ):
    """patdiff, which compares files by words"""

    program = "patdiff"

    package = Package("patdiff")
    renamed = (
        Renamed("/programs.git.patdiff.enable", "enable"),
        Renamed("/programs.git.patdiff.package", "package"),
    )

    @defines("programs.git.iniContent", when="enableGitIntegration")
    def in_git(self):
        return {"diff": {"external": exe(self.package, "patdiff-git-wrapper")}}
