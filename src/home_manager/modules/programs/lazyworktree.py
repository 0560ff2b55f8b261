from home_manager.authoring import *

POSIX = """\
function %s() {
  local chosen
  chosen=$(command lazyworktree "$@") || return
  [ ! -d "$chosen" ] || cd "$chosen"
}
"""

FISH = """\
set -l chosen (command lazyworktree $argv); or return
if test -d "$chosen"
  cd "$chosen"
end
"""


class Lazyworktree(Program):
    """lazyworktree, worktrees of git with windows and keys"""

    package = Package("lazyworktree", nullable=True)
    settings = Settings(
        formats.yaml,
        file="lazyworktree/config.yaml",
        example={"worktree_dir": "~/worktrees", "sort_mode": "switched", "auto_refresh": True},
        doc="The settings of lazyworktree, see <https://github.com/chmouel/lazyworktree#configuration>.",
    )
    shells = ShellIntegration(
        bash=lambda self: POSIX % self.shellWrapperName, zsh=lambda self: POSIX % self.shellWrapperName, fish=True
    )
    shellWrapperName = option(
        t.str,
        default="lwt",
        example="wt",
        doc="The shell function that runs lazyworktree and goes where one has chosen.",
    )

    @defines("programs.fish.functions", when=lambda self: self.shells["fish"])
    def in_fish(self):
        return {self.shellWrapperName: FISH}
