from home_manager.authoring import *
from home_manager.modules.programs._mail import accounts, enabled, without_notmuch


class GmailSettings(Options):
    """Settings of lieer."""

    freeform = t.json

    drop_non_existing_label = option(t.bool, default=False, doc="Whether labels may be dropped that Gmail lacks.")
    file_extension = option(t.str, default="", example="mbox", doc="How names of files of mails end.")
    ignore_empty_history = option(
        t.bool, default=False, doc="Whether an empty list of changes is believed, which Gmail gives now and then."
    )
    ignore_remote_labels = option(
        t.list_of(t.str),
        default=[f"CATEGORY_{name}" for name in ("FORUMS", "PROMOTIONS", "UPDATES", "SOCIAL", "PERSONAL")],
        doc="Labels of Gmail that do not become tags; before they are translated.",
    )
    ignore_tags = option(
        t.list_of(t.str), default=[], doc="Tags that do not become labels of Gmail; after they are translated."
    )
    local_trash_tag = option(t.str, default="trash", doc="The tag of mails in Gmail's trash.")
    remove_local_messages = option(t.bool, default=True, doc="Whether mails go here that are gone there.")
    replace_slash_with_dot = option(t.bool, default=False, doc="Whether a `/` in a label becomes a `.`.")
    timeout = option(t.unsigned, default=600, doc="How many seconds to wait for Gmail; 0 for ever.")


class Sync(Options):
    """The service that synchronises the account."""

    enable = enabled("lieer synchronization service")
    frequency = option(
        t.str, default="*:0/5", doc="How often the account is synchronised, as in {manpage}`systemd.time(7)`."
    )


class Account(Options):
    """lieer for an account."""

    extends = "accounts.email.accounts.<name>.lieer"

    enable = enabled("lieer Gmail synchronization for notmuch")
    notmuchSetupWarning = option(
        t.bool, default=True, doc="Whether to warn where the account does not use notmuch, as it may do all the same."
    )
    settings = option(
        t.submodule(GmailSettings),
        default={},
        doc="What {file}`.gmailieer.json` holds, see <https://github.com/gauteh/lieer/>.",
    )
    sync = group(Sync)
    renamed = (
        Renamed("dropNonExistingLabels", "settings.drop_non_existing_label"),
        Renamed("ignoreTagsRemote", "settings.ignore_remote_labels"),
        Renamed("ignoreTagsLocal", "settings.ignore_tags"),
        Renamed("timeout", "settings.timeout"),
        Renamed("replaceSlashWithDot", "settings.replace_slash_with_dot"),
    )


class Lieer(Program):
    """lieer Gmail synchronization for notmuch"""

    package = Package("lieer")

    @check
    def all_are_of_gmail(self):
        names = [each.name for each in accounts(self, "lieer").values() if each.flavor != "gmail.com"]
        if names:
            lines = "\n    ".join(f'accounts.email.accounts.{name}.flavor = "gmail.com";' for name in names)
            yield (
                "lieer is enabled for non-Gmail accounts:\n\n    " + "\n    ".join(names) + "\n\n"
                "If these accounts are actually Gmail accounts, you can\nfix this error with:\n\n"
                f"    {lines}\n"
            )

    @warn
    def accounts_without_notmuch(self):
        yield from without_notmuch("lieer", accounts(self, "lieer"))

    @defines("programs.notmuch.new")
    def not_mail(self):
        return {"ignore": ["/.*[.](json|lock|bak)$/"]}

    @defines("home.file")
    def files(self):
        for account in accounts(self, "lieer").values():
            settings = {"account": account.address, **account.lieer.settings}
            yield {f"{account.maildir.absPath}/.gmailieer.json": {"text": formats.json.render(settings)}}
