from home_manager.authoring import *


class AtticClient(Program):
    """the client of attic, a cache of binaries"""

    package = Package("attic-client", nullable=True)
    settings = Settings(
        formats.toml,
        file="attic/config.toml",
        example={
            "default-server": "myserver",
            "servers": {"myserver": {"endpoint": "https://myserver.org", "token-file": "/run/secrets/attic-token"}},
        },
        doc="The settings of attic; tokens are better read from files.",
    )
    watchStore = option(
        t.list_of(t.str),
        default=[],
        example=["mycacheserver:mycache"],
        doc="Caches, as `server:cache`, that new paths of the store are pushed to.",
    )

    @check(when=watchStore)
    def can_watch(self):
        if not self._is_on("linux"):
            yield "programs.attic-client.watchStore needs systemd: it works on Linux only."
        if self.package is None:
            yield "programs.attic-client.watchStore needs a package in programs.attic-client.package."

    @defines("systemd.user.services", when=lambda self: self.watchStore and self.package is not None)
    def watchers(self):
        for cache in self.watchStore:
            service = {"ExecStart": f"{exe(self.package)} watch-store {cache}", "Restart": "always", "RestartSec": 30}
            yield {
                f"attic-watch-store--{cache.replace(':', '-')}": {
                    "Unit": {"Description": f"Push new store paths to the attic cache {cache}"},
                    "Install": {"WantedBy": ["default.target"]},
                    "Service": service,
                }
            }
