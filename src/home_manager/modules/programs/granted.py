from home_manager.authoring import *

ZSH = """\
function assume() {
  # The program asks for an alias unless this says that there is one.
  export GRANTED_ALIAS_CONFIGURED="true"
  source %s "$@"
  unset GRANTED_ALIAS_CONFIGURED
}
"""

FISH = """\
set -x GRANTED_ALIAS_CONFIGURED true
source %s $argv
set -e GRANTED_ALIAS_CONFIGURED
"""


class Granted(Program):
    """granted, which takes roles in cloud accounts"""

    package = Package("granted")
    shells = ShellIntegration(zsh=lambda self: ZSH % f"{self.package}/bin/assume", fish=True)

    @defines("programs.fish.functions.assume", when=lambda self: self.shells["fish"])
    def in_fish(self):
        return FISH % f"{self.package}/share/assume.fish"
