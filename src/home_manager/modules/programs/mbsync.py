from home_manager.authoring import *
from home_manager.modules.programs._mail import accounts, command, enabled, lacking, yes_no

CONFIG = t.attrs_of(t.one_of(t.str, t.int, t.bool, t.list_of(t.str)))
SIDES = {"none": "None", "maildir": "Near", "imap": "Far", "both": "Both"}
NEEDS = {
    "mbsync: Missing maildir configuration": lambda account: account.maildir is not None,
    "mbsync: Missing IMAP configuration": lambda account: account.imap is not None,
    "mbsync: Missing passwordCommand": lambda account: account.passwordCommand is not None,
    "mbsync: Missing username": lambda account: account.userName is not None,
}


def config(where, **more):
    return option(CONFIG, default={}, doc=f"Further lines {where}.", **more)


def side(what, example):
    return option(t.enum(*SIDES), default="none", example=example, doc=f"Where {what}.")


class Channel(Options):
    """A channel of a group."""

    name = option(
        t.str,
        default=lambda self: self._name,
        default_text='"‹name›"',
        read_only=True,
        doc="The name of the channel, by which `mbsync` can run it alone.",
    )
    farPattern = option(
        t.str,
        default="",
        example="[Gmail]/Sent Mail",
        doc="The mailbox on the server; with `patterns` what stands before those. Empty means `INBOX`.",
    )
    nearPattern = option(t.str, default="", example="Sent", doc="The mailbox here. Empty means `INBOX`.")
    patterns = option(t.list_of(t.str), default=[], example=["INBOX"], doc="Patterns of mailboxes below `farPattern`.")
    extraConfig = config(
        "of this channel",
        example={"Create": "both", "CopyArrivalDate": "yes", "MaxMessages": 10000, "MaxSize": "1m"},
    )


class Group(Options):
    """A group of channels."""

    name = option(
        t.str, default=lambda self: self._name, default_text='"‹name›"', read_only=True, doc="The name of the group."
    )
    channels = option(
        t.attrs_of(t.submodule(Channel)), default={}, doc="The channels that are synchronised with the group."
    )


class ExtraConfig(Options):
    """Further lines of an account."""

    channel = config("of the channel", example=literal('{\n  MaxMessages = 10000;\n  MaxSize = "1m";\n};\n'))
    local = config("of the store here")
    remote = config("of the store on the server")
    account = config(
        "of the account",
        example=literal(
            '{\n  TLSType = "IMAP";\n  TLSVersions = [ "+1.3" "+1.2" "-1.1" ];\n  PipelineDepth = 10;\n'
            "  Timeout = 60;\n};\n"
        ),
    )


class Account(Options):
    """mbsync for an account."""

    extends = "accounts.email.accounts.<name>.mbsync"

    enable = enabled("synchronization using mbsync")
    flatten = option(
        t.null_or(t.str), default=None, example=".", doc="What stands for `/` where mailboxes have no subdirectories."
    )
    subFolders = option(
        t.enum("Verbatim", "Maildir++", "Legacy"),
        default="Verbatim",
        example="Maildir++",
        doc="How subfolders are named here; without effect where `flatten` is set.",
    )
    create = side("missing mailboxes are created", "maildir")
    remove = side("mailboxes are removed that are gone on the other side", "imap")
    expunge = side("mails marked as deleted are removed for good", "both")
    patterns = option(t.list_of(t.str), default=["*"], doc="Patterns of the mailboxes to synchronise.")
    groups = option(
        t.attrs_of(t.submodule(Group)),
        default={},
        doc="Groups of channels in place of one for the whole account: they can lay the mailboxes out otherwise than "
        "the server does, as is wanted with Gmail.",
    )
    extraConfig = group(ExtraConfig)


def value_text(value):
    if isinstance(value, list):
        return " ".join(map(value_text, value))
    if isinstance(value, bool):
        return yes_no(value)
    text = str(value)
    return '"' + text.replace('"', '\\"') + '"' if " " in text else text


def section(header, entries):
    return f"{header}\n" + "\n".join(f"{name} {value_text(entries[name])}" for name in sorted(entries)) + "\n"


def tls(tls):
    kind = "None" if not tls.enable else "STARTTLS" if tls.useStartTls else "IMAPS"
    trusted = tls.certificatesFile if tls.enable else None
    return {"TLSType": kind, **({} if trusted is None else {"CertificateFile": str(trusted)})}


def account_text(account):
    name, imap, mbsync = account.name, account.imap, account.mbsync
    connection = {"Host": imap.host, "User": account.userName, "PassCmd": command(account.passwordCommand)}
    port = {} if imap.port is None else {"Port": imap.port}
    directory = account.maildir.absPath
    store = {"Inbox": f"{directory}/{account.folders.inbox}"}
    if mbsync.subFolders != "Maildir++" or mbsync.flatten is not None:
        store["Path"] = f"{directory}/"
    store |= {"SubFolders": mbsync.subFolders} if mbsync.flatten is None else {"Flatten": mbsync.flatten}
    more = mbsync.extraConfig
    return "\n".join(
        (
            section(f"IMAPAccount {name}", {**connection, **tls(imap.tls), **port, **more.account}),
            section(f"IMAPStore {name}-remote", {"Account": name, **more.remote}),
            section(f"MaildirStore {name}-local", {**store, **more.local}),
            channels(name, mbsync.groups) if mbsync.groups else whole_channel(name, mbsync),
        )
    )


def whole_channel(name, mbsync):
    entries = {
        "Far": f":{name}-remote:",
        "Near": f":{name}-local:",
        "Patterns": mbsync.patterns,
        "Create": SIDES[mbsync.create],
        "Remove": SIDES[mbsync.remove],
        "Expunge": SIDES[mbsync.expunge],
        "SyncState": "*",
    }
    return section(f"Channel {name}", {**entries, **mbsync.extraConfig.channel}) + "\n"


def channels(account, groups):
    filled = [group for group in groups.values() if group.channels]
    texts = [channel_text(account, group.name, each) for group in filled for each in group.channels.values()]
    listed = [
        "\n".join([f"Group {group.name}", *(f"Channel {group.name}-{name}" for name in group.channels)])
        for group in filled
    ]
    return "\n".join(texts) + "\n" + "\n\n".join(listed) + "\n"


def channel_text(account, group, channel):
    stores = {"Far": f":{account}-remote:{channel.farPattern}", "Near": f":{account}-local:{channel.nearPattern}"}
    # A pattern that has quotes is one that was quoted already.
    patterns = [f'"{each}"' if " " in each and '"' not in each else each for each in channel.patterns]
    line = f"Pattern {' '.join(patterns)}\n" if patterns else ""
    return section(f"Channel {group}-{channel.name}", {**stores, **channel.extraConfig}) + line


class Mbsync(Program):
    """mbsync IMAP4 and Maildir mailbox synchronizer"""

    package = Package("isync")
    groups = option(
        t.attrs_of(t.attrs_of(t.list_of(t.str))),
        default={},
        example={"inboxes": {"account1": ["Inbox"], "account2": ["Inbox"]}},
        doc="Groups of mailboxes, by the names of accounts.",
    )
    extraConfig = option(t.lines, default="", doc="Further lines of the configuration.")

    @check
    def accounts_are_complete(self):
        yield from lacking(accounts(self, "mbsync"), NEEDS)

    @defines("programs.notmuch.new")
    def not_mail(self):
        return {"ignore": [".uidvalidity", ".mbsyncstate"]}

    @config_file("isyncrc")
    def file(self):
        used = accounts(self, "mbsync").values()
        groups = ""
        if any(not account.mbsync.groups for account in used):
            groups = "\n".join(
                "\n" + "\n".join([f"Group {name}", *(f"Channel {n}:{','.join(boxes)}" for n, boxes in members.items())])
                for name, members in self.groups.items()
            )
        return "# Generated by Home Manager.\n\n" + self.extraConfig + "\n\n".join(map(account_text, used)) + groups

    @defines("home.activation")
    def directories(self):
        used = accounts(self, "mbsync").values()
        if used:
            paths = formats.shell.quote_all(account.maildir.absPath for account in used)
            step = f"run mkdir -m700 -p $VERBOSE_ARG {paths}\n"
            yield {"createMaildir": {"data": step, "before": ["linkGeneration"], "after": ["writeBoundary"]}}
