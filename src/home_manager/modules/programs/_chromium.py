from typing import Any

from home_manager.authoring import *

STORE = "https://clients2.google.com/service/update2/crx"
"""Where Chrome's web store tells which release an extension has."""

DARWIN = {
    "chromium": "Chromium",
    "google-chrome": "Google/Chrome",
    "google-chrome-beta": "Google/Chrome Beta",
    "google-chrome-dev": "Google/Chrome Dev",
    "brave": "BraveSoftware/Brave-Browser",
    "brave-origin": "BraveSoftware/Brave-Origin",
    "microsoft-edge": "Microsoft Edge",
    "vivaldi": "vivaldi",
}
"""The browsers, and their directories on macOS."""


class Extension(Options):
    """An extension."""

    id = option(t.str_matching("[a-zA-Z]{32}"), default="", doc="The id, as it stands in the address in the web store.")
    updateUrl = option(
        t.str, default=STORE, doc="Where updates are looked for; Google Chrome on macOS knows the web store alone."
    )
    crxPath = option(t.null_or(t.path), default=None, doc="The extension as a file; not for Google Chrome on macOS.")
    version = option(t.null_or(t.str), default=None, doc="The version of that file, which must be told.")


class _Chromium(Program):
    """Chromium, or a browser that is made from it."""

    package: Any
    finalPackage = option(
        t.null_or(t.package), read_only=True, doc="The package with the arguments and what else is configured in it."
    )
    commandLineArgs = option(
        t.list_of(t.str),
        default=[],
        example=["--enable-logging=stderr", "--ignore-gpu-blocklist"],
        doc="Arguments of every start, see "
        "<https://chromium.googlesource.com/chromium/src/+/refs/heads/main/chrome/common/chrome_switches.cc>.",
    )
    dictionaries = option(
        t.list_of(t.package),
        default=[],
        example=literal("[\n  pkgs.hunspellDictsChromium.en_US\n]\n"),
        doc="Packages of dictionaries for the spelling.",
    )
    nativeMessagingHosts = option(
        t.list_of(t.package),
        default=[],
        example=literal("[\n  pkgs.keepassxc\n]\n"),
        doc="Packages of programs that extensions may talk to.",
    )
    extensions = option(
        t.list_of(t.coerced_to(t.str, lambda id: {"id": id}, t.submodule(Extension))),
        default=[],
        example=literal(
            '[\n  { id = "cjpalhdlnbpafiamejdnhcphjbkeiagm"; } # ublock origin\n  {\n'
            '    id = "aaaaaaaaaabbbbbbbbbbcccccccccc";\n    crxPath = "/home/share/extension.crx";\n'
            '    version = "1.0";\n  }\n]\n'
        ),
        doc="Extensions: ids in the web store, or files. `ungoogled-chromium` needs files.",
    )

    def _browser(self):
        """The browser whose directories count: that of the package, where it is known."""
        name = None if self.package is None else computed(self.package["pname"])
        return name if name in DARWIN else self._base[-1]

    def _arguments(self):
        """What the package is made with."""
        return {"commandLineArgs": " ".join(self.commandLineArgs)} if self.commandLineArgs else {}

    def _hosts(self):
        return self.nativeMessagingHosts

    def _directory(self):
        browser = self._browser()
        if self._is_on("darwin"):
            return f"Library/Application Support/{DARWIN[browser]}"
        return f"{self['xdg.configHome']}/{DARWIN[browser] if browser.startswith('brave') else browser}"

    @defines(".finalPackage")
    def changed_package(self):
        given = {} if self.package is None else self._arguments()
        yield self._made(self.package["override"], given) if given else self.package

    @defines("home.packages")
    def installed(self):
        return [] if self.finalPackage is None else [self.finalPackage]

    @check
    def settings_fit(self):
        browser, is_darwin = self._browser(), self._is_on("darwin")
        if self.package is None and self.commandLineArgs:
            yield f"Cannot set `commandLineArgs` when `package` is null for {self._base[-1]}."
        if browser.startswith("google-chrome") and self.extensions and not is_darwin:
            yield (
                f"Cannot set `extensions` for `{browser}` on Linux. Google Chrome only loads external extensions from "
                "system-managed directories, which Home Manager does not manage."
            )
        elif browser.startswith("google-chrome") and any(
            each.crxPath is not None or each.version is not None or each.updateUrl != STORE for each in self.extensions
        ):
            yield (
                f"Cannot set `crxPath`, `version`, or a custom `updateUrl` for `{browser}` on Darwin. Google Chrome only "
                "supports Chrome Web Store external extensions there."
            )
        for each in self.extensions:
            if each.crxPath is not None and each.version is None:
                yield f"The extension `{each.id}` in {'.'.join(self._base)}.extensions has a `crxPath` and no `version`."

    @defines("home.file")
    def files(self):
        directory = self._directory()
        if self._is_on("darwin") or not self._browser().startswith("google-chrome"):
            for each in self.extensions:
                content = {"external_update_url": each.updateUrl}
                if each.crxPath is not None:
                    file = self._in_text(each.crxPath)
                    content = {"external_crx": file, "external_version": each.version}
                yield {f"{directory}/External Extensions/{each.id}.json": {"text": formats.json.compact(content)}}
        for dictionary in self.dictionaries:
            name = computed(computed(dictionary["passthru"])["dictFileName"])
            yield {f"{directory}/Dictionaries/{name}": {"source": dictionary}}
        if self._hosts():
            joined = {"name": f"{self._browser()}-native-messaging-hosts", "paths": self._hosts()}
            source = f"{self._made('symlinkJoin', joined)}/etc/chromium/native-messaging-hosts"
            yield {f"{directory}/NativeMessagingHosts": {"source": source, "recursive": True}}
