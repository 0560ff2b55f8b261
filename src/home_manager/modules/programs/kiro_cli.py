from home_manager.authoring import *


class KiroCli(Program):
    """kiro-cli, the assistant of Kiro in the terminal"""

    package = Package("kiro-cli")
    shells = ShellIntegration(bash=True, zsh=True)

    def _around(self, shell):
        yield before(f'eval "$({exe(self.package)} init {shell} pre)"\n')
        yield after(f'eval "$({exe(self.package)} init {shell} post)"\n')

    @defines("programs.bash.initExtra", when=lambda self: self.shells["bash"])
    def in_bash(self):
        yield from self._around("bash")

    @defines("programs.zsh.initContent", when=lambda self: self.shells["zsh"])
    def in_zsh(self):
        yield from self._around("zsh")
