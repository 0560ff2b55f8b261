"""`home.shell`: which shells programs hook themselves into, unless a program says otherwise."""

from home_manager.authoring import *


def integration(shell: str):
    return option(
        t.bool,
        default=lambda self: self.enableShellIntegration,
        default_text="config.home.shell.enableShellIntegration",
        example=False,
        doc=f"Whether programs hook themselves into {shell} by default.",
    )


class Shell(Module):
    """Shell integration"""

    namespace = "home.shell"

    enableShellIntegration = option(
        t.bool, default=True, example=False, doc="Whether programs hook themselves into every shell that they know."
    )
    enableBashIntegration = integration("Bash")
    enableFishIntegration = integration("Fish")
    enableIonIntegration = integration("Ion")
    enableNushellIntegration = integration("Nushell")
    enableZshIntegration = integration("Zsh")
