"""`programs.patdiff`."""

from __future__ import annotations

from typing import Any

from home_manager.authoring import Package, Renamed, defines, exe
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
    def in_git(self) -> Any:
        return {"diff": {"external": exe(self.package, "patdiff-git-wrapper")}}
