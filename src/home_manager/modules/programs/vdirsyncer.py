import json

from home_manager.authoring import *
from home_manager.modules.programs._mail import accounts, enabled

COLLECTION = t.either(t.str, t.list_of(t.str))


class TimeRange(Options):
    """A range of time."""

    start = option(t.str, doc="The start, in Python.")
    end = option(t.str, doc="The end, in Python.")


def command(what, *example):
    return option(
        t.null_or(t.list_of(t.str)), default=None, example=list(example), doc=f"A command that prints {what}."
    )


class _Account(Options):
    """vdirsyncer for calendars or address books."""

    enable = enabled("synchronization using vdirsyncer")
    urlCommand = command("the address of the server", "~/get-url.sh")
    userNameCommand = command("the name to log in with", "~/get-username.sh")
    collections = option(t.null_or(t.list_of(COLLECTION)), default=None, doc="The collections that are synchronised.")
    conflictResolution = option(
        t.null_or(t.either(t.enum("remote wins", "local wins"), t.list_of(t.str))),
        default=None,
        doc="What is done where both sides changed: one of them wins, or a command decides. `null` is an error.",
    )
    partialSync = option(
        t.null_or(t.enum("revert", "error", "ignore")),
        default=None,
        doc="What is done where one side can only be read; see "
        "<https://vdirsyncer.pimutils.org/en/stable/config.html#pair-section>.",
    )
    localReadOnly = option(t.null_or(t.bool), default=None, doc="Whether the side here is only read.")
    metadata = option(
        t.list_of(t.str), default=[], example=["color", "displayname"], doc="What `vdirsyncer metasync` synchronises."
    )
    timeRange = option(
        t.null_or(t.submodule(TimeRange)),
        default=None,
        example={"start": "datetime.now() - timedelta(days=365)", "end": "datetime.now() + timedelta(days=365)"},
        doc="The range of time that is synchronised.",
    )
    itemTypes = option(t.null_or(t.list_of(t.str)), default=None, doc="The kinds of entries; `null` for all.")
    useVcard4 = option(t.bool, default=False, doc="Whether version 4.0 of vCards is asked for, and not 3.0.")
    verify = option(
        t.null_or(t.path),
        default=None,
        example="/path/to/cert.pem",
        doc="The certificate that the server's is held to.",
    )
    verifyFingerprint = option(
        t.null_or(t.str),
        default=None,
        doc="The fingerprint of the server's certificate; see "
        "<https://vdirsyncer.pimutils.org/en/stable/ssl-tutorial.html#ssl-tutorial>.",
    )
    auth = option(t.null_or(t.enum("basic", "digest", "guess")), default=None, doc="How to log in; `null` for `basic`.")
    authCert = option(
        t.null_or(t.either(t.str, t.list_of(t.str))),
        default=None,
        doc="The file of the user's certificate and key, or the two files.",
    )
    userAgent = option(t.null_or(t.str), default=None, doc="What the server is told of the program.")
    postHook = option(
        t.null_or(t.lines), default=None, doc="Commands that run for each entry that came or changed, with its file."
    )
    tokenFile = option(t.null_or(t.str), default=None, doc="The file of tokens for Google.")
    clientIdCommand = command("the id of the client for Google", "pass", "client_id")
    clientSecretCommand = command("the secret of the client for Google", "pass", "client_secret")


class CalendarAccount(_Account):
    """vdirsyncer for calendars."""

    extends = "accounts.calendar.accounts.<name>.vdirsyncer"


class ContactAccount(_Account):
    """vdirsyncer for address books."""

    extends = "accounts.contact.accounts.<name>.vdirsyncer"


class Everywhere(Module, _Account):
    """The options of accounts once more, at the top as the original has them; nothing reads them"""

    namespace = "vdirsyncer"
    by_mention = True


FROM_ACCOUNT = (
    "urlCommand", "userNameCommand", "itemTypes", "verify", "verifyFingerprint", "auth", "authCert", "userAgent",
    "tokenFile", "clientIdCommand", "clientSecretCommand", "timeRange",
)  # fmt: skip

KEYS = {
    "fileExt": "fileext",
    "readOnly": "read_only",
    "postHook": "post_hook",
    "itemTypes": "item_types",
    "useVcard4": "use_vcard_4",
    "userName": "username",
    "verifyFingerprint": "verify_fingerprint",
    "authCert": "auth_cert",
    "userAgent": "useragent",
    "tokenFile": "token_file",
    "clientId": "client_id",
    "clientSecret": "client_secret",
    "partialSync": "partial_sync",
    "conflictResolution": "conflict_resolution",
}
"""The keys of vdirsyncer that are not called as the option is; what a command prints is its key with `.fetch`."""

REMOTE = (
    "urlCommand", "userName", "userNameCommand", "passwordCommand", "verify", "verifyFingerprint", "auth", "authCert",
    "userAgent",
)  # fmt: skip
GOOGLE = ("clientIdCommand", "clientSecretCommand")
REQUIRED = {
    "caldav": ("url",),
    "carddav": ("url",),
    "http": ("url",),
    "filesystem": ("path", "fileExt"),
    "singlefile": ("path",),
    "google_calendar": ("tokenFile", "clientId", "clientSecret"),
    "google_contacts": ("tokenFile", "clientId", "clientSecret"),
}
ALLOWED = {
    "caldav": ("timeRange", "itemTypes", *REMOTE),
    "carddav": ("useVcard4", *REMOTE),
    "http": REMOTE,
    "filesystem": ("fileExt", "encoding", "postHook", "readOnly"),
    "singlefile": ("encoding", "readOnly"),
    "google_calendar": ("timeRange", "itemTypes", *GOOGLE),
    "google_contacts": GOOGLE,
}
"""What the kinds of storages must have, and what they may have beside that."""


def json_list(values):
    return f"[{', '.join(json_list(each) if isinstance(each, list) else text(each) for each in values)}]"


def text(value):
    """A string of JSON. A text that is one between quotes is kept, for people who have escaped it themselves."""
    plain = formats.plain.to_string(value)
    try:
        json.loads(f'"{plain}"')
    except ValueError:
        return formats.json.string(plain)
    return f'"{plain}"'


def line(name, value):
    key = KEYS.get(name, name)
    if name.endswith("Command"):
        name = name.removesuffix("Command")
        return f"{KEYS.get(name, name)}.fetch = {json_list(['command', *value])}"
    if name == "timeRange":
        return f"start_date = {text(value.start)}\nend_date = {text(value.end)}"
    if name == "collections":
        return f"{key} = {json_list(value) if value else 'null'}"
    if name == "conflictResolution":
        winner = {"remote wins": "a wins", "local wins": "b wins"}
        return f"{key} = {text(winner[value]) if isinstance(value, str) else json_list(['command', *value])}"
    if isinstance(value, bool):
        return f"{key} = {str(value).lower()}"
    return f"{key} = {json_list(value) if isinstance(value, list) else text(value)}"


def lines(values):
    return "\n".join(line(name, values[name]) for name in sorted(values))


def known(values):
    return {name: value for name, value in values.items() if value is not None}


def remote_storage(account):
    remote, own = account.remote, account.vdirsyncer
    values = {name: remote[name] for name in ("type", "url", "userName", "passwordCommand")}
    values |= {name: own[name] for name in FROM_ACCOUNT}
    return known({**values, "useVcard4": True if own.useVcard4 else None})


def pair(account):
    own = account.vdirsyncer
    values = {name: own[name] for name in ("conflictResolution", "metadata", "partialSync")}
    filled = {name: value for name, value in values.items() if value not in (None, [])}
    return {"collections": own.collections, **filled}


def problems(name, storage):
    kind = storage["type"]
    for given in sorted(storage.keys() - {"type"}):
        if given not in ALLOWED[kind] + REQUIRED[kind]:
            yield f"Storage {name} is of type {kind}. Option\n{given} is not allowed for this type.\n"
    for wanted in REQUIRED[kind]:
        if wanted not in storage and f"{wanted}Command" not in storage:
            yield f"Storage {name} is of type {kind}, but required\noption {wanted} is not set.\n"
    for one in ("url", "userName"):
        if one in storage and f"{one}Command" in storage:
            yield f"Storage {name} has mutually exclusive options: {one}, {one}Command"


class Vdirsyncer(Program):
    """vdirsyncer"""

    package = Package("vdirsyncer")
    statusPath = option(
        t.str,
        default=lambda self: f"{self['xdg.dataHome']}/vdirsyncer/status",
        default_text='"$XDG_DATA_HOME/vdirsyncer/status"',
        doc="The directory in which vdirsyncer remembers what it did.",
    )

    def _accounts(self):
        calendars = accounts(self, "vdirsyncer", "calendar").items()
        contacts = accounts(self, "vdirsyncer", "contact").items()
        return {
            **{f"calendar_{name}": account for name, account in calendars},
            **{f"contacts_{name}": account for name, account in contacts},
        }

    def _local(self, account):
        local, own = account.local, account.vdirsyncer
        hook = own.postHook and f"{self._made('writeShellScriptBin', 'post-hook', own.postHook)}/bin/post-hook"
        values = {name: local[name] for name in ("type", "fileExt", "encoding", "path")}
        return known({**values, "readOnly": own.localReadOnly, "postHook": hook or None})

    @check
    def storages_are_whole(self):
        for name, account in self._accounts().items():
            yield from problems(name, self._local(account))
            yield from problems(name, remote_storage(account))

    @config_file("vdirsyncer/config")
    def file(self):
        used = self._accounts()
        pairs = [
            f'[pair {name}]\na = "{name}_remote"\nb = "{name}_local"\n{lines(pair(account))}\n'
            for name, account in used.items()
        ]
        local = [f"[storage {name}_local]\n{lines(self._local(account))}" for name, account in used.items()]
        remote = [f"[storage {name}_remote]\n{lines(remote_storage(account))}" for name, account in used.items()]
        return (
            f"[general]\nstatus_path = {text(self.statusPath)}\n\n### Pairs\n\n" + "\n".join(pairs) + "\n\n"
            "### Local storages\n\n" + "\n\n".join(local) + "\n\n### Remote storages\n\n" + "\n\n".join(remote) + "\n"
        )
