from home_manager.authoring import *

FILE = "com.github.browserpass.native.json"

DIRECTORIES = {
    "brave": ("BraveSoftware/Brave-Browser", "BraveSoftware/Brave-Browser"),
    "chrome": ("google-chrome", "Google/Chrome"),
    "chromium": ("chromium", "Chromium"),
    "firefox": (".mozilla", "Mozilla"),
    "librewolf": (".librewolf", "LibreWolf"),
    "vivaldi": ("vivaldi", "Vivaldi"),
}
"""The directories of the browsers on Linux and on macOS."""


class Browserpass(Program):
    """the browserpass extension host application"""

    package = Package("browserpass", install=False)
    browsers = option(
        t.list_of(t.enum(*DIRECTORIES)),
        default=list(DIRECTORIES),
        example=["firefox"],
        doc="The browsers that can talk to browserpass.",
    )

    @defines("home.file")
    def hosts(self):
        for browser in self.browsers:
            kind = "firefox" if browser in ("firefox", "librewolf") else "chromium"
            linux, darwin = DIRECTORIES[browser]
            if self._is_on("darwin"):
                directory = f"Library/Application Support/{darwin}/NativeMessagingHosts"
            elif kind == "firefox":
                directory = f"{linux}/native-messaging-hosts"
            else:
                directory = f".config/{linux}/NativeMessagingHosts"
            yield {f"{directory}/{FILE}": {"source": f"{self.package}/lib/browserpass/hosts/{kind}/{FILE}"}}
            # Brave reads policies of the system alone.
            if kind == "chromium" and browser != "brave":
                policy = f"{self.package}/lib/browserpass/policies/chromium/{FILE}"
                yield {f"{directory}/../policies/managed/{FILE}": {"source": policy}}
