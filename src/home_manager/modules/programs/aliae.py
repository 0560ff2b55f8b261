from home_manager.authoring import *


class Aliae(Program):
    """Aliae, aliases and variables of all shells in one file"""

    package = Package("aliae", nullable=True)
    configLocation = option(
        t.str,
        default=lambda self: f"{self['home.homeDirectory']}/.aliae.yaml",
        default_text="${config.home.homeDirectory}/.aliae.yaml",
        example="/Users/aliae/configs/aliae.yaml",
        doc="The file that aliae reads. With settings, it must lie below the home directory: that is where they are written.",
    )
    settings = Settings(
        formats.yaml,
        file=lambda self: self._below_home(),
        below="home.file",
        when=lambda self: self.settings and self._is_below_home(),
        example={
            "alias": [
                {"name": "a", "value": "aliae"},
                {"name": "hello-world", "type": "function", "value": 'echo "hello world"'},
            ],
            "env": [{"name": "EDITOR", "value": "code-insiders --wait"}],
        },
        doc="Settings of aliae, see <https://aliae.dev/docs/setup/configuration#example>.",
    )
    location = Variables(ALIAE_CONFIG=lambda self: self.configLocation)
    shells = ShellIntegration(
        bash='eval "$(aliae init bash)"',
        zsh='eval "$(aliae init zsh)"',
        fish="aliae init fish | source",
        nushell="source ~/.aliae.nu",
    )

    def _is_below_home(self):
        return self.configLocation.startswith(self["home.homeDirectory"])

    def _below_home(self):
        return self.configLocation.removeprefix(self["home.homeDirectory"]).lstrip("/")

    @defines("programs.nushell.extraEnv", when=lambda self: self.shells["nushell"])
    def written_for_nushell(self):
        return "aliae init nu"

    @check
    def settings_lie_below_home(self):
        if self.settings and not self._is_below_home():
            yield (
                "The option `programs.aliae.configLocation` must point to a file inside user's home directory when "
                "`programs.aliae.settings` is set."
            )
