from home_manager.authoring import *


class Pueue(Service):
    """Pueue, CLI process scheduler and manager"""

    platforms = ("linux", "darwin")

    package = Package("pueue", nullable=True)
    settings = option(
        formats.yaml.type,
        default={},
        example={"daemon": {"default_parallel_tasks": 2}},
        doc="Configuration for `$XDG_CONFIG_HOME/pueue/pueue.yml`.",
    )

    def _yaml(self):
        # Pueue takes no file without this section.
        return self._made("writeText", "pueue.yaml", formats.yaml.render({"shared": {}, **self.settings}))

    @defines("home.file")
    def file(self):
        folder = "Library/Application Support" if self._is_on("darwin") else self["xdg.configHome"]
        return {f"{folder}/pueue/pueue.yml": {"source": self._yaml()}}

    daemon = UserUnit(
        lambda self: [f"{self.package}/bin/pueued", "-v", "-c", self._yaml()],
        name="pueued",
        description="Pueue Daemon - CLI process scheduler and manager",
        wanted_by="default.target",
        restart="on-failure",
        launchd={
            "KeepAlive": {"Crashed": True, "SuccessfulExit": False},
            "ProcessType": "Background",
            "RunAtLoad": True,
        },
        when=package,
    )
