from home_manager.authoring import *
from home_manager.modules.programs._mail import accounts, enabled

DIRECTIVES = t.anything


def directives(what, **more):
    return option(DIRECTIVES, default=[], doc=f"Further directives of {what}.", **more)


class _Account(Options):
    """pimsync for calendars or address books."""

    enable = enabled("synchronization using pimsync")
    extraRemoteStorageDirectives = directives(
        "the storage on the server", example=[{"name": "interval", "params": [60]}]
    )
    extraLocalStorageDirectives = directives("the storage here")
    extraPairDirectives = directives("the pair of both", example=[{"name": "collections", "params": ["all"]}])


class CalendarAccount(_Account):
    """pimsync for calendars."""

    extends = "accounts.calendar.accounts.<name>.pimsync"


class ContactAccount(_Account):
    """pimsync for address books."""

    extends = "accounts.contact.accounts.<name>.pimsync"


def directive(name, *params, children=None):
    return {"name": name, "params": list(params), **({} if children is None else {"children": children})}


def listed(values):
    return [directive(name, values[name]) for name in sorted(values)]


def local_storage(kind, name, account):
    values = listed({"path": account.local.path, "fileext": account.local.fileExt})
    form = directive("type", "vdir/icalendar" if kind == "calendar" else "vdir/vcard")
    more = account.pimsync.extraLocalStorageDirectives
    return directive("storage", f"{kind}-{name}-local", children=[form, *values, *more])


def remote_storage(kind, name, account):
    remote = account.remote
    form = "carddav" if kind == "contacts" else "caldav" if remote.type == "caldav" else "webcal"
    children = [directive("type", form), *listed({"url": remote.url, "username": remote.userName})]
    if remote.passwordCommand is not None:
        children.append({"name": "password", "children": [directive("cmd", *remote.passwordCommand)]})
    children += account.pimsync.extraRemoteStorageDirectives
    return directive("storage", f"{kind}-{name}-remote", children=children)


def pair(kind, name, account):
    both = listed({"storage_a": f"{kind}-{name}-local", "storage_b": f"{kind}-{name}-remote"})
    return directive("pair", f"{kind}-{name}", children=[*both, *account.pimsync.extraPairDirectives])


class Pimsync(Program):
    """pimsync"""

    package = Package("pimsync")
    settings = option(
        DIRECTIVES,
        default=lambda self: [directive("status_path", f"{self['xdg.dataHome']}/pimsync/status")],
        default_text='[\n  {\n    name = "status_path";\n    params = [ "${config.xdg.dataHome}/pimsync/status" ];\n'
        "  }\n]\n",
        doc="Further directives, see {manpage}`pimsync.conf(5)`.",
    )

    def _calendars(self):
        return accounts(self, "pimsync", "calendar")

    def _contacts(self):
        return accounts(self, "pimsync", "contact")

    @check
    def storages_are_supported(self):
        for account in self._contacts().values():
            if account.remote.type != "carddav":
                yield "pimsync can only handle contact remotes of type carddav"
        for account in self._calendars().values():
            if account.remote.type not in ("caldav", "http"):
                yield "pimsync can only handle calendar remotes of types http or caldav"
        for account in (*self._contacts().values(), *self._calendars().values()):
            if account.local.type != "filesystem":
                yield "pimsync only supports type filesystem for local"

    @config_file("pimsync/pimsync.conf")
    def file(self):
        found = [
            make(kind, name, account)
            for kind, used in (("calendar", self._calendars()), ("contacts", self._contacts()))
            for make in (local_storage, remote_storage, pair)
            for name, account in used.items()
        ]
        return formats.scfg.render([*found, *self.settings])

    def _directories(self):
        return [account.local.path for used in (self._calendars(), self._contacts()) for account in used.values()]

    @defines("systemd.user.tmpfiles.rules")
    def rules(self):
        if self._is_on("linux"):
            yield [f"d {path} 0750 {self['home.username']} users - -" for path in self._directories()]

    @defines("home.activation")
    def directories(self):
        if self._is_on("darwin"):
            words = [formats.shell.quote(path) for path in self._directories()]
            step = "".join(f"[[ -L {word} ]] || run mkdir -p $VERBOSE_ARG {word}\n" for word in words)
            yield {"createDavDirectories": {"data": step, "before": [], "after": ["linkGeneration"]}}
