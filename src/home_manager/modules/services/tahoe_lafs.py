from home_manager.authoring import *


class TahoeLafs(Service):
    """Tahoe-LAFS, which stores files on many machines"""

    package = Package("tahoe-lafs", install=False)
    unit = UserUnit(lambda self: f"{exe(self.package, 'tahoe')} run -C %h/.tahoe", description="Tahoe-LAFS")
