from home_manager.authoring import *


class GitWorktreeSwitcher(Program):
    """git-worktree-switcher, which goes from worktree to worktree"""

    package = Package("git-worktree-switcher")
    shells = ShellIntegration(
        bash=lambda self: f'eval "$({exe(self.package)} init bash)"\n',
        zsh=lambda self: f'eval "$({exe(self.package)} init zsh)"\n',
        fish=lambda self: f"{exe(self.package)} init fish | source\n",
    )
