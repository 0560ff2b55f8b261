from home_manager.authoring import *


class Noti(Program):
    """noti, which tells when a command has ended"""

    package = Package("noti", nullable=True)
    settings = Settings(
        formats.yaml,
        file="noti/noti.yaml",
        type=t.attrs_of(t.attrs_of(t.str)),
        example={"say": {"voice": "Alex"}, "slack": {"channel": "@jaime", "token": "1234567890abcdefg"}},
        doc="Settings of noti, see <https://github.com/variadico/noti/blob/main/docs/noti.md>.",
    )
