from home_manager.authoring import *


class Calibre(Program):
    """calibre, a manager of books"""

    package = Package("calibre", nullable=True)
    plugins = option(t.list_of(t.path), default=[], doc="Directories of plugins.")

    @defines("xdg.configFile", when=plugins)
    def plugin_files(self):
        # calibre writes into the directory too, so only what is in it is linked.
        joined = self._made("symlinkJoin", {"name": "calibre-plugins", "paths": self.plugins})
        return {"calibre/plugins": {"source": joined, "recursive": True}}
