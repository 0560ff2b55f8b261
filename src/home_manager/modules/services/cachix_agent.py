from home_manager.authoring import *


class CachixAgent(Service):
    """the agent of Cachix Deploy, see <https://docs.cachix.org/deploy/>"""

    name = option(t.str, doc="The name of this agent.")
    verbose = option(t.bool, default=False, example=True, doc="Whether the agent says more.")
    profile = option(t.str, default="home-manager", doc="The profile of Nix that is deployed.")
    host = option(t.null_or(t.str), default=None, doc="The address of Cachix, where it is another.")
    package = Package("cachix", install=False)
    credentialsFile = option(
        t.path,
        default=lambda self: f"{self['xdg.configHome']}/cachix-agent.token",
        default_text='"${config.xdg.configHome}/cachix-agent.token"',
        doc="The file with `CACHIX_AGENT_TOKEN=…`.",
    )
    unit = UserUnit(
        lambda self: formats.shell.quote_all(self._command()),
        description="Cachix Deploy Agent",
        wanted_by="default.target",
        restart="on-failure",
        environment=lambda self: {"PATH": f"{self._nix()}/bin"},
        # Deployments are children of the agent, and have to outlive it.
        service=lambda self: {"EnvironmentFile": self.credentialsFile, "KillMode": "process"},
    )

    def _nix(self):
        own = self["nix.package"] if self["nix.enable"] else None
        return self.pkgs["nix"] if own is None else own

    def _command(self):
        yield f"{self.package}/bin/cachix"
        if self.verbose:
            yield "--verbose"
        if self.host is not None:
            yield from ("--host", self.host)
        yield from ("deploy", "agent", self.name, self.profile)
