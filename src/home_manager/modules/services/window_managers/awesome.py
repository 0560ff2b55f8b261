from home_manager.authoring import *

LUA = "5.3"
"""The Lua that Awesome is built with where the package says nothing of it."""


class Awesome(Program):
    """Awesome window manager"""

    namespace = "xsession.windowManager.awesome"
    platforms = ("linux",)

    package = Package("awesome")
    luaModules = option(
        t.list_of(t.package),
        default=[],
        example=literal("[ pkgs.luaPackages.vicious ]"),
        doc="Packages of Lua that the configuration can use.",
    )
    noArgb = option(
        t.bool, default=False, doc="Whether windows cannot be transparent, which makes some systems faster."
    )

    @defines("xsession.windowManager.command")
    def command(self):
        version = computed(self.package["lua"]["luaversion"]) if "lua" in self.package else LUA
        searched = [f" --search {each}/{part}/lua/{version}" for each in self.luaModules for part in ("share", "lib")]
        return f"{self.package}/bin/awesome {'--no-argb ' if self.noArgb else ''}{''.join(searched)}"
