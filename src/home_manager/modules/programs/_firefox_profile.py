"""A profile of Firefox, or of a browser that is made from it."""

from functools import reduce

from home_manager.authoring import *
from home_manager.modules.programs._firefox_bookmarks import SETTINGS, Bookmarks, Checked, from_list
from home_manager.modules.programs._firefox_handlers import Handlers
from home_manager.modules.programs._firefox_search import Search

EXTENSIONS = "share/mozilla/extensions/{ec8030f7-c20a-464f-9b0e-13a3a9e97384}"
"""Where a package has its extensions: the name is Firefox's own id."""

LARGEST_CONTAINER = 4294967293
"""The largest id of a container; the two above it are Firefox's own."""

COLORS = ("blue", "turquoise", "green", "yellow", "orange", "red", "pink", "purple", "toolbar")
ICONS = (
    "briefcase", "cart", "circle", "dollar", "fence", "fingerprint", "gift", "vacation", "food", "fruit", "pet", "tree",
    "chill",
)  # fmt: skip

STYLESHEETS = "toolkit.legacyUserProfileCustomizations.stylesheets"
STORE_ID = "toolkit.profiles.storeID"


class Container(Options):
    """A container of tabs."""

    name = option(t.str, default=lambda self: self._name, default_text='"‹name›"', doc="The name of the container.")
    id = option(t.unsigned, default=1, doc="The number of the container, its own in the profile.")
    color = option(t.enum(*COLORS), default="pink", doc="The color of the container.")
    icon = option(t.enum(*ICONS), default="fruit", doc="The icon of the container.")


class Extension(Options):
    """An extension."""

    settings = option(t.attrs_of(t.json), default={}, doc="What the extension has stored as its settings.")
    permissions = option(
        t.null_or(t.list_of(t.str)),
        default=None,
        default_text='"Any permissions"',
        example=["activeTab"],
        doc="The permissions that the extension may ask for; `null` for any.",
    )
    force = option(
        t.bool, default=False, example=True, doc="Whether settings of this extension that are there may be replaced."
    )


UBLOCK = (
    '"uBlock0@raymondhill.net".settings = {\n'
    '    selectedFilterLists = [ "ublock-filters" "ublock-badware" "ublock-privacy" ];\n  };\n'
)


class Extensions(Options):
    """Extensions."""

    packages = option(
        t.list_of(t.package),
        default=[],
        example=literal("with pkgs.nur.repos.rycee.firefox-addons; [\n  privacy-badger\n]\n"),
        doc="Packages of extensions. The browser asks once before it uses them, unless the setting "
        "`extensions.autoDisableScopes` of the profile is 0.",
    )
    force = option(
        t.bool,
        default=False,
        example=True,
        doc="Whether settings of extensions that are there already may be replaced; needed for `settings`.",
    )
    exhaustivePermissions = option(
        t.bool, default=False, example=True, doc="Whether every extension must have its permissions listed."
    )
    exactPermissions = option(
        t.bool, default=False, example=True, doc="Whether no more permissions may be listed than an extension asks for."
    )
    settings = option(
        t.attrs_of(t.submodule(Extension)),
        default={},
        example=literal("{\n  " + UBLOCK + "}\n"),
        doc="What belongs to single extensions, by their id: a name, or a UUID in braces.",
    )


def css(where, example):
    return option(t.one_of(t.lines, t.path), default="", example=example, doc=f"Style sheet for {where}.")


def user_pref(name, value):
    plain = isinstance(value, (bool, int, str))
    text = formats.json.compact(value)
    return f"user_pref({formats.json.string(name)}, {text if plain else formats.json.string(text)});\n"


class _Profile(Checked):
    """A profile."""

    name = option(t.str, default=lambda self: self._name, default_text='"‹name›"', doc="The name of the profile.")
    id = option(t.unsigned, default=0, doc="The number of the profile, its own.")
    storeId = option(
        t.null_or(t.str_matching("[0-9a-f]{8}")),
        default=None,
        example="e41de5fe",
        doc="The id of the profile in the browser's newer list of profiles, eight hexadecimal digits; `null` leaves "
        "it to the browser.",
    )
    preConfig = option(t.lines, default="", doc="Lines of {file}`user.js` before the settings.")
    extraConfig = option(t.lines, default="", doc="Lines of {file}`user.js` after the settings.")
    userChrome = css(
        "the windows of the browser", "/* No tabs above */\n#TabsToolbar {\n  visibility: collapse !important;\n}\n"
    )
    userContent = css("pages", "/* Hide scrollbar in FF Quantum */\n*{scrollbar-width:none !important}\n")
    path = option(t.str, default=lambda self: self._name, default_text='"‹name›"', doc="The directory of the profile.")
    isDefault = option(
        t.bool,
        default=lambda self: self.id == 0,
        default_text='"true if profile ID is 0"',
        doc="Whether the browser starts with this profile.",
    )
    search = option(t.submodule(Search), default={}, doc="Search engines.")
    handlers = option(t.submodule(Handlers), default={}, doc="What is done with files and addresses.")
    containersForce = option(
        t.bool,
        default=False,
        doc="Whether the file of containers is replaced where there is one already. The browser itself replaces the "
        "link by a file each time it starts.",
    )
    containers = option(
        t.attrs_of(t.submodule(Container)),
        default={},
        example={
            "shopping": {"id": 1, "color": "blue", "icon": "cart"},
            "dangerous": {"id": 2, "color": "red", "icon": "fruit"},
        },
        doc="Containers of tabs, see <https://support.mozilla.org/en-US/kb/containers>.",
    )
    extensions = option(
        t.submodule(Extensions),
        default={},
        example=literal(
            "{\n  packages = with pkgs.nur.repos.rycee.firefox-addons; [\n    ublock-origin\n  ];\n  settings."
            + UBLOCK
            + "}\n"
        ),
        doc="Extensions and their settings.",
    )

    @defines(".settings")
    def implied(self):
        if self.userChrome:
            yield {STYLESHEETS: default(True)}
        if self.storeId is not None:
            yield {STORE_ID: default(self.storeId)}


def profile_class(app, *, bookmarks_are_internal=False):
    """The profiles of a browser by its name."""

    class Profile(_Profile):
        settings = option(
            t.attrs_of(
                t.described(
                    t.json, f"{app} preference (int, bool, string, and also attrs, list, float as a JSON string)"
                )
            ),
            default={},
            example=literal(
                '{\n  "browser.startup.homepage" = "https://nixos.org";\n  "browser.search.region" = "GB";\n'
                '  "browser.search.isUS" = false;\n  "browser.newtabpage.pinned" = [{\n    title = "NixOS";\n'
                '    url = "https://nixos.org";\n  }];\n}\n'
            ),
            doc=f"Preferences of {app}. A value that is neither number, boolean nor string becomes JSON in a string.",
        )
        bookmarks = option(
            t.coerced_to(SETTINGS, from_list, t.submodule(Bookmarks)),
            default={},
            internal=bookmarks_are_internal,
            doc="Bookmarks.",
        )

    return Profile


def user_js(self, profile):
    """The text of `user.js`; none where nothing is to be said."""
    settings: dict[str, object] = {}
    if profile.bookmarks.configFile is not None:
        settings |= {"browser.bookmarks.file": profile.bookmarks.configFile}
        settings |= {"browser.places.importBookmarksHTML": True}
    if any(each.settings for each in profile.extensions.settings.values()):
        settings |= {"extensions.webextensions.ExtensionStorageIDB.enabled": False}
    settings |= profile.settings
    if not (settings or profile.preConfig or profile.extraConfig):
        return ""
    for name, value in settings.items():
        if not isinstance(value, (str, int, float, list, type(None))) and (
            not isinstance(value, dict) or "outPath" in value
        ):
            settings[name] = self._in_text(value)
    lines = "".join(user_pref(name, settings[name]) for name in sorted(settings))
    return f"// Generated by Home Manager.\n\n{profile.preConfig}\n\n{lines}\n\n{profile.extraConfig}\n"


def containers_json(containers):
    """The text of `containers.json`: those of the user, and two that Firefox has for itself."""
    own = [
        {"userContextId": each.id, "color": each.color, "icon": each.icon, "name": each.name, "public": True}
        for each in containers.values()
    ]
    hidden = [
        {
            "userContextId": LARGEST_CONTAINER + number,
            "name": f"userContextIdInternal.{name}",
            "icon": "",
            "color": "",
            "accessKey": "",
            "public": False,
        }
        for number, name in enumerate(("thumbnail", "webextStorageLocal"), 1)
    ]
    last = max((each.id for each in containers.values()), default=0)
    return formats.json.compact({"version": 5, "lastUserContextId": last, "identities": own + hidden}) + "\n"


def profile_files(self, directory, profile):
    """The files of a profile, below a directory."""
    yield {f"{directory}/.keep": {"text": ""}}
    for name in ("userChrome", "userContent"):
        style = profile[name]
        if style != "":
            yield {f"{directory}/chrome/{name}.css": {"text" if isinstance(style, str) else "source": style}}
    text = user_js(self, profile)
    if text:
        yield {f"{directory}/user.js": {"text": text}}
    if profile.containers:
        entry = {"text": containers_json(profile.containers), "force": profile.containersForce}
        yield {f"{directory}/containers.json": entry}
    for name, part, file in (("search.json.mozlz4", "search", "file"), ("handlers.json", "handlers", "configFile")):
        if profile[part].enable:
            yield {f"{directory}/{name}": {"source": profile[part][file], "force": profile[part].force}}
    extensions = profile.extensions
    if extensions.packages:
        environment = {"name": "hm-firefox-extensions", "paths": extensions.packages}
        source = f"{self._made('buildEnv', environment)}/{EXTENSIONS}"
        yield {f"{directory}/extensions": {"source": source, "recursive": True, "force": True}}
    for name, each in extensions.settings.items():
        if each.settings:
            entry = {"text": formats.json.compact(each.settings), "force": each.force or extensions.force}
            yield {f"{directory}/browser-extension-data/{name}/storage.js": entry}


def problems(app, path, profile):
    """What is wrong with a profile at a path."""
    by_id: dict[str, list[str]] = {}
    for name, container in profile.containers.items():
        by_id.setdefault(str(container.id), []).append(name)
    yield from duplicates(f"a {app} container with an existing ID", "ID", by_id)
    where = reduce(formats.plain.attribute_path, path, "")
    extensions = profile.extensions
    if not extensions.force and any(each.settings and not each.force for each in extensions.settings.values()):
        yield (
            f"Using '{where}.extensions.settings' will override all\nprevious extensions settings. Enable either\n"
            f"'{where}.extensions.force' or the corresponding\n'{where}.extensions.settings.<extensionId>.force'\n"
            "to acknowledge this.\n"
        )
    if profile.storeId is not None and profile.settings.get(STORE_ID, profile.storeId) != profile.storeId:
        yield f'{where}.storeId must match\n{where}.settings."{STORE_ID}"\n'
    known = [package["addonId"] if "addonId" in package else package["name"] for package in extensions.packages]
    for id, package in zip(known, extensions.packages, strict=True):
        listed = extensions.settings[id].permissions if id in extensions.settings else None
        if extensions.exhaustivePermissions or listed is not None:
            asked = [computed(each) for each in computed(computed(package["meta"])["mozPermissions"])]
            yield from permissions(f"{where}.extensions.", id, asked, listed or [], extensions.exactPermissions)
    for name, each in extensions.settings.items():
        if each.permissions is not None and known.count(name) != 1:
            yield (
                f"Must have exactly one extension with addonId '{name}'\n"
                f"in '{where}.extensions.packages' but found {known.count(name)}.\n"
            )
    if profile.bookmarks.enable and not profile.bookmarks.force:
        yield (
            f"Using '{where}.bookmarks.settings' will override all previous bookmarks.\n"
            f"Enable {where}.bookmarks.force' to acknowledge this.\n"
        )


def permissions(where, id, asked, listed, exact):
    missing = [each for each in asked if each not in listed]
    redundant = [each for each in listed if each not in asked] if exact else []
    if not missing and not redundant:
        return
    first, second = formats.json.compact(missing), formats.json.compact(redundant)
    if missing and redundant:
        text = (
            f"Extension {id} requests permissions that weren't\nauthorized: {first}.\n"
            f"Additionally, the following permissions were authorized,\nbut extension {id} did not request them:\n"
            f"{second}.\nConsider adjusting the permissions in"
        )
    elif redundant:
        text = (
            "The following permissions were authorized, but extension\n"
            f"{id} did not request them: {second}.\nConsider removing the redundant permissions from"
        )
    else:
        text = (
            f"Extension {id} requests permissions that weren't\nauthorized: {first}.\n"
            "Consider adding the missing permissions to"
        )
    yield f"{text}\n'{where}{formats.plain.attribute_path('', id)}.permissions'.\n"


def duplicates(what, kind, by_id):
    found = sorted((id, names) for id, names in by_id.items() if len(names) > 1)
    if found:
        listed = "\n".join(f"  - {kind} {id} is used by {', '.join(sorted(names))}" for id, names in found)
        yield f"Must not have {what} but\n{listed}"
