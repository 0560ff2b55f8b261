from home_manager.authoring import *


def file(name, page="fluxbox(1)"):
    return ExtraText(file=f".fluxbox/{name}", below="home.file", doc=f"The file `~/.fluxbox/{name}`, see {page}.")


class Fluxbox(Program):
    """Fluxbox window manager"""

    namespace = "xsession.windowManager.fluxbox"
    platforms = ("linux",)

    package = Package("fluxbox", nullable=True)
    init = file("init")
    apps = file("apps")
    keys = file("keys", "fluxbox-keys(1)")
    menu = file("menu", "fluxbox-menu(1)")
    slitlist = file("slitlist")
    windowmenu = file("windowmenu", "fluxbox-menu(1)")
    extraCommandLineArgs = option(
        t.list_of(t.str), default=[], example=["-log", "/tmp/fluxbox.log"], doc="Arguments of `fluxbox`."
    )

    @defines("xsession.windowManager.command")
    def command(self):
        program = "fluxbox" if self.package is None else f"{self.package}/bin/fluxbox"
        return formats.shell.quote_all([program, *filter(None, self.extraCommandLineArgs)])
