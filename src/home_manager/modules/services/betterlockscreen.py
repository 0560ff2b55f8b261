from home_manager.authoring import *


class Betterlockscreen(Service):
    """betterlockscreen, a screen-locker module"""

    package = Package("betterlockscreen")
    arguments = option(t.list_of(t.str), default=[], doc="Further arguments of `betterlockscreen --lock`.")
    inactiveInterval = option(t.int, default=10, doc="The value of `services.screen-locker.inactiveInterval`.")

    @defines("services.screen-locker")
    def locker(self):
        command = f"{self.package}/bin/betterlockscreen --lock {' '.join(self.arguments)}"
        return {"enable": True, "inactiveInterval": self.inactiveInterval, "lockCmd": command}
