from home_manager.authoring import *


class Systemd(Options):
    """The daemon"""

    enable = option(
        t.bool, default=False, example=True, doc="Whether aria2 runs as a service of the user, for clients."
    )


class Aria2(Program):
    """aria2, a download utility"""

    package = Package("aria2", nullable=True)
    settings = option(
        formats.keyvalue.type,
        default={},
        example={
            "dht-listen-port": 60000,
            "ftp-pasv": True,
            "listen-port": 60000,
            "max-upload-limit": "50K",
            "seed-ratio": 1.0,
        },
        doc="Settings of aria2, see {manpage}`aria2c(1)`.",
    )
    systemd = group(Systemd)
    daemon = UserUnit(
        lambda self: f"{exe(self.package)} --enable-rpc",
        description="Aria2c daemon",
        unit=lambda self: {
            "Documentation": "man:aria2c(1)",
            **({"X-Restart-Triggers": [self._conf()]} if self.settings else {}),
        },
        restart="on-failure",
        wanted_by="default.target",
        when=lambda self: self.systemd.enable,
    )

    @defines("xdg.configFile", when=settings)
    def configuration(self):
        return {"aria2/aria2.conf": {"source": self._conf()}}

    def _conf(self):
        return str(self._made("writeText", "aria2.conf", formats.keyvalue.render(self.settings)))

    removed = (Removed("extraConfig", "This option has been removed. Please use 'programs.aria2.settings' instead."),)
