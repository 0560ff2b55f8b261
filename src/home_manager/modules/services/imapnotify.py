from home_manager.authoring import *
from home_manager.modules.programs._mail import accounts, enabled, lacking, uses

NEEDS = {
    "imapnotify: Missing maildir configuration": lambda account: account.maildir is not None,
    "imapnotify: Missing IMAP configuration": lambda account: account.imap is not None,
    "imapnotify: Missing password command": lambda account: account.passwordCommand is not None,
    "imapnotify: Missing username": lambda account: account.userName is not None,
}


def commands(when, example):
    return option(t.either(t.str, t.attrs_of(t.str)), default="", example=example, doc=f"Commands that run {when}.")


class Account(Options):
    """imapnotify for an account."""

    extends = "accounts.email.accounts.<name>.imapnotify"

    enable = enabled("imapnotify")
    onNotify = commands("whenever something happens", "${pkgs.isync}/bin/mbsync test-%s")
    onNotifyPost = commands(
        "after those",
        {"mail": "${pkgs.notmuch}/bin/notmuch new && ${pkgs.libnotify}/bin/notify-send 'New mail arrived'"},
    )
    boxes = option(t.list_of(t.str), default=[], example=["Inbox", "[Gmail]/MyLabel"], doc="The mailboxes to watch.")
    extraArgs = option(t.list_of(t.str), default=[], example=["-wait 1"], doc="Further arguments of goimapnotify.")
    extraConfig = option(t.json, default={}, doc="Further settings of the account.")


def safe(name):
    return name.translate({ord(sign): "-" for sign in "@:\\"} | {ord(sign): None for sign in "[]"})


class Imapnotify(Service):
    """imapnotify"""

    platforms = ("linux", "darwin")

    package = Package("goimapnotify", install=False, example="pkgs.imapnotify")
    path = option(
        t.list_of(t.package),
        default=[],
        apply=lambda self, packages: self._made(self.pkgs["lib"]["makeBinPath"], packages),
        doc="Packages whose programs the commands find; not on macOS.",
    )

    @check
    def accounts_are_complete(self):
        yield from lacking(accounts(self, "imapnotify"), NEEDS)

    @defines(".path")
    def programs(self):
        if self["programs.notmuch.enable"]:
            yield [self.pkgs["notmuch"]]
        if self["programs.mbsync.enable"]:
            yield [self["programs.mbsync.package"]]

    def _named(self):
        """The accounts by the names of their units, each with its configuration and variables."""
        for account in accounts(self, "imapnotify").values():
            name = f"imapnotify-{safe(account.name)}"
            config = self._made("writeText", f"{name}-config.json", formats.json.compact(settings(account)))
            variables = {}
            if uses(account, "notmuch"):
                variables["NOTMUCH_CONFIG"] = f"{self['xdg.configHome']}/notmuch/default/config"
            yield name, account, config, variables

    @defines("xdg.configFile")
    def files(self):
        for name, _, config, _ in self._named():
            yield {f"imapnotify/{name}-config.json": {"source": config}}

    @defines("systemd.user.services")
    def units(self):
        for name, account, config, variables in self._named():
            service = {
                # The configuration by its own path: a change restarts the service.
                "ExecStart": f"{exe(self.package)} -conf '{config}' {' '.join(account.imapnotify.extraArgs)}",
                "Restart": "always",
                "RestartSec": 30,
                "Type": "simple",
                "Environment": [f"PATH={self.path}", *(f"{key}={value}" for key, value in variables.items())],
            }
            unit = {"Description": f"imapnotify for {name.removeprefix('imapnotify-')}"}
            yield {name: {"Unit": unit, "Service": service, "Install": {"WantedBy": ["default.target"]}}}

    @defines("launchd.agents")
    def agents(self):
        for name, _, config, variables in self._named() if self._is_on("darwin") else ():
            agent = {
                "ProgramArguments": [exe(self.package), "-conf", str(config)],
                "KeepAlive": True,
                "ThrottleInterval": 30,
                "ExitTimeOut": 0,
                "ProcessType": "Background",
                "RunAtLoad": True,
                **({"EnvironmentVariables": variables} if variables else {}),
            }
            yield {name: {"enable": True, "config": agent}}


def settings(account):
    imap, own = account.imap, account.imapnotify
    commands = {"onNewMail": own.onNotify, "onNewMailPost": own.onNotifyPost}
    return {
        "host": imap.host,
        "port": imap.port if imap.port is not None else 993 if imap.tls.enable else 143,
        "tls": imap.tls.enable,
        "tlsOptions": {"starttls": imap.tls.useStartTls},
        "username": account.userName,
        "passwordCmd": formats.shell.quote_all(account.passwordCommand),
        "boxes": own.boxes,
        **{name: value for name, value in commands.items() if value != ""},
        **own.extraConfig,
    }
