from urllib.parse import quote

from home_manager.authoring import *
from home_manager.modules.programs._mail import (
    QUEUE,
    VirtualMailbox,
    account_of,
    accounts,
    command,
    enabled,
    uses,
    yes_no,
)

SORTED_BY = ("date", "date-received", "from", "mailbox-order", "score", "size", "spam", "subject", "threads", "to")
SORTS = [prefix + sort for prefix in ("", "reverse-", "last-", "reverse-last-") for sort in SORTED_BY]
MENUS = t.enum(
    "alias", "attach", "browser", "compose", "editor", "generic", "index", "mix", "pager", "pgp", "postpone", "query",
    "smime",
)  # fmt: skip
KIND = t.enum("maildir", "imap")
INBOX = [{"name": "My INBOX", "query": "tag:inbox"}]

LOGIN = """\
# NeoMutt asks for the user and the password of an account, and reads lines of "name: value".
hostname= username=
while (($#)); do
  case $1 in
    --hostname) hostname=$2 ;;
    --username) username=$2@ ;;
    --type) ;;
    *) exit 1 ;;
  esac
  shift 2
done

case $username$hostname in
{cases}
  *) exit 0 ;;
esac
printf 'username: %s\\npassword: %s\\n' "$username" "$password"
"""


class Mailbox(Options):
    """A further mailbox."""

    mailbox = option(t.str, example="Sent", doc="The folder.")
    name = option(t.null_or(t.str), default=None, example="Junk", doc="The name that is shown.")
    type = option(t.null_or(KIND), default=None, example="imap", doc="Where it lies; `null` as the account does.")


class NotmuchAccount(Options):
    """notmuch in NeoMutt for an account."""

    extends = "accounts.email.accounts.<name>.notmuch.neomutt"

    enable = enabled("Notmuch support in NeoMutt", default=True)
    virtualMailboxes = option(
        t.list_of(t.submodule(VirtualMailbox)),
        default=INBOX,
        example=INBOX,
        doc="Searches that are shown as mailboxes.",
    )


class Account(Options):
    """NeoMutt for an account."""

    extends = "accounts.email.accounts.<name>.neomutt"

    enable = enabled("NeoMutt")
    sendMailCommand = option(
        t.null_or(t.str),
        default=lambda self: QUEUE if self._uses_msmtp() else None,
        default_text=f'if config.msmtp.enable then\n  "{QUEUE}"\nelse\n  null\n',
        example=QUEUE,
        doc="The command that sends mail; `null` has NeoMutt itself do it.",
    )
    extraConfig = option(
        t.lines, default="", example="color status cyan default", doc="Further lines of the account's file."
    )
    showDefaultMailbox = option(t.bool, default=True, doc="Whether the inbox is shown.")
    mailboxName = option(
        t.null_or(t.str), default=None, example="==== <mailbox-name> ===", doc="What the inbox is called."
    )
    mailboxType = option(KIND, default="maildir", example="imap", doc="Where the account's mailboxes lie.")
    extraMailboxes = option(t.list_of(t.either(t.str, t.submodule(Mailbox))), default=[], doc="Further mailboxes.")

    def _uses_msmtp(self):
        return uses(account_of(self), "msmtp")


class Sidebar(Options):
    """The list of mailboxes beside the mails."""

    enable = enabled("sidebar support")
    width = option(t.int, default=22, doc="The width.")
    shortPath = option(t.bool, default=True, doc="Whether names are shown without the path before them.")
    format = option(t.str, default="%D%?F? [%F]?%* %?N?%N/?%S", doc="The format of a line.")


class Binding(Options):
    """What a key does."""

    map = option(
        t.either(MENUS, t.list_of(MENUS)), default=["index"], doc="The menus in which the key does it, in a list."
    )
    key = option(
        t.str, example="<left>", doc="The key. A backslash is written twice in Nix: `\\\\\\\\Cp` for control and p."
    )
    action = option(t.str, example="<enter-command>toggle sidebar_visible<enter><refresh>", doc="What it does.")


def quoted(text):
    return "'" + text.replace("'", "'\\''") + "'"


def assignments(values):
    return "\n".join(
        f"unset {name}" if value is None else f"set {name}={value}" for name, value in sorted(values.items())
    )


def bindings(kind, binds):
    return "\n".join(
        f'{kind} {bind.map if isinstance(bind.map, str) else ",".join(bind.map)} {bind.key} "{bind.action}"'
        for bind in binds
    )


def imap_root(account):
    user = "" if account.userName is None else f"{account.userName}@"
    port = "" if account.imap.port is None else f":{account.imap.port}"
    return f"{'imaps' if account.imap.tls.enable else 'imap'}://{user}{account.imap.host}{port}"


def root(account, kind=None):
    return imap_root(account) if (kind or account.neomutt.mailboxType) == "imap" else account.maildir.absPath


def sending(account):
    if account.neomutt.sendMailCommand is not None:
        return {"sendmail": quoted(account.neomutt.sendMailCommand)}
    if account.passwordCommand is None:
        return {}
    smtp = account.smtp
    protocol = "smtps" if smtp.tls.enable and not smtp.tls.useStartTls else "smtp"
    port = "" if smtp.port is None else f":{smtp.port}"
    url = f"{protocol}://{account.userName.replace('%', '%25')}@{smtp.host}{port}"
    return {"smtp_url": quoted(url), "smtp_pass": f'"`{command(account.passwordCommand)}`"'}


def mailboxes(account):
    """The lines that tell NeoMutt of the account's further mailboxes."""
    for each in account.neomutt.extraMailboxes:
        if isinstance(each, str):
            yield f'mailboxes "{root(account)}/{each}"'
        else:
            path = f"{root(account, each.type)}/{each.mailbox}"
            yield f'mailboxes "{path}"' if each.name is None else f'named-mailboxes "{each.name}" "{path}"'


class Neomutt(Program):
    """the NeoMutt mail client"""

    package = Package("neomutt")
    sidebar = option(t.submodule(Sidebar), default={}, doc="The list of mailboxes beside the mails.")
    binds = option(t.list_of(t.submodule(Binding)), default=[], doc="What keys do.")
    macros = option(t.list_of(t.submodule(Binding)), default=[], doc="What keys type.")
    sort = option(t.enum(*SORTS), default="threads", doc="How mails are sorted.")
    vimKeys = option(t.bool, default=False, doc="Whether keys are as in Vim.")
    checkStatsInterval = option(
        t.null_or(t.int), default=None, example=60, doc="After how many seconds NeoMutt counts mail again."
    )
    editor = option(t.str, default="$EDITOR", doc="The editor for mail.")
    settings = option(t.attrs_of(t.str), default={}, doc="Further settings.")
    changeFolderWhenSourcingAccount = enabled("changing the folder when sourcing an account", default=True)
    sourcePrimaryAccount = enabled("source the primary account by default", default=True)
    unmailboxes = option(
        t.bool, default=False, doc="Whether the mailboxes of other accounts go when an account's file is read."
    )
    extraConfig = option(t.lines, default="", doc="Further lines of the configuration.")

    @check
    def bindings_have_menus(self):
        if any(not bind.map for bind in [*self.binds, *self.macros]):
            yield "The 'programs.neomutt.(binds|macros).map' list must contain at least one element."

    @warn
    def menus_as_text(self):
        if any(isinstance(bind.map, str) for bind in [*self.binds, *self.macros]):
            yield (
                "Specifying 'programs.neomutt.(binds|macros).map' as a string is deprecated, use a list of strings "
                "instead. See https://github.com/nix-community/home-manager/pull/1885."
            )

    # Files

    def _file_of(self, account):
        return f"{self['xdg.configHome']}/neomutt/{account.name}"

    @defines("home.file")
    def account_files(self):
        for account in accounts(self, "neomutt").values():
            yield {self._file_of(account): {"text": "\n".join(self._account(account))}}

    def _account(self, account):
        gpg, tls = account.gpg, account.imap.tls
        yield (
            f"# Generated by Home Manager.{chr(10) + 'unmailboxes *' + chr(10) if self.unmailboxes else ''}\n"
            f"set ssl_force_tls = {yes_no(tls.enable or tls.useStartTls)}\n"
            f"set certificate_file={self['accounts.email.certificatesFile'] or ''}\n\n# GPG section\n"
            f"set crypt_autosign = {yes_no(gpg and gpg.signByDefault)}\n"
            f"set crypt_opportunistic_encrypt = {yes_no(gpg and gpg.encryptByDefault)}\n"
            "set pgp_use_gpg_agent = yes\n"
            f"set mbox_type = {'mbox' if account.maildir is None else 'Maildir'}\n"
            f'set sort = "{self.sort}"\n\n# MTA section\n{assignments(sending(account))}\n'
        )
        if self.checkStatsInterval is not None:
            yield f"set mail_check_stats\nset mail_check_stats_interval = {self.checkStatsInterval}\n"
        if self.sidebar.enable:
            yield (
                "# Sidebar\nset sidebar_visible = yes\n"
                f"set sidebar_short_path = {yes_no(self.sidebar.shortPath)}\n"
                f"set sidebar_width = {self.sidebar.width}\nset sidebar_format = '{self.sidebar.format}'\n"
            )
        yield (
            f"# MRA section\n{assignments(self._folders(account))}\n\n\n"
            f"# Extra configuration\n{account.neomutt.extraConfig}\n\n{self._signature(account)}\n"
        )
        if uses(account, "notmuch") and account.notmuch.neomutt.enable:
            uri = self["accounts.email.maildirBasePath"]
            boxes = "\n".join(map(virtual_mailbox, account.notmuch.neomutt.virtualMailboxes))
            yield f'# notmuch section\nset nm_default_uri = "notmuch://{uri}"\n{boxes}\n'

    def _folders(self, account):
        folders = account.folders
        folder = {"folder": quoted(root(account))} if self.changeFolderWhenSourcingAccount else {}
        return {
            "from": quoted(account.address),
            "realname": quoted(account.realName),
            "spoolfile": quoted(f"+{folders.inbox}"),
            "record": None if folders.sent is None else quoted(f"+{folders.sent}"),
            "postponed": quoted(f"+{folders.drafts}"),
            "trash": quoted(f"+{folders.trash}"),
            **folder,
        }

    def _signature(self, account):
        signature = account.signature
        if signature.showSignature == "none":
            return "unset signature"
        if signature.command is not None:
            return f'set signature = "{self._in_text(signature.command)}|"'
        return f"set signature = {self._made('writeText', 'signature.txt', signature.text)}"

    @config_file("neomutt/neomuttrc", when=lambda self: accounts(self, "neomutt"))
    def configuration(self):
        return "\n".join(self._lines(list(accounts(self, "neomutt").values())))

    def _lines(self, used):
        cache = f"{self['xdg.cacheHome']}/neomutt"
        yield "# Generated by Home Manager."
        yield f'set header_cache = "{cache}/headers/"'
        yield f'set message_cachedir = "{cache}/messages/"'
        yield f'set editor = "{self.editor}"'
        yield "set implicit_autoview = yes"
        yield "set crypt_use_gpgme = yes"
        yield "alternative_order text/enriched text/plain text"
        yield "set delete = yes"
        yield f"source {self.package}/share/doc/neomutt/vim-keys/vim-keys.rc" if self.vimKeys else ""
        if self.binds:
            yield f"\n# Binds\n{bindings('bind', self.binds)}"
        yield f"\n# Macros\n{bindings('macro', self.macros)}"
        yield "# Register accounts"
        kinds = [account.neomutt.mailboxType for account in used]
        kinds += [each.type for account in used for each in account.neomutt.extraMailboxes if not isinstance(each, str)]
        yield f"set account_command = '{self._login(used)}/bin/account-command.sh'\n" if "imap" in kinds else ""
        for account in used:
            yield from self._registered(account)
        main = next((account for account in used if account.primary), used[0])
        yield f"# Source primary account\nsource {self._file_of(main)}\n" if self.sourcePrimaryAccount else ""
        yield f"# Extra configuration\n{assignments(self.settings)}\n{self.extraConfig}"

    def _registered(self, account):
        neomutt = account.neomutt
        yield f"## register account {account.name}"
        if neomutt.showDefaultMailbox:
            name = "mailboxes" if neomutt.mailboxName is None else f'named-mailboxes "{neomutt.mailboxName}"'
            yield f'{name} "{root(account)}/{account.folders.inbox}"'
        yield "\n".join(mailboxes(account))
        hook = "account-hook" if neomutt.mailboxType == "imap" else "folder-hook"
        yield f'{hook} {root(account)}/ " \\\n          source {self._file_of(account)} "\n'

    def _login(self, used):
        """The program that tells NeoMutt how to log in."""
        cases = "\n".join(
            f"  {formats.shell.quote(f'{account.userName}@{account.imap.host}')})\n"
            f"    username={formats.shell.quote(account.userName)}\n"
            f'    password="$({command(account.passwordCommand)})"\n    ;;'
            for account in used
            if account.imap is not None and account.userName is not None and account.passwordCommand is not None
        )
        return self._made("writeShellScriptBin", "account-command.sh", LOGIN.replace("{cases}", cases))


def virtual_mailbox(box):
    limit = "" if box.limit is None else f"&limit={box.limit}"
    kind = "" if box.type is None else f"&type={box.type}"
    return f'virtual-mailboxes "{box.name}" "notmuch://?query={quote(box.query, safe="")}{limit}{kind}"'
