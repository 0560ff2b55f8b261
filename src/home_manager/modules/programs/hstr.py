from home_manager.authoring import *


class Hstr(Program):
    """HSTR, a search in the history of bash and zsh"""

    package = Package("hstr")
    shells = ShellIntegration(
        bash=lambda self: self._configured_by("--show-configuration"),
        zsh=lambda self: self._configured_by("--show-zsh-configuration"),
    )

    def _configured_by(self, flag):
        return f'eval "$({self.package}/bin/hstr {flag})"\n'
