"""What programs for mail, calendars and contacts have in common: which accounts take part, and their servers."""

from home_manager.authoring import *


def enabled(what, default=False):
    return option(t.bool, default=default, example=True, doc=f"Whether to enable {what}.")


def uses(account, program):
    """Whether a program is on for an account; where nothing names the program, accounts do not know it."""
    return program in account and account[program].enable


def accounts(self, program, kind="email"):
    """The accounts that a program is on for, by name."""
    return {
        name: account
        for name, account in self[f"accounts.{kind}.accounts"].items()
        if (kind != "email" or account.enable) and uses(account, program)
    }


def main_first(accounts):
    """Accounts with the main one before the others."""
    return sorted(accounts.values(), key=lambda account: not account.primary)


def addresses(account):
    """The further addresses of an account."""
    return [alias if isinstance(alias, str) else alias.address for alias in account.aliases]


def command(words):
    """A command as one line."""
    return " ".join(words)


def yes_no(value):
    return "yes" if value else "no"


def lacking(accounts, needs):
    """A message for each thing that accounts lack, by a table of messages and of what tells that something is there."""
    for text, has in needs.items():
        names = [account.name for account in accounts.values() if not has(account)]
        if names:
            yield f"{text} for accounts: {', '.join(names)}"


class VirtualMailbox(Options):
    """A search of notmuch that is shown as a mailbox."""

    name = option(t.str, default="My INBOX", example="My INBOX", doc="The name that is shown.")
    query = option(t.str, default="tag:inbox", example="tag:inbox", doc="The search.")
    limit = option(t.null_or(t.int), default=None, example=10, doc="How much of what is found is shown.")
    type = option(
        t.null_or(t.enum("threads", "messages")),
        default=None,
        example="threads",
        doc="Whether whole threads are shown; `null` for messages, or what `nm_query_type` says.",
    )


QUEUE = "msmtpq --read-envelope-from --read-recipients"
"""The command that sends by msmtp, later if need be."""


def account_of(self):
    """The mail account that an option or a definition within one belongs to."""
    return self["accounts.email.accounts"][self._evaluation.prefix[3]]


def without_notmuch(program, accounts):
    """The warning about accounts of a program for notmuch that notmuch itself is not on for."""
    names = [
        account.name
        for account in accounts.values()
        if account[program].notmuchSetupWarning and not uses(account, "notmuch")
    ]
    if names:
        listed = "\n    ".join(names)
        lines = "\n    ".join(f"accounts.email.accounts.{name}.notmuch.enable = true;" for name in names)
        yield (
            f"{program} is enabled for the following email accounts, but notmuch is not:\n\n    {listed}\n\n"
            f"Notmuch can be enabled with:\n\n    {lines}\n\n"
            "If you have configured notmuch outside of Home Manager, you can suppress this\nwarning with:\n\n"
            f"    programs.{program}.notmuchSetupWarning = false;\n"
        )


def updated(old, new):
    """A set with the values of another one, sets within sets joined."""
    merged = {**old, **new}
    for name in old.keys() & new.keys():
        if isinstance(old[name], dict) and isinstance(new[name], dict):
            merged[name] = updated(old[name], new[name])
    return merged
