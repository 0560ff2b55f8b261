from home_manager.authoring import *


class LocalAi(Service):
    """LocalAI, a server of language models on this machine"""

    platforms = ("linux", "darwin")

    package = Package("local-ai", install=False)
    environment = option(t.attrs_of(t.str), default={}, doc="Variables of the service.")
    unit = UserUnit(
        lambda self: exe(self.package),
        description="Server for local large language models",
        after="network.target",
        wanted_by="default.target",
        environment=lambda self: self.environment,
    )
