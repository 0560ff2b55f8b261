from home_manager.authoring import *


class Exo(Service):
    """exo, a node of a cluster that runs models"""

    platforms = ("linux", "darwin")
    package = Package("exo")
    environmentVariables = option(
        t.attrs_of(t.str),
        default={},
        example={"EXO_LIBP2P_NAMESPACE": "home-cluster", "EXO_OFFLINE": "true"},
        doc="Variables of the node, see <https://github.com/exo-explore/exo#environment-variables>.",
    )
    extraArgs = option(t.list_of(t.str), default=[], example=["--no-worker"], doc="Further arguments of `exo`.")
    node = UserUnit(
        lambda self: formats.shell.quote_all([exe(self.package), *self.extraArgs]),
        description="exo local AI cluster node",
        after="network.target",
        wanted_by="default.target",
        environment=lambda self: dict(self.environmentVariables),
        restart="on-failure",
        launchd=lambda self: {
            "EnvironmentVariables": self.environmentVariables,
            "KeepAlive": {"Crashed": True, "SuccessfulExit": False},
            "ProcessType": "Background",
            "RunAtLoad": True,
        },
    )
