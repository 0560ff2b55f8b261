from home_manager.authoring import *


class Sheldon(Program):
    """sheldon, a manager of plugins of shells"""

    package = Package("sheldon")
    settings = Settings(
        formats.toml,
        file="sheldon/plugins.toml",
        example={"shell": "zsh", "plugins": {"base16": {"github": "chriskempson/base16-shell"}}},
        doc="The plugins, see <https://sheldon.cli.rs/Configuration.html>.",
    )
    shells = ShellIntegration(
        bash='eval "$(sheldon source)"\n', zsh='eval "$(sheldon source)"\n', fish='eval "$(sheldon source)"\n'
    )
