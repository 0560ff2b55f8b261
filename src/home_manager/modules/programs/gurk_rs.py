from home_manager.authoring import *


class GurkRs(Program):
    """gurk-rs"""

    package = Package("gurk-rs", nullable=True)
    settings = Settings(
        formats.toml,
        file="gurk/gurk.toml",
        darwin="Library/Application Support/gurk/gurk.toml",
        example={
            "data_dir": "/home/USERNAME/.local/share/gurk/signal-db",
            "first_name_only": False,
            "show_receipts": True,
            "notifications": True,
            "bell": True,
            "colored_messages": False,
            "default_keybindings": True,
            "user": {"name": "MYNAME", "phone_number": "MYNUMBER"},
            "keybindings": {},
        },
        doc="The settings of gurk, see <https://github.com/boxdot/gurk-rs/blob/main/src/config.rs>.",
    )
