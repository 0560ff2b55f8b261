from posixpath import normpath

from home_manager.authoring import *
from home_manager.modules.programs._mail import accounts, enabled, yes_no

SETTING = t.one_of(t.bool, t.str, t.list_of(t.str))


class Account(Options):
    """khard for address books."""

    extends = "accounts.contact.accounts.<name>.khard"

    enable = enabled("khard access")
    addressbooks = option(
        t.coerced_to(t.str, lambda name: [name], t.list_of(t.str)),
        default=[""],
        doc="The directories below that of the account that are address books of their own; an empty name is the "
        "account's directory itself.",
    )
    type = option(
        t.enum("vdir", "discover"), default="vdir", doc="Whether the account is one address book, or holds some."
    )
    glob = option(t.str, default="*", doc="The pattern of address books, where the account holds some.")
    renamed = (Renamed("defaultCollection", "addressbooks"),)


class General(Options):
    """The section `general`."""

    default_action = option(t.str, default="list", doc="What khard does unless it is told.")


class Config(Options):
    """Settings by section."""

    freeform = t.attrs_of(t.attrs_of(SETTING))

    general = group(General)


def key_value(name, value):
    if isinstance(value, list):
        # Without a comma, khard takes one word for a text.
        text = ", ".join(value) if len(value) > 1 else ",".join([*value, ""]) or ","
    else:
        text = yes_no(value) if isinstance(value, bool) else value
    return f"{name}={text}"


class Khard(Program):
    """Khard: an address book for the Unix console"""

    package = Package("khard")
    settings = option(
        t.submodule(Config),
        default={},
        example={
            "general": {"default_action": "list", "editor": ["vim", "-i", "NONE"]},
            "contact table": {"display": "formatted_name", "preferred_email_address_type": ["pref", "work", "home"]},
            "vcard": {"private_objects": ["Jabber", "Skype", "Twitter"]},
        },
        doc="Settings, see <https://khard.readthedocs.io/en/latest/#configuration>.",
    )

    @config_file("khard/khard.conf")
    def file(self):
        books = "\n".join(text for account in accounts(self, "khard", "contact").values() for text in entries(account))
        return f"[addressbooks]\n{books}\n\n{formats.ini.render(self.settings, mk_key_value=key_value)}\n"


def entries(account):
    directory, khard = account.local.path, account.khard
    if khard.type == "discover":
        yield f"[[{account.name}]]\npath = {directory}/{khard.glob}\ntype = discover\n"
        return
    for book in khard.addressbooks:
        yield f"[[{account.name}{f'-{book}' if book else ''}]]\npath = {normpath(f'{directory}/{book}')}\n"
