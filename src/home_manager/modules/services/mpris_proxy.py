from home_manager.authoring import *


class MprisProxy(Service):
    """a proxy that lets Bluetooth devices control media players, by MPRIS2"""

    package = Package("bluez", install=False)
    unit = UserUnit(
        lambda self: exe(self.package, "mpris-proxy"),
        description="Proxy forwarding Bluetooth MIDI controls via MPRIS2 to control media players",
        after="bluetooth.target",
        wanted_by="bluetooth.target",
        unit={"BindsTo": ["bluetooth.target"]},
        service={"Type": "simple"},
    )
