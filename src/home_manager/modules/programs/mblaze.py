from home_manager.authoring import *
from home_manager.modules.programs._mail import QUEUE, account_of, accounts, addresses, enabled, uses

FETCHERS = ("mbsync", "offlineimap", "getmail", "lieer", "mujmap")
"""The programs that bring mail into a maildir; without one of them it stays empty."""


def entries(where):
    return option(
        t.attrs_of(t.str),
        default={},
        example={"Scan-Format": "%c%u%r %-3n %10d %17f %t %2i%s"},
        doc=f"Entries of {where}, which replace those that are made here, see {{manpage}}`mblaze-profile(5)`.",
    )


class Account(Options):
    """mblaze for an account."""

    extends = "accounts.email.accounts.<name>.mblaze"

    enable = enabled("mblaze for this email account")
    sendMailCommand = option(
        t.null_or(t.str),
        default=None,
        example=QUEUE,
        doc="The command that sends mail, to which {manpage}`mcom(1)` adds `-t` or what `Sendmail-Args` says. By default "
        "that of msmtp, where the account uses it; `null` for `sendmail`.",
    )
    settings = entries("the account's profile")

    @defines(".sendMailCommand", when=lambda self: uses(account_of(self), "msmtp"))
    def usual_command(self):
        return default(QUEUE)


class Mblaze(Program):
    """mblaze, unix utilities to deal with Maildir"""

    package = Package("mblaze")
    editor = option(
        t.null_or(t.str),
        default=None,
        example="nvim",
        doc="The editor for drafts; `null` leaves it to the variables `MBLAZE_EDITOR`, `VISUAL` and `EDITOR`.",
    )
    settings = entries("all profiles")
    accountDirs = option(
        t.attrs_of(t.str), default={}, internal=True, doc="The directory of each account's profile, for `MBLAZE`."
    )

    def _used(self):
        return accounts(self, "mblaze")

    @defines(".accountDirs")
    def directories(self):
        return {name: f"{self['xdg.configHome']}/mblaze/{name}" for name in self._used()}

    @defines("xdg.configFile")
    def profiles(self):
        for name, account in self._used().items():
            yield self._files(f"mblaze/{name}", name, account)

    @defines("home.file")
    def main_profile(self):
        # Without MBLAZE, mblaze looks for its profile in ~/.mblaze.
        for name, account in self._used().items():
            if account.primary:
                yield self._files(".mblaze", name, account)

    def _files(self, directory, name, account):
        files = {f"{directory}/profile": {"text": self._profile(name, account)}}
        signature = account.signature
        if signature.showSignature == "append" and signature.command is None and signature.text:
            files[f"{directory}/signature"] = {"text": signature.text}
        return files

    def _profile(self, name, account):
        mailbox = f"{account.realName} <{account.address}>"
        is_kept = keeps_mail(account)
        directory, sent = account.maildir and account.maildir.absPath, account.folders.sent
        known = {
            "Local-Mailbox": mailbox,
            "Reply-From": mailbox,
            "Alternate-Mailboxes": ", ".join(addresses(account)) or None,
            "FQDN": account.address.rpartition("@")[2],
            "Maildir": directory if is_kept else None,
            "Drafts": self._drafts(name, account),
            "Outbox": f"{directory}/{sent}" if is_kept and sent is not None else None,
            "Sendmail": account.mblaze.sendMailCommand,
            "Editor": self.editor,
            **self.settings,
            **account.mblaze.settings,
        }
        return "".join(f"{key}: {known[key]}\n" for key in sorted(known) if known[key] is not None)

    def _drafts(self, name, account):
        if keeps_mail(account) and account.folders.drafts is not None:
            return f"{account.maildir.absPath}/{account.folders.drafts}"
        return f"{self['xdg.dataHome']}/mblaze/{name}/drafts"

    @defines("home.activation")
    def drafts(self):
        # mcom does not make the directory that it puts drafts into.
        used = self._used()
        if used:
            paths = formats.shell.quote_all(self._drafts(name, account) for name, account in used.items())
            step = f"run {self.package}/bin/mmkdir {paths}\n"
            yield {"mblazeDrafts": {"data": step, "before": [], "after": ["writeBoundary"]}}


def keeps_mail(account):
    return account.maildir is not None and any(uses(account, program) for program in FETCHERS)
