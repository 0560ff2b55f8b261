from home_manager.authoring import *


class EtesyncDav(Service):
    """etesync-dav"""

    package = Package("etesync-dav")
    serverUrl = option(t.str, default="https://api.etebase.com/partner/etesync/", doc="The address of the server.")
    settings = option(
        t.attrs_of(t.one_of(t.str, t.int)),
        default={},
        example={"ETESYNC_LISTEN_ADDRESS": "localhost", "ETESYNC_LISTEN_PORT": 37358},
        doc="Settings, as variables.",
    )

    def _variables(self):
        variables = {"ETESYNC_URL": self.serverUrl, **self.settings}
        return " ".join(f"{name}={formats.shell.quote(variables[name])}" for name in sorted(variables))

    server = UserUnit(
        lambda self: f"{self.package}/bin/etesync-dav",
        description="etesync-dav",
        environment=_variables,
        wanted_by=["default.target"],
    )
