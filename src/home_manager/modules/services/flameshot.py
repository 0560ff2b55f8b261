from home_manager.authoring import *


class Flameshot(Service):
    """Flameshot"""

    platforms = ("linux", "darwin")

    package = Package("flameshot")
    settings = option(
        formats.ini.type,
        default={},
        example={"General": {"disabledTrayIcon": True, "showStartupLaunchMessage": False}},
        doc="Configuration of Flameshot; see its `flameshot.example.ini`.",
    )

    def _ini(self):
        return self._made("writeText", "flameshot.ini", formats.ini.render(self.settings))

    @defines("xdg.configFile", when=settings)
    def file(self):
        return {"flameshot/flameshot.ini": {"source": self._ini()}}

    unit = UserUnit(
        lambda self: [exe(self.package)],
        description="Flameshot screenshot tool",
        requires="tray.target",
        target="graphical-session.target",
        after=["graphical-session.target", "tray.target"],
        restart="on-abort",
        unit=lambda self: {"X-Restart-Triggers": [str(self._ini())]} if self.settings else {},
        service=lambda self: {
            "Environment": [f"PATH={self['home.profileDirectory']}/bin"],
            "LockPersonality": True,
            "MemoryDenyWriteExecute": True,
            "NoNewPrivileges": True,
            "PrivateUsers": True,
            "RestrictNamespaces": True,
            "SystemCallArchitectures": "native",
            "SystemCallFilter": "@system-service",
        },
        launchd={
            "KeepAlive": {"Crashed": True, "SuccessfulExit": False},
            "ProcessType": "Interactive",
            "RunAtLoad": True,
        },
    )
