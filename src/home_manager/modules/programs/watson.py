from home_manager.authoring import *


class Watson(Program):
    """watson, which tracks your time"""

    package = Package("watson")
    shells = ShellIntegration(
        bash=lambda self: f"source {self.package}/share/bash-completion/completions/watson\n",
        zsh=lambda self: f"source {self.package}/share/zsh/site-functions/_watson\n",
        fish=lambda self: f"source {self.package}/share/fish/vendor_completions.d/watson.fish\n",
        sinks={"fish": "programs.fish.shellInit"},
    )
    settings = Settings(
        formats.ini,
        file="watson/config",
        darwin=application_support("watson/config"),
        example={"options": {"stop_on_start": True, "week_start": "monday"}},
        doc="The settings of watson, see <https://github.com/jazzband/Watson/blob/master/docs/user-guide/configuration.md>.",
    )
