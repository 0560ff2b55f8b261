"""`accounts.contact`: the user's address books; programs for them add options of their own."""

from home_manager.authoring import *
from home_manager.modules.accounts._storage import base_path, local_class, remote_class


class Account(Options):
    """A set of address books."""

    name = option(t.str, read_only=True, doc="The name of the account, that of the attribute.")
    local = option(t.submodule(local_class("contact", ".vcf")), default={}, doc="Where the address books are kept.")
    remote = option(
        t.null_or(t.submodule(remote_class("caldav", "carddav", "http", "google_contacts"))),
        default=None,
        doc="Where the address books come from.",
    )

    @defines(".name")
    def attribute_name(self):
        return self._name


class Contacts(Module):
    """Address books"""

    namespace = "accounts.contact"
    by_mention = True

    basePath = base_path("address books", ".contact")
    accounts = option(t.attrs_of(t.submodule(Account)), default={}, doc="The accounts of address books.")
