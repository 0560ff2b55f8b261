from home_manager.authoring import *

BELOW = {
    "firefox": "Library/Application Support/Mozilla/NativeMessagingHosts",
    "thunderbird": "Library/Mozilla/NativeMessagingHosts",
    "librewolf": "Library/Application Support/LibreWolf/NativeMessagingHosts",
}
"""Where macOS has them."""


def hosts(app):
    return option(
        t.list_of(t.package), default=[], internal=True, doc=f"Packages of programs that extensions of {app} talk to."
    )


class Mozilla(Module):
    """Native messaging hosts"""

    namespace = "mozilla"
    by_mention = True

    firefoxNativeMessagingHosts = hosts("Firefox")
    thunderbirdNativeMessagingHosts = hosts("Thunderbird")
    librewolfNativeMessagingHosts = hosts("LibreWolf")

    @defines("home.file")
    def links(self):
        firefox, thunderbird = self.firefoxNativeMessagingHosts, self.thunderbirdNativeMessagingHosts
        librewolf = self.librewolfNativeMessagingHosts
        if self._is_on("darwin"):
            yield from self._link(BELOW["thunderbird"], "th", thunderbird)
            yield from self._link(BELOW["firefox"], "ff", firefox)
            yield from self._link(BELOW["librewolf"], "lw", librewolf)
        else:
            yield from self._link(".mozilla/native-messaging-hosts", "mozilla", [*firefox, *thunderbird])
            yield from self._link(".librewolf/native-messaging-hosts", "librewolf", librewolf)

    def _link(self, directory, name, packages):
        if packages:
            # The empty file keeps the directory where no package has a host.
            keep = self._made("writeTextDir", "lib/mozilla/native-messaging-hosts/.keep", "")
            joined = {"name": f"{name}-native-messaging-hosts", "paths": [keep, *packages]}
            source = f"{self._made('symlinkJoin', joined)}/lib/mozilla/native-messaging-hosts"
            yield {directory: {"source": source, "recursive": True, "ignorelinks": True}}
