from home_manager.authoring import *
from home_manager.modules.programs._mail import account_of, accounts, command, enabled


class Freeform(Options):
    """Settings."""

    freeform = t.toml


class Account(Options):
    """meli for an account."""

    extends = "accounts.email.accounts.<name>.meli"

    enable = enabled("the meli mail client for this account. It needs settings of SMTP")
    mailboxes = option(
        t.list_of(t.str),
        default=lambda self: [account_of(self).folders[name] for name in ("inbox", "sent", "trash", "drafts")],
        default_text='[\n  "Inbox"\n  "Sent"\n  "Trash"\n  "Drafts"\n]',
        example=["INBOX", "Sent", "Trash", "Drafts"],
        doc="The mailboxes that are shown.",
    )
    mailboxAliases = option(
        t.attrs_of(t.attrs),
        default={},
        example={"INBOX": {"alias": "📥 Inbox"}, "Sent": {"alias": "📤 Sent"}},
        doc="What mailboxes are called.",
    )
    settings = option(t.submodule(Freeform), default={}, doc="Further settings of the account.")


def sending(account):
    smtp = account.smtp
    security = "none" if not smtp.tls.enable else "starttls" if smtp.tls.useStartTls else "tls"
    password = {"type": "command_eval", "value": command(account.passwordCommand)}
    port = {} if smtp.port is None else {"port": smtp.port}
    return {
        "hostname": smtp.host,
        **port,
        "auth": {"type": "auto", "username": account.userName, "password": password},
        "security": {"type": security, "danger_accept_invalid_certs": False},
        "extensions": {"PIPELINING": True, "CHUNKING": True, "PRDR": True, "DSN_NOTIFY": "FAILURE"},
    }


class Meli(Program):
    """meli email client"""

    package = Package("meli")
    includes = option(t.list_of(t.str), default=[], doc="Files that the configuration includes.")
    settings = option(
        t.submodule(Freeform),
        default={},
        example=literal(
            '{\n  shortcuts.general = {\n    edit = "m";\n    scroll_up = "e";\n    scroll_down = "n";\n  };\n}\n'
        ),
        doc="The settings of meli.",
    )

    @check
    def accounts_are_elsewhere(self):
        if "accounts" in self.settings:
            yield (
                "programs.meli.settings.accounts override the accounts.email values.\n"
                "            Use per-email accounts.email.<ACCOUNT>.meli.settings instead"
            )

    @defines("xdg.configFile")
    def file(self):
        used = {name: self._account(account) for name, account in accounts(self, "meli").items()}
        text = formats.toml.render({"accounts": used, **self.settings})
        if self.includes:
            own = self._made("writeText", "meli-config", text)
            text = "\n".join(f"include({formats.json.string(str(path))})" for path in [*self.includes, own])
        return {"meli/config.toml": {"text": text}}

    def _account(self, account):
        entries = {
            "root_mailbox": f"{self['accounts.email.maildirBasePath']}/{account.maildir.path}",
            "format": "Maildir",
            "identity": account.address,
            "display_name": account.realName,
            "subscribed_mailboxes": account.meli.mailboxes,
            "send_mail": sending(account),
            "mailboxes": account.meli.mailboxAliases,
        }
        if account.flavor == "fastmail.com":
            entries["format"] = "jmap"
            entries["server_username"] = account.userName
            entries["server_password_command"] = formats.shell.quote_all(account.passwordCommand)
            entries["server_url"] = "https://api.fastmail.com/jmap/session"
            entries["use_token"] = True
        return {**entries, **account.meli.settings}
