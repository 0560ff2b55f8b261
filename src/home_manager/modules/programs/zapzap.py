from home_manager.authoring import *


class Zapzap(Program):
    """ZapZap, a client for WhatsApp"""

    platforms = ("linux",)
    package = Package("zapzap", nullable=True)
    settings = Settings(
        formats.ini,
        file="ZapZap/ZapZap.conf",
        example={
            "notification": {"donation_message": True},
            "system": {"scale": 150, "theme": "dark", "wayland": True},
            "website": {"open_page": False},
        },
        doc="Settings of zapzap.",
    )
