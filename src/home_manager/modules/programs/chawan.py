from home_manager.authoring import *


class Chawan(Program):
    """chawan, A TUI web browser"""

    package = Package("chawan", nullable=True)
    settings = Settings(
        formats.toml,
        file="chawan/config.toml",
        example={"buffer": {"images": True, "autofocus": True}, "page": {"C-k": "() => pager.load('ddg:')"}},
        doc="The settings of chawan, see {manpage}`cha-config(5)`.",
    )
