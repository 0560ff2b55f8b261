from home_manager.authoring import *


class Ahoviewer(Program):
    """Ahoviewer, a viewer of images and comics"""

    platforms = ("linux",)
    package = Package("ahoviewer", nullable=True, install=False)
    config = ExtraText(
        file="ahoviewer/ahoviewer.cfg",
        type=t.either(t.str, t.path),
        doc="The configuration, as a text or a file; see <https://github.com/ahodesuka/ahoviewer/wiki>.",
    )
    plugins = option(t.list_of(t.package), default=[], doc="Plugins.")

    @defines("xdg.dataFile")
    def plugin_folders(self):
        for plugin in self.plugins:
            yield {f"ahoviewer/plugins/{computed(plugin['pname'])}": {"source": str(plugin)}}
