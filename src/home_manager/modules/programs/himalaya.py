from home_manager.authoring import *
from home_manager.modules.programs._mail import accounts, command, enabled, updated, uses

SAMPLE = "<https://github.com/pimalaya/himalaya/blob/master/config.sample.toml>"


class Freeform(Options):
    """Settings."""

    freeform = t.toml


def settings(what):
    return option(t.submodule(Freeform), default={}, doc=f"Settings of {what}, see {SAMPLE}.")


class Account(Options):
    """himalaya for an account."""

    extends = "accounts.email.accounts.<name>.himalaya"

    enable = enabled("the email client Himalaya CLI for this email account")
    settings = settings("the account")


def server(account, given):
    """A backend for a server; what is not known is left to himalaya."""
    encryption = "start-tls" if given.tls.useStartTls else "tls" if given.tls.enable else "none"
    backend = {"host": given.host, "port": given.port, "login": account.userName}
    return {
        **{name: value for name, value in backend.items() if value is not None},
        "encryption": {"type": encryption},
        "auth": {"type": "password", "cmd": command(account.passwordCommand)},
    }


class Himalaya(Program):
    """the email client Himalaya CLI"""

    package = Package("himalaya", nullable=True)
    settings = settings("himalaya")
    removed = (
        Removed(
            "/services.himalaya-watch.enable",
            "services.himalaya-watch has been removed.\n\nThe watch feature moved away from Himalaya scope, and resides\n"
            "now in its own project called Mirador. Once the v1 released, the\nservice will land back in nixpkgs and "
            "home-manager.\n\nSee <https://github.com/pimalaya/mirador>.\n",
        ),
    )

    def _account(self, account):
        folders = {name: account.folders[name] for name in ("inbox", "sent", "drafts", "trash")}
        config = {
            "email": account.address,
            "display-name": account.realName,
            "default": account.primary,
            "folder": {"aliases": folders},
        }
        if account.signature.showSignature == "append":
            config |= {"signature": account.signature.text, "signature-delim": account.signature.delimiter}
        if uses(account, "notmuch"):
            config["backend"] = {"type": "notmuch", "db-path": self["accounts.email.maildirBasePath"]}
        elif account.imap is not None:
            config["backend"] = {"type": "imap", **server(account, account.imap)}
        elif account.maildir is not None:
            config["backend"] = {"type": "maildir", "root-dir": account.maildir.absPath}
        if account.smtp is not None:
            config["message"] = {"send": {"backend": {"type": "smtp", **server(account, account.smtp)}}}
        elif uses(account, "msmtp"):
            config["message"] = {"send": {"backend": {"type": "sendmail", "cmd": exe(self.pkgs["msmtp"])}}}
        return updated(config, account.himalaya.settings)

    @config_file("himalaya/config.toml")
    def file(self):
        used = {name: self._account(account) for name, account in accounts(self, "himalaya").items()}
        given = {name: value for name, value in self.settings.items() if value is not None}
        return formats.toml.render({**given, "accounts": used})

    @defines("xdg.desktopEntries")
    def entry(self):
        if self._is_on("linux") and self.package is not None:
            yield {
                "himalaya": {
                    "type": "Application",
                    "name": "himalaya",
                    "genericName": "Email Client",
                    "comment": "CLI to manage emails",
                    "terminal": True,
                    "exec": "himalaya %u",
                    "categories": ["Network"],
                    "mimeType": ["x-scheme-handler/mailto", "message/rfc822"],
                    "settings": {"Keywords": "email"},
                }
            }
