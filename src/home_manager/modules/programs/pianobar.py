from home_manager.authoring import *


class Configuration(Options):
    """The settings"""

    freeform = formats.keyvalue.type

    user = option(
        t.non_empty_str, example='"groovy-tunes@example.com"', doc="The account at Pandora: a name or an address."
    )
    password_command = option(
        t.non_empty_str,
        example='"cat /run/secrets/pianobar/groovy-tunes"',
        doc="The command that prints the password.",
    )


class Pianobar(Program):
    """pianobar, a client for Pandora on the console"""

    package = Package("pianobar", nullable=True)
    settings = Settings(
        formats.keyvalue,
        file="pianobar/config",
        type=t.submodule(Configuration),
        default={},
        example={
            "programs": {
                "pianobar": {
                    "enable": True,
                    "settings": {
                        "password_command": "cat /run/secrets/pianobar/groovy-tunes",
                        "user": "groovy-tunes@example.com",
                    },
                }
            }
        },
        doc="Settings of pianobar, see {manpage}`pianobar(1)`. The file can be read by others of this machine's store, so "
        "the password itself does not belong here.",
    )
