"""A program that adds to the accounts."""

from home_manager.authoring import Options, Program, default, defines, option, t


class MailAccount(Options):
    extends = "accounts.email.accounts.<name>.mail-tool"

    enable = option(t.bool, default=False, doc="Whether it takes part.")
    alias = option(t.str, default=lambda self: self._name + "!", default_text="name", doc="What it is called.")

    @defines("address", when=enable)
    def invented(self):
        return default("someone@example.org")


class MailTool(Program):
    """a mail tool"""

    @defines("home.sessionVariables")
    def accounts(self):
        names = [name for name, account in self["accounts.email.accounts"].items() if account["mail-tool"].enable]
        return {"MAIL": " ".join(names)}
