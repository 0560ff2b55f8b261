from home_manager.authoring import *


class Mr(Program):
    """mr, which updates many repositories"""

    package = Package("mr", nullable=True)
    settings = Settings(
        formats.ini(joined=True),
        file=".mrconfig",
        below="home.file",
        when=True,
        example={
            ".local/share/password-store": {"checkout": "git clone git@github.com:myuser/password-store.git"},
            "foo": {"checkout": "git clone git@github.com:joeyh/foo.git", "update": "git pull --rebase"},
        },
        doc="The repositories, see {manpage}`mr(1)`.",
    )
