"""Search engines of a profile of Firefox, and the file `search.json.mozlz4` that holds them."""

import json
from functools import reduce

from home_manager.authoring import *
from home_manager.modules.programs._firefox_bookmarks import Meta
from home_manager.modules.programs._firefox_engines import IDS

INTERNAL = {
    name: f"_{name}"
    for name in (
        "name", "isAppProvided", "loadPath", "updateInterval", "updateURL", "iconMapObj", "metaData", "orderHint",
        "definedAliases", "urls",
    )
}  # fmt: skip
INTERNAL["searchForm"] = "__searchForm"

DISCLAIMER = (
    "By modifying this file, I agree that I am doing so only within @appName@ itself, using official, user-driven "
    "search engine selection processes, and in a way which does not circumvent user consent. I acknowledge that any "
    "attempt to change this file from outside of @appName@ is a malicious act, and will be responded to accordingly."
)
"""What Firefox hashes together with the path of the profile and the engine; it ignores a default without that hash."""

BUILD = """\
digest() {
  local bytes
  bytes=$(printf %s "${1//@appName@/"$appName"}" | sha256sum | sed 's/ .*//; s/../\\\\x&/g')
  printf "$bytes" | base64 --wrap=0
}
bytes() {
  local byte
  for byte; do printf "$(printf '\\\\x%02x' "$byte")"; done
}
LC_ALL=C
if [[ -n $salt ]]; then json=${json//@hash@/"$(digest "$salt")"}; fi
if [[ -n $privateSalt ]]; then json=${json//@privateHash@/"$(digest "$privateSalt")"}; fi
size=${#json}
{
  printf 'mozLz40\\0'
  bytes $((size & 255)) $((size >> 8 & 255)) $((size >> 16 & 255)) $((size >> 24 & 255))
  # One block of LZ4 that is all literals: the upper half of a byte is their number, bytes that follow add to 15.
  if ((size < 15)); then
    bytes $((size << 4))
  else
    bytes 240
    rest=$((size - 15))
    while ((rest >= 255)); do
      bytes 255
      rest=$((rest - 255))
    done
    bytes $rest
  fi
  printf %s "$json"
} > "$out"
"""


def engine_option(what):
    return option(
        t.null_or(t.str),
        default=None,
        example="ddg",
        apply=lambda self, engine: engine and self._id(engine),
        doc=f"The id of the search engine {what}.",
    )


class Search(Options):
    """Search engines."""

    meta = group(Meta)
    enable = option(
        t.bool,
        default=lambda self: bool(self.default or self.privateDefault or self.order or self.engines),
        default_text="false",
        internal=True,
        doc="Whether the engines are configured here.",
    )
    force = option(
        t.bool,
        default=False,
        doc="Whether the file of engines is replaced where there is one already. The browser itself replaces the link "
        "by a file each time it starts; what it had stored is lost.",
    )
    default = engine_option("of the address bar and the search bar")
    privateDefault = engine_option("of private windows")
    order = option(
        t.uniq(t.list_of(t.str)),
        default=[],
        example=["ddg", "google"],
        apply=lambda self, engines: [self._id(engine) for engine in engines],
        doc="The engines in the order in which they are listed; further ones follow in any order.",
    )
    engines = option(
        t.attrs_of(t.attrs_of(t.json)),
        default={},
        apply=lambda self, engines: {self._id(name): engine for name, engine in engines.items()},
        example=literal(
            '{\n  nix-packages = {\n    name = "Nix Packages";\n    urls = [{\n'
            '      template = "https://search.nixos.org/packages";\n'
            '      params = [ { name = "query"; value = "{searchTerms}"; } ];\n    }];\n'
            '    icon = "${pkgs.nixos-icons}/share/icons/hicolor/scalable/apps/nix-snowflake.svg";\n'
            '    definedAliases = [ "@np" ];\n  };\n  bing.metaData.hidden = true;\n  google.metaData.alias = "@g";\n}\n'
        ),
        doc="Search engines by id. One with `metaData` alone is an engine of the browser's own; others have the "
        "attributes of Firefox's `SearchEngine.sys.mjs`, without underscores, and `icon` for a single icon, which may "
        "be a file.",
    )
    file = option(
        t.path, default=lambda self: self._file_of_engines(), read_only=True, internal=True, doc="The resulting file."
    )

    def _warned(self, text, value):
        return self._made(self.pkgs["lib"]["warn"], text, value)

    def _id(self, name):
        if name not in IDS:
            return name
        text = f"Search engines are now referenced by id instead of by name, use '{IDS[name]}' instead of '{name}'"
        return self._warned(text, IDS[name])

    def _icon_size(self, name):
        """The size that an icon is listed under; once it was a JSON object."""
        if name.lstrip("-").isdigit():
            return name
        size = str(json.loads(name)["width"])
        text = f"JSON object names for 'iconMapObj' are deprecated, use '{size}' instead of '{name}'"
        return self._warned(text, size)

    def _icons(self, engine):
        icons = {self._icon_size(name): icon for name, icon in engine.pop("iconMapObj", {}).items()}
        for old in ("iconUpdateURL", "iconURL"):
            if old in engine:
                icon = engine.pop(old)
                text = f"'{old}' is deprecated, use 'icon = {formats.json.string(icon)}' instead"
                icons = {"16": self._warned(text, icon), **icons}
        if "icon" in engine:
            icons = {"16": engine.pop("icon"), **icons}
        texts = {size: self._in_text(icon) for size, icon in icons.items()}
        return {size: f"file://{icon}" if icon.startswith("/") else icon for size, icon in texts.items()}

    def _engine(self, id, given):
        engine = dict(given)
        if engine.get("isAppProvided", not engine.keys() - {"metaData"}):
            engine = {"isAppProvided": True}
        else:
            if "hasPreferredIcon" in engine:
                self._made(self.pkgs["lib"]["throwIf"], True, "hasPreferredIcon has been removed", None)
            icons = self._icons(engine)
            place = reduce(formats.plain.attribute_path, [*self._evaluation.prefix, "engines", id], "")
            engine = {"isAppProvided": False, "name": id, **engine, "loadPath": f"[home-manager]/{place}"}
            if icons:
                engine["iconMapObj"] = icons
        engine = {**engine, "id": id, "metaData": given.get("metaData", {})}
        return {INTERNAL.get(name, name): value for name, value in engine.items()}

    def _settings(self):
        named = {name: self.engines.get(name, {}) for name in (self.default, self.privateDefault) if name}
        engines = {id: self._engine(id, engine) for id, engine in {**self.engines, **named}.items()}
        ordered = []
        for number, id in enumerate(self.order, 1):
            engine = engines.pop(id, {"id": id, "_isAppProvided": True, "_metaData": {}})
            ordered.append({**engine, "_metaData": {**engine["_metaData"], "order": number}})
        meta: dict[str, object] = {"useSavedOrder": bool(self.order)}
        if self.default is not None:
            meta |= {"defaultEngineId": self.default, "defaultEngineIdHash": "@hash@"}
        if self.privateDefault is not None:
            meta |= {"privateDefaultEngineId": self.privateDefault, "privateDefaultEngineIdHash": "@privateHash@"}
        return {"version": 12, "engines": ordered + [engines[id] for id in sorted(engines)], "metaData": meta}

    def _salt(self, engine):
        return "" if engine is None else f"{self._directory()}{engine}{DISCLAIMER}"

    def _app(self):
        """The name of the browser, and its package."""
        module = ".".join(self._evaluation.prefix[:2])
        return self[f"{module}.name"], self[f"{module}.finalPackage"]

    def _directory(self):
        """The directory of the profile."""
        return self[".".join(self._evaluation.prefix[:3])][self._evaluation.prefix[3]].path

    def _file_of_engines(self):
        app, package = self._app()
        name = f"appName={formats.shell.quote(app)}\n"
        if package is not None:
            name += (
                f"for application in {package}/lib/*/application.ini; do\n"
                '  if [[ -f $application ]]; then appName=$(sed -n "s/^Name=//p" "$application" | head -n 1); fi\ndone\n'
            )
        environment = {
            "json": formats.json.compact(self._settings()),
            "salt": self._salt(self.default),
            "privateSalt": self._salt(self.privateDefault),
        }
        return self._made("runCommand", "search.json.mozlz4", environment, name + BUILD)
