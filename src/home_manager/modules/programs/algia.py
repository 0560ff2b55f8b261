from home_manager.authoring import *


class Algia(Program):
    """algia, a command-line client for nostr"""

    package = Package("algia", nullable=True)
    settings = Settings(
        formats.json,
        file="algia/config.json",
        darwin=".config/algia/config.json",
        example={
            "privatekey": "nsecXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX",
            "relays": {"wss =//relay-jp.nostr.wirednet.jp": {"read": True, "search": False, "write": True}},
        },
        doc="Settings of algia, see <https://github.com/mattn/algia?tab=readme-ov-file#configuration>.",
    )
