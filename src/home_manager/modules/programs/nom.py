from home_manager.authoring import *


class Nom(Program):
    """nom, a reader of RSS feeds in the terminal"""

    package = Package("nom", nullable=True)
    settings = Settings(
        formats.yaml,
        file="nom/config.yml",
        type=t.attrs_of(t.anything),
        doc="Settings of nom.",
    )
