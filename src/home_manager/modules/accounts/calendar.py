"""`accounts.calendar`: the user's calendars; programs for them add options of their own."""

from home_manager.authoring import *
from home_manager.modules.accounts._storage import base_path, local_class, remote_class


class Account(Options):
    """A set of calendars."""

    name = option(t.str, read_only=True, doc="The name of the account, that of the attribute.")
    primary = option(t.bool, default=False, doc="Whether this is the main account, of which there may be one.")
    primaryCollection = option(t.null_or(t.str), default=None, doc="The main calendar, where the account has several.")
    local = option(t.submodule(local_class("calendar", ".ics")), default={}, doc="Where the calendars are kept.")
    remote = option(
        t.null_or(t.submodule(remote_class("caldav", "caldav", "http", "google_calendar"))),
        default=None,
        doc="Where the calendars come from.",
    )

    @defines(".name")
    def attribute_name(self):
        return self._name


class Calendar(Module):
    """Calendars"""

    namespace = "accounts.calendar"
    by_mention = True

    basePath = base_path("calendars", ".calendar")
    accounts = option(t.attrs_of(t.submodule(Account)), default={}, doc="The accounts of calendars.")

    @check
    def one_is_primary(self):
        primary = [name for name, account in self.accounts.items() if account.primary]
        if len(primary) > 1:
            yield f"Must have at most one primary calendar account but found {len(primary)}, namely {', '.join(primary)}"
