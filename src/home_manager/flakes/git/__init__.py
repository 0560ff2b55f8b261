"""Git repositories, through the program `git`: work trees as they are, and revisions of repositories anywhere.

A repository is somebody else's word. What its configuration says is not followed: `program` is the only place that starts
git, and `repository` looks at other people's repositories through a git directory of our own, which has none of their
configuration, hooks and attributes.
"""

from home_manager.flakes.git.export import export
from home_manager.flakes.git.program import check_address
from home_manager.flakes.git.remote import local_path, locate
from home_manager.flakes.git.repository import Repository, is_bare, opened
from home_manager.flakes.git.work_tree import WorkTree, commit, look, state, track

__all__ = [
    "Repository",
    "WorkTree",
    "check_address",
    "commit",
    "export",
    "is_bare",
    "local_path",
    "locate",
    "look",
    "opened",
    "state",
    "track",
]
