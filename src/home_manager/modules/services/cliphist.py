from home_manager.authoring import *
from home_manager.modules import _graphical


def watcher(what, flags="", **more):
    def command(self):
        arguments = formats.shell.quote_all(self.extraOptions)
        paste = exe(self.clipboardPackage, "wl-paste")
        return f"{paste}{flags} --watch {exe(self.package)} {arguments} store"

    return _graphical.session_unit(
        command,
        follows="systemdTargets",
        wayland=False,
        description=f"Clipboard management daemon{what}",
        restart="on-failure",
        service={"Type": "simple"},
        **more,
    )


class Cliphist(Service):
    """cliphist, a history of the clipboard for Wayland"""

    package = Package("cliphist")
    clipboardPackage = Package("wl-clipboard", install=False)
    allowImages = option(t.bool, default=True, doc="Whether images are kept, too.")
    extraOptions = option(
        t.list_of(t.str),
        default=["-max-dedupe-search", "10", "-max-items", "500"],
        doc="Further arguments of cliphist.",
    )
    systemdTargets = _graphical.targets(example="sway-session.target", type=t.either(t.list_of(t.str), t.str))
    renamed = Renamed("systemdTarget", "systemdTargets")

    texts = watcher("")
    images = watcher(" - images", " --type image", name="cliphist-images", when=allowImages)
