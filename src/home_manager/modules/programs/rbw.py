from home_manager.authoring import *


class Configuration(Options):
    """The configuration of rbw."""

    freeform = t.json
    email = option(t.str, example="name@example.com", doc="The address of the account.")
    base_url = option(
        t.null_or(t.str), default=None, example="https://bitwarden.example.com/", doc="The address of an own server."
    )
    identity_url = option(
        t.null_or(t.str),
        default=None,
        example="https://identity.example.com/",
        doc="The address of the server for identities.",
    )
    lock_timeout = option(
        t.unsigned, default=3600, example=300, doc="For how many seconds the vault stays open after it was used."
    )
    pinentry = option(
        t.null_or(t.package),
        default=None,
        example=literal("pkgs.pinentry-gnome3"),
        apply=lambda value: value and exe(value),
        doc="The program that asks for the password. `pinentry-gnome3` needs `gcr` among the system's packages of D-Bus "
        "where the desktop is not GNOME.",
    )


class Rbw(Program):
    """rbw, a client of Bitwarden for the command line"""

    package = Package("rbw", extra="It brings `rbw` and `rbw-agent`.")
    settings = Settings(
        formats.json,
        type=t.null_or(t.submodule(Configuration)),
        file="rbw/config.json",
        darwin=application_support("rbw/config.json"),
        render=lambda self, value: formats.json.render({k: v for k, v in value.items() if v is not None}),
        example=literal(
            '{\n  email = "name@example.com";\n  lock_timeout = 300;\n  pinentry = pkgs.pinentry-gnome3;\n}\n'
        ),
        doc="The configuration; `null` leaves the file to rbw.",
    )
