from home_manager.authoring import *


class Navi(Program):
    """navi, interactive cheat sheets on the command line"""

    package = Package("navi")
    settings = Settings(
        formats.yaml,
        file="navi/config.yaml",
        darwin=application_support("navi/config.yaml"),
        example={"cheats": {"paths": ["~/cheats/"]}},
        doc="Settings of navi, see <https://github.com/denisidoro/navi/blob/master/docs/configuration/README.md>.",
    )
    shells = ShellIntegration(
        bash=lambda self: f"if [[ :$SHELLOPTS: =~ :(vi|emacs): ]]; then\n  {self._widget('bash')}\nfi\n",
        zsh=lambda self: f"if [[ $options[zle] = on ]]; then\n  {self._widget('zsh')}\nfi\n",
        fish=lambda self: f"{self.package}/bin/navi widget fish | source\n",
    )

    def _widget(self, shell):
        return f'eval "$({self.package}/bin/navi widget {shell})"'
