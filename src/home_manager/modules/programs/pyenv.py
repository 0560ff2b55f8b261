from home_manager.authoring import *


class Pyenv(Program):
    """pyenv, which switches between releases of Python"""

    package = Package("pyenv")
    shells = ShellIntegration(
        bash=lambda self: self._posix("bash"),
        zsh=lambda self: self._posix("zsh"),
        fish=lambda self: f'set -Ux PYENV_ROOT "{self.rootDirectory}"\n{exe(self.package)} init - fish | source\n',
    )
    rootDirectory = option(
        t.path,
        default=lambda self: f"{self['xdg.dataHome']}/pyenv",
        default_text='"\\${config.xdg.dataHome}/pyenv"',
        apply=str,
        doc="Where pyenv keeps its releases, for {env}`PYENV_ROOT`.",
    )

    def _posix(self, shell):
        return f'export PYENV_ROOT="{self.rootDirectory}"\neval "$({exe(self.package)} init - {shell})"\n'
