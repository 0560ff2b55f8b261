from home_manager.authoring import *
from home_manager.modules.programs._quoting import in_quotes


class Account(Options):
    """An account."""

    name = option(t.str, read_only=True, doc="The name of the account, that of the attribute.")
    authUri = option(t.str, doc="The address at which the user logs in.")
    tokenUri = option(t.str, doc="The address that gives tokens.")
    clientId = option(t.str, doc="The id of the client.")
    clientSecret = option(t.null_or(t.str), default=None, doc="The secret of the client.")
    scopes = option(
        t.null_or(t.list_of(t.str)),
        default=[],
        example=[
            "https://outlook.office365.com/IMAP.AccessAsUser.All",
            "https://outlook.office365.com/SMTP.Send",
            "offline_access",
        ],
        doc="What tokens are good for. Office365 wants `offline_access` among it.",
    )
    loginHint = option(t.null_or(t.str), default=None, doc="What the user is called where he logs in.")
    extraConfig = option(
        t.null_or(t.str), default=None, doc="Further lines of the account, see {manpage}`pizauth.conf(5)`."
    )

    @defines(".name")
    def attribute_name(self):
        return self._name


def account_text(name, account):
    lines = {
        "auth_uri": in_quotes(account.authUri),
        "token_uri": in_quotes(account.tokenUri),
        "client_id": in_quotes(account.clientId),
    }
    if account.clientSecret:
        lines["client_secret"] = in_quotes(account.clientSecret)
    if account.scopes:
        lines["scopes"] = "[\n    " + ",\n    ".join(map(in_quotes, account.scopes)) + "\n  ]"
    if account.loginHint:
        lines["login_hint"] = in_quotes(account.loginHint)
    more = "\n".join(f"  {line}" if line else "" for line in (account.extraConfig or "").split("\n"))
    body = "".join(f"  {key} = {value};\n" for key, value in lines.items())
    return f"account {in_quotes(name)} {{\n{body}{more}}}\n"


class Pizauth(Service):
    """Pizauth, a commandline OAuth2 authentication daemon"""

    package = Package("pizauth")
    extraConfig = option(
        t.null_or(t.str), default=None, doc="Lines before the accounts, see {manpage}`pizauth.conf(5)`."
    )
    accounts = option(t.attrs_of(t.submodule(Account)), default={}, doc="The accounts, by name.")

    def _file_of_accounts(self):
        head = f"{self.extraConfig}\n" if self.extraConfig else ""
        text = head + "\n".join(account_text(name, account) for name, account in self.accounts.items())
        return self._made("writeText", "pizauth.conf", text)

    @defines("xdg.configFile")
    def file(self):
        return {"pizauth.conf": {"source": self._file_of_accounts()}}

    def _around(self):
        program = exe(self.package)
        return {
            "Type": "simple",
            "ExecReload": f"{program} reload",
            "ExecStop": f"{program} shutdown",
            "LockPersonality": True,
            "MemoryDenyWriteExecute": True,
            "NoNewPrivileges": True,
            "PrivateUsers": True,
            "RestrictNamespaces": True,
            "SystemCallArchitectures": "native",
            "SystemCallFilter": "@system-service",
        }

    daemon = UserUnit(
        lambda self: f"{exe(self.package)} server -vvvv -d",
        description="Pizauth OAuth2 token manager",
        after=["network.target"],
        unit=lambda self: {"X-Restart-Triggers": [f"{self._file_of_accounts()}"]},
        restart="on-failure",
        service=_around,
        wanted_by=["default.target"],
    )
