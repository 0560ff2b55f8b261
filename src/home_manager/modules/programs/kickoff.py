from home_manager.authoring import *

EXAMPLE = """\
padding = 100;
font_size = 32;
search.show_hidden_files = false;
keybinding.execute = [ "KP_Enter" "Return" ];
"""


class Kickoff(Program):
    """kickoff"""

    platforms = ("linux",)

    package = Package("kickoff", nullable=True)
    settings = Settings(
        formats.toml,
        file="kickoff/config.toml",
        example=literal(EXAMPLE),
        doc="The settings, see <https://github.com/j0ru/kickoff/blob/main/assets/default_config.toml>.",
    )
