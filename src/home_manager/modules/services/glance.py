from home_manager.authoring import *

CALENDAR = {"pages": [{"name": "Calendar", "columns": [{"size": "full", "widgets": [{"type": "calendar"}]}]}]}

RESTART = """\
domain="{domain}/$(id -u)"
/bin/launchctl kickstart -k "$domain/org.nix-community.home.glance" 2> /dev/null || true
"""


class Glance(Service):
    """Glance, a page with feeds"""

    platforms = ("linux", "darwin")

    package = Package("glance")
    settings = Settings(
        formats.yaml,
        file="glance/glance.yml",
        when=True,
        default=CALENDAR,
        example={"server": {"port": 5678}, **CALENDAR},
        doc="What glance.yml holds, see <https://github.com/glanceapp/glance/blob/main/docs/configuration.md>.",
        onChange=lambda self: (
            RESTART.format(domain=self["launchd.agents.glance.domain"]) if self._is_on("darwin") else ""
        ),
    )
    unit = UserUnit(
        lambda self: [exe(self.package), "--config", self._place()],
        description="Glance feed dashboard server",
        part_of="graphical-session.target",
        wanted_by="graphical-session.target",
        restarts_with=("settings",),
        launchd=lambda self: {
            "RunAtLoad": True,
            "KeepAlive": True,
            "StandardErrorPath": f"{self['home.homeDirectory']}/Library/Logs/glance.err",
            "StandardOutPath": f"{self['home.homeDirectory']}/Library/Logs/glance.log",
        },
    )

    def _place(self):
        return f"{self['xdg.configHome']}/glance/glance.yml"
