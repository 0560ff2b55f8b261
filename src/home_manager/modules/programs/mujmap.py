from home_manager.authoring import *
from home_manager.modules.programs._mail import accounts, enabled, without_notmuch


def tag(default, what):
    return option(t.str, default=default, doc=f"The tag of mails {what}; empty for none.")


class Tags(Options):
    """Tags and mailboxes."""

    freeform = t.toml

    lowercase = option(t.bool, default=False, doc="Whether tags are the names of mailboxes in small letters.")
    directory_separator = option(t.str, default="/", example=".", doc="What separates mailboxes in tags.")
    inbox = tag("inbox", "in the mailbox `Inbox`")
    deleted = tag("deleted", "in the mailbox `Trash`")
    sent = tag("sent", "in the mailbox `Sent`")
    spam = tag("spam", "in the mailbox `Junk` or with the keyword `$Junk`, unless they have `$NotJunk`")
    important = tag("important", "in the mailbox `Important` or with the keyword `$Important`")
    phishing = tag("phishing", "with the keyword `$Phishing`")


def setting(what, example=None, **more):
    shown = {} if example is None else {"example": example}
    return option(t.null_or(t.str), default=None, doc=what, **shown, **more)


class JmapSettings(Options):
    """Settings of mujmap."""

    freeform = t.toml

    username = setting("The name to log in with; `null` for that of the account.", "alice@example.com")
    password_command = option(
        t.null_or(t.either(t.str, t.list_of(t.str))),
        default=None,
        apply=lambda value: formats.shell.quote_all(value) if isinstance(value, list) else value,
        example="pass alice@example.com",
        doc="The command that prints the password; `null` for that of the account.",
    )
    fqdn = setting(
        "The domain whose JMAP service is used, unless `session_url` names it; `null` for that of the account.",
        "example.com",
    )
    session_url = setting(
        "The address of the session, unless `fqdn` is given; `null` for that of the account.",
        "https://jmap.example.com/.well-known/jmap",
    )
    auto_create_new_mailboxes = option(t.bool, default=True, doc="Whether new tags become mailboxes on the server.")
    cache_dir = setting("The directory for mail that is on its way; `null` for the usual one.")
    tags = option(
        t.submodule(Tags),
        default={},
        doc="Tags and mailboxes, see <https://github.com/elizagamedev/mujmap/blob/main/mujmap.toml.example>.",
    )


class Account(Options):
    """mujmap for an account."""

    extends = "accounts.email.accounts.<name>.mujmap"

    enable = enabled("mujmap JMAP synchronization for notmuch")
    notmuchSetupWarning = option(
        t.bool, default=True, doc="Whether to warn where the account does not use notmuch, as it may do all the same."
    )
    settings = option(
        t.submodule(JmapSettings),
        default={},
        doc="What {file}`mujmap.toml` holds, see <https://github.com/elizagamedev/mujmap>.",
    )


def known(values):
    return {name: value for name, value in values.items() if value is not None}


class Mujmap(Program):
    """mujmap Gmail synchronization for notmuch"""

    package = Package("mujmap")

    @warn
    def accounts_without_notmuch(self):
        yield from without_notmuch("mujmap", accounts(self, "mujmap"))

    @defines("programs.notmuch.new")
    def not_mail(self):
        return {"ignore": ["/.*[.](toml|json|lock)$/"]}

    @defines("home.file")
    def files(self):
        for account in accounts(self, "mujmap").values():
            jmap = account.jmap
            settings = {} if jmap is None else known({"fqdn": jmap.host, "session_url": jmap.sessionUrl})
            settings["username"] = account.userName
            settings["password_command"] = formats.shell.quote_all(account.passwordCommand or [])
            settings |= known(account.mujmap.settings)
            if "fqdn" in settings:
                settings.pop("session_url", None)
            yield {f"{account.maildir.absPath}/mujmap.toml": {"text": formats.toml.render(settings)}}
