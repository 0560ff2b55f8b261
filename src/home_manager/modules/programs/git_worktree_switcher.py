from home_manager.authoring import *


class GitWorktreeSwitcher(Program):
    """git-worktree-switcher, which goes from worktree to worktree"""

    package = Package("git-worktree-switcher")
    shells = ShellIntegration(
        hook="init {shell}",
    )
