from home_manager.authoring import *


class Hound(Service):
    """Hound, a search through source code"""

    package = Package("hound")
    maxConcurrentIndexers = option(t.positive, default=2, doc="How many repositories are indexed at the same time.")
    databasePath = option(
        t.path,
        default=lambda self: f"{self['xdg.dataHome']}/hound",
        default_text='"$XDG_DATA_HOME/hound"',
        doc="Where the index lies.",
    )
    listenAddress = option(t.str, default="localhost:6080", doc="The address that Hound listens at.")
    repositories = option(
        t.attrs_of(t.json),
        default={},
        example={
            "SomeGitRepo": {
                "exclude-dot-files": True,
                "ms-between-poll": 10000,
                "url": "https://www.github.com/YourOrganization/RepoOne.git",
            }
        },
        doc="The repositories by name, see <https://github.com/hound-search/hound/blob/main/docs/config-options.md>.",
    )
    unit = UserUnit(
        lambda self: f"{exe(self.package, 'houndd')} --addr {self.listenAddress} --conf {self._settings_file()}",
        description="Hound source code search engine",
        wanted_by="default.target",
        environment=lambda self: {"PATH": self._search_path([self.pkgs["mercurial"], self.pkgs["git"]])},
    )

    def _settings_file(self):
        settings = {
            "max-concurrent-indexers": self.maxConcurrentIndexers,
            "dbpath": self.databasePath,
            "repos": self.repositories,
            "health-check-url": "/healthz",
        }
        return self._made("writeText", "hound-config.json", formats.json.render(settings))
