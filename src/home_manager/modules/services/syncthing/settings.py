"""What Syncthing is told over its REST API: devices, folders, and everything else."""

from typing import Any

from home_manager.authoring import *

VERSIONING = """\
{
  type = "staggered";
  fsPath = "/syncthing/backup";
  params = {
    cleanInterval = "3600";
    maxAge = "31536000";
  };
}
"""


def tri(type, doc: str):
    """A setting that is left to Syncthing while it is `null`."""
    return option(t.null_or(type), default=None, doc=doc)


class GlobalOptions(Options):
    """Settings of the whole program."""

    freeform = formats.json.type

    localAnnounceEnabled = tri(t.bool, "Whether devices are announced and looked for in the local network.")
    localAnnouncePort = tri(t.int, "The port of the announcements over IPv4.")
    relaysEnabled = tri(t.bool, "Whether connections may go through relays.")
    urAccepted = tri(
        t.int, "The version of usage reporting that is agreed to; -1 is for none, and with 0 Syncthing asks some day."
    )
    limitBandwidthInLan = tri(t.bool, "Whether limits of bandwidth count in the local network, too.")
    maxFolderConcurrency = tri(t.int, "How many folders may be scanned or synchronised at the same time.")


class Device(Options):
    """Another device."""

    freeform = formats.json.type

    name = option(t.str, default=lambda self: self._name, default_text='"‹name›"', doc="What the device is called.")
    id = option(t.str, doc="The device's ID: 56 letters and digits in eight groups.")
    autoAcceptFolders = option(
        t.bool, default=False, doc="Whether folders that the device offers are taken, at the default place."
    )


class SharedWith(Options):
    """A device that a folder is shared with, with settings of its own."""

    freeform = formats.json.type

    name = option(t.str, default=lambda self: None, default_text="null", doc="The device's name in `settings.devices`.")
    encryptionPasswordFile = option(
        t.null_or(t.external_path),
        default=None,
        doc="A file with the password of an encrypted device; it is read when the service starts, not copied.",
    )


class Versioning(Options):
    """What is kept of changed and removed files."""

    freeform = formats.json.type

    type = option(t.enum("external", "simple", "staggered", "trashcan"), doc="The kind of versioning.")


FOLDER_PATH = t.described(
    t.narrowed(t.str, lambda value: isinstance(value, str) and value.startswith(("/", "~/"))),
    "string starting with / or ~/",
)


class Folder(Options):
    """A folder that is shared."""

    freeform = formats.json.type

    enable = option(
        t.bool, default=True, doc="Whether the folder is shared: one list of folders can be for several machines."
    )
    path = option(
        FOLDER_PATH,
        default=lambda self: self._name,
        default_text='"‹name›"',
        doc="Where the folder lies: an absolute path, or one below the home that begins with `~/`.",
    )
    id = option(
        t.str,
        default=lambda self: self._name,
        default_text='"‹name›"',
        doc="The folder's ID, the same on all devices.",
    )
    label = option(
        t.str, default=lambda self: self._name, default_text='"‹name›"', doc="What the folder is called on this device."
    )
    type = option(
        t.enum("sendreceive", "sendonly", "receiveonly", "receiveencrypted"),
        default="sendreceive",
        doc="In which directions changes go.",
    )
    devices = option(
        t.list_of(t.one_of(t.str, t.submodule(SharedWith))),
        default=[],
        doc="The devices that share the folder: names in `settings.devices`, or sets with a `name` and settings.",
    )
    versioning = option(
        t.null_or(t.submodule(Versioning)),
        default=None,
        example=literal(VERSIONING),
        doc="How changed and removed files are kept.",
    )
    copyOwnershipFromParent = option(
        t.bool,
        default=False,
        doc="Whether new files belong to the owner of the folder above, if Syncthing may do that.",
    )
    ignorePatterns = option(
        t.null_or(t.list_of(t.str)),
        default=None,
        example=["// a comment", "*.part // downloads that go on"],
        doc="Patterns of files that are not shared, which replace those of the web interface. With `null` those stay; "
        "an empty list removes them.",
    )


class ServerSettings(Options):
    """The settings of Syncthing."""

    freeform = formats.json.type

    options = option(t.submodule(GlobalOptions), default={}, doc="Settings of the whole program.")
    devices = option(
        t.attrs_of(t.submodule(Device)),
        default={},
        example={
            "bigbox": {
                "id": "7CFNTQM-IMTJBHJ-3UWRDIU-ZGQJFR6-VCXZ3NB-XUH3KZO-N52ITXR-LAIYUAU",
                "addresses": ["tcp://192.168.0.10:51820"],
            }
        },
        doc="The other devices. Further ones of the web interface are removed while `overrideDevices` is on.",
    )
    folders = option(
        t.attrs_of(t.submodule(Folder)),
        default={},
        example={"/home/user/sync": {"id": "syncme", "devices": ["bigbox"]}},
        doc="The shared folders. Further ones of the web interface are removed while `overrideFolders` is on.",
    )


def cleaned(value):
    """Settings without what is `null` or empty, at all levels."""
    if not isinstance(value, dict):
        return value
    inner = {name: cleaned(each) for name, each in value.items()}
    return {name: each for name, each in inner.items() if each is not None and each != {}}


def devices_of(settings) -> list[dict[str, Any]]:
    """The devices as the API takes them."""
    return [{**device, "deviceID": device["id"]} for device in settings.devices.values()]


def folders_of(settings) -> list[dict[str, Any]]:
    """The folders that are on, as the API takes them."""
    return [
        {**folder, "devices": [_shared(settings, each) for each in folder["devices"]]}
        for folder in settings.folders.values()
        if folder["enable"]
    ]


def unknown_devices(settings) -> list[tuple[str, str]]:
    """Folders and the names of devices that they are shared with, where there is no such device."""
    return [
        (name, known)
        for name, folder in settings.folders.items()
        for known in map(_device_name, folder["devices"])
        if folder["enable"] and known not in settings.devices
    ]


def _device_name(device) -> str:
    return device if isinstance(device, str) else str(device["name"])


def _shared(settings, device) -> dict[str, Any]:
    name = _device_name(device)
    known = {"deviceId": settings.devices[name]["id"]} if name in settings.devices else {}
    return known if isinstance(device, str) else {**known, **device}
