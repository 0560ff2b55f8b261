"""`accounts.email`: the user's mail accounts; programs for mail add options of their own to them."""

from typing import Any

from home_manager.authoring import *

ADDRESS = t.str_matching(".*@.*")

METHODS = ["anonymous", "apop", "clear", "cram_md5", "digest_md5", "gssapi", "login", "ntlm", "plain", "xoauth2"]


def one_line(name):
    """What refuses a text of several lines: programs for mail write it into a line of their files."""

    def checked(self, value):
        if isinstance(value, str) and "\n" in value:
            place = ".".join((*self._evaluation.prefix, name))
            text = (
                f"`{place}` has several lines, and programs for mail write it into one. Write it without line breaks."
            )
            self._made(self.pkgs["lib"]["throwIf"], True, text, value)
        return value

    return checked


class Gpg(Options):
    """Signing and encryption."""

    key = option(t.str, doc="The key, as `gpg --list-keys` shows it.")
    signByDefault = option(t.bool, default=False, doc="Whether mails are signed unless said otherwise.")
    encryptByDefault = option(t.bool, default=False, doc="Whether mails are encrypted unless said otherwise.")


class Signature(Options):
    """The signature of a mail."""

    text = option(
        t.str, default="", example="--\nLuke Skywalker\nMay the force be with you.\n", doc="The text of the signature."
    )
    delimiter = option(
        t.str,
        default="--\n",
        example=literal('"~*~*~*~*~*~*~*~*~*~*~*~"'),
        doc="What stands between the mail and the signature.",
    )
    command = option(
        t.null_or(t.path),
        default=None,
        example=literal('pkgs.writeScript "signature" "echo This is my signature"'),
        doc="A program that prints the signature.",
    )
    showSignature = option(
        t.enum("append", "attach", "none"), default="none", doc="How the signature goes with the mail."
    )
    htmlFormat = option(t.bool, default=False, doc="Whether Thunderbird takes the text of the signature for HTML.")


class Tls(Options):
    """Encryption of a connection."""

    enable = option(t.bool, default=True, doc="Whether the connection is encrypted.")
    useStartTls = option(
        t.bool,
        default=False,
        doc="Whether encryption begins with STARTTLS, which is worse; see <https://datatracker.ietf.org/doc/html/rfc8314>.",
    )
    certificatesFile = option(
        t.null_or(t.path),
        default=lambda self: self["accounts.email.certificatesFile"],
        default_text='"config.accounts.email.certificatesFile"',
        doc="The certificates that are trusted; `null` leaves it to the program.",
    )


def authentication():
    return option(
        t.null_or(t.either(t.str, t.enum(*METHODS))),
        default=None,
        example="plain",
        doc="How to log in; `null` leaves it to the program.",
    )


def tls():
    return option(t.submodule(Tls), default={}, doc="Encryption of the connection.")


def port(example: int):
    return option(
        t.null_or(t.port), default=None, example=example, doc="The port of the server; `null` for the usual one."
    )


class Imap(Options):
    """Where mail is read."""

    host = option(t.str, example="imap.example.org", apply=one_line("host"), doc="The IMAP server.")
    port = port(993)
    authentication = authentication()
    tls = tls()


class Smtp(Options):
    """Where mail is sent."""

    host = option(t.str, example="smtp.example.org", apply=one_line("host"), doc="The SMTP server.")
    port = port(465)
    authentication = authentication()
    tls = tls()


class Jmap(Options):
    """Mail by JMAP."""

    host = option(
        t.null_or(t.str),
        default=None,
        example="jmap.example.org",
        doc="The JMAP server, which goes before `sessionUrl`.",
    )
    sessionUrl = option(
        t.null_or(t.str),
        default=None,
        example="https://jmap.example.org:443/.well-known/jmap",
        doc="The address of the session resource.",
    )


class Ews(Options):
    """Mail by Exchange Web Services."""

    host = option(t.str, example="ews.example.org", doc="The server.")
    serviceDescriptionURL = option(
        t.str, example="https://ews.example.org/ews/exchange.asmx", doc="The address of the description of the service."
    )
    authentication = authentication()
    tls = tls()


class Maildir(Options):
    """Where mail is kept."""

    path = option(t.str, doc="The directory of the account, below `accounts.email.maildirBasePath`.")
    absPath = option(
        t.path,
        default=lambda self: f"{self['accounts.email.maildirBasePath']}/{self.path}",
        read_only=True,
        internal=True,
        doc="The directory as an absolute path.",
    )


class Folders(Options):
    """The usual folders."""

    inbox = option(t.str, default="Inbox", apply=one_line("inbox"), doc="The folder of incoming mail.")
    sent = option(t.null_or(t.str), default="Sent", apply=one_line("sent"), doc="The folder of sent mail.")
    drafts = option(t.null_or(t.str), default="Drafts", apply=one_line("drafts"), doc="The folder of drafts.")
    trash = option(t.str, default="Trash", apply=one_line("trash"), doc="The folder of deleted mail.")


def as_account(name: str, type_, what: str):
    """An option of an alias that is by default as in its account."""
    return option(
        type_,
        default=lambda self: self["accounts.email.accounts"][self._evaluation.prefix[3]][name],
        default_text=f"# Inherits account configuration\naccountConfig.{name}\n",
        doc=f"{what} of this alias; by default that of the account.",
    )


class Alias(Options):
    """Another address of an account."""

    name = option(t.null_or(t.str), default=None, doc="What the alias is called.")
    realName = option(t.str, example="John Doe", apply=one_line("realName"), doc="The name that recipients see.")
    userName = as_account("userName", t.null_or(t.str), "The name to log in with")
    address = option(ADDRESS, example="john.doe@example.org", doc="The address.")
    signature = as_account("signature", t.null_or(t.submodule(Signature)), "The signature")
    gpg = as_account("gpg", t.null_or(t.submodule(Gpg)), "Signing and encryption")
    smtp = as_account("smtp", t.null_or(t.submodule(Smtp)), "The server for sending")


def server(host: str, port: int, **more) -> dict[str, Any]:
    return {"host": host, "port": port, **more}


TLS = {"enable": True}

PROVIDERS: dict[str, dict[str, Any]] = {
    "davmail": {
        "imap": server("localhost", 1143, authentication="login"),
        "smtp": server("localhost", 1025, tls={"enable": False}, authentication="plain"),
    },
    "fastmail.com": {
        "imap": server("imap.fastmail.com", 993),
        "smtp": server("smtp.fastmail.com", 0),
        "jmap": {"host": "fastmail.com", "sessionUrl": "https://jmap.fastmail.com/.well-known/jmap"},
    },
    "gmail.com": {"imap": server("imap.gmail.com", 993), "smtp": server("smtp.gmail.com", 0)},
    "mailbox.org": {"imap": server("imap.mailbox.org", 993), "smtp": server("smtp.mailbox.org", 465)},
    "migadu.com": {"imap": server("imap.migadu.com", 993), "smtp": server("smtp.migadu.com", 465)},
    "outlook.office365.com-ews": {
        "ews": {
            "host": "outlook.office365.com",
            "serviceDescriptionURL": "https://outlook.office365.com/EWS/Exchange.asmx",
            "authentication": "xoauth2",
            "tls": TLS,
        }
    },
    "outlook.office365.com": {
        "imap": server("outlook.office365.com", 993, tls=TLS),
        "smtp": server("smtp.office365.com", 587, tls={"enable": True, "useStartTls": True}),
    },
    "plain": {},
    "posteo.de": {"imap": server("posteo.de", 993, tls=TLS), "smtp": server("posteo.de", 465, tls=TLS)},
    "runbox.com": {"imap": server("mail.runbox.com", 993), "smtp": server("mail.runbox.com", 0)},
    "yandex.com": {"imap": server("imap.yandex.com", 993, tls=TLS), "smtp": server("smtp.yandex.com", 465, tls=TLS)},
}
"""The servers of providers; a port 0 is 587 with STARTTLS and 465 without."""

WITHOUT_USER = ("davmail", "plain", "runbox.com")
"""Flavors whose user name is not the address."""


class Account(Options):
    """A mail account."""

    name = option(t.str, read_only=True, doc="The name of the account, that of the attribute.")
    primary = option(t.bool, default=False, doc="Whether this is the main account, of which there is one.")
    enable = option(t.bool, default=True, doc="Whether the account is used.")
    flavor = option(
        t.enum(*PROVIDERS),
        default="plain",
        doc="The provider, where it is one of those known here: servers are set then, and what is peculiar about them.",
    )
    address = option(ADDRESS, example="jane.doe@example.org", doc="The address.")
    aliases = option(
        t.list_of(t.one_of(ADDRESS, t.submodule(Alias))),
        default=[],
        example=["webmaster@example.org", "admin@example.org"],
        visible="shallow",
        doc="Further addresses of the account.",
    )
    realName = option(t.str, example="Jane Doe", apply=one_line("realName"), doc="The name that recipients see.")
    userName = option(t.null_or(t.str), default=None, apply=one_line("userName"), doc="The name to log in with.")
    passwordCommand = option(
        t.null_or(t.either(t.str, t.list_of(t.str))),
        default=None,
        apply=lambda value: value.split(" ") if isinstance(value, str) else value,
        example="secret-tool lookup email me@example.org",
        doc="A command that prints the password.",
    )
    folders = option(t.submodule(Folders), default={}, doc="The usual folders.")
    imap = option(t.null_or(t.submodule(Imap)), default=None, doc="Where mail is read.")
    jmap = option(t.null_or(t.submodule(Jmap)), default=None, doc="Mail by JMAP.")
    signature = option(t.submodule(Signature), default={}, doc="The signature.")
    gpg = option(t.null_or(t.submodule(Gpg)), default=None, doc="Signing and encryption.")
    smtp = option(t.null_or(t.submodule(Smtp)), default=None, doc="Where mail is sent.")
    ews = option(t.null_or(t.submodule(Ews)), default=None, doc="Mail by Exchange Web Services.")
    maildir = option(
        t.null_or(t.submodule(Maildir)),
        default=lambda self: {"path": self._name},
        default_text='{\n  path = "\\${name}";\n}',
        doc="Where mail is kept.",
    )

    @defines(".name")
    def attribute_name(self):
        return self._name

    @defines(".userName", when=lambda self: self.flavor not in WITHOUT_USER)
    def address_is_user(self):
        return default(self.address)

    @defines(".folders", when=lambda self: self.flavor == "mailbox.org")
    def capital_inbox(self):
        return {"inbox": default("INBOX")}

    @defines(".imap", when=lambda self: "imap" in PROVIDERS[self.flavor])
    def imap_server(self):
        return PROVIDERS[self.flavor]["imap"]

    @defines(".smtp", when=lambda self: "smtp" in PROVIDERS[self.flavor])
    def smtp_server(self):
        known = PROVIDERS[self.flavor]["smtp"]
        if known["port"]:
            return known
        return {**known, "port": delayed(lambda: 587 if self.smtp.tls.useStartTls else 465)}

    @defines(".jmap", when=lambda self: "jmap" in PROVIDERS[self.flavor])
    def jmap_server(self):
        return PROVIDERS[self.flavor]["jmap"]

    @defines(".ews", when=lambda self: "ews" in PROVIDERS[self.flavor])
    def ews_server(self):
        return PROVIDERS[self.flavor]["ews"]


class Email(Module):
    """Mail accounts"""

    namespace = "accounts.email"
    by_mention = True

    certificatesFile = option(
        t.null_or(t.path),
        default="/etc/ssl/certs/ca-certificates.crt",
        doc="The certificates that are trusted by default; `null` leaves it to the programs.",
    )
    maildirBasePath = option(
        t.str,
        default=lambda self: f"{self['home.homeDirectory']}/Maildir",
        default_text='"Maildir"',
        apply=lambda self, path: path if path.startswith("/") else f"{self['home.homeDirectory']}/{path}",
        doc="The directory of all accounts, absolute or below the home.",
    )
    accounts = option(t.attrs_of(t.submodule(Account)), default={}, doc="The mail accounts.")

    @check
    def one_is_primary(self):
        enabled = {name: account for name, account in self.accounts.items() if account.enable}
        primary = [name for name, account in enabled.items() if account.primary]
        if enabled and len(primary) != 1:
            names = f", namely {', '.join(primary)}" if primary else ""
            yield f"Must have exactly one primary mail account but found {len(primary)}{names}"
