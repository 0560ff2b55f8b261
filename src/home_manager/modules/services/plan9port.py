from home_manager.authoring import *


def switch(what):
    class Server(Options):
        """A server"""

        enable = option(t.bool, default=False, example=True, doc=f"Whether to enable {what}.")

    return group(Server)


class Plan9port(Module):
    """File systems of Plan 9"""

    by_mention = True
    package = Package("plan9port", install=False)
    fontsrv = switch("the Plan 9 file system access to host fonts")
    plumber = switch("the Plan 9 file system for interprocess messaging")
    fonts = UserUnit(
        lambda self: f"{exe(self.package, '9')} fontsrv",
        name="fontsrv",
        description="the Plan 9 file system access to host fonts",
        wanted_by="default.target",
        when=lambda self: self.fontsrv.enable,
    )
    messages = UserUnit(
        lambda self: f"{exe(self.package, '9')} plumber -f",
        name="plumber",
        description="file system for interprocess messaging",
        wanted_by="default.target",
        when=lambda self: self.plumber.enable,
    )

    @check
    def platform(self):
        if (self.fontsrv.enable or self.plumber.enable) and not self._is_on("linux"):
            yield "The module services.plan9port does not support your platform. It only supports\n\n  - linux"
