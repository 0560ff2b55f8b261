from home_manager.authoring import *


class Eclipse(Program):
    """Eclipse"""

    package = Package(
        "eclipse", default="eclipses.eclipse-platform", example="pkgs.eclipses.eclipse-java", install=False
    )
    enableLombok = option(t.bool, default=False, example=True, doc="Whether Eclipse knows Lombok.")
    jvmArgs = option(t.list_of(t.str), default=[], doc="Arguments of the Java machine.")
    plugins = option(t.list_of(t.package), default=[], doc="Plugins.")

    @defines("home.packages")
    def installed(self):
        if not (self.enableLombok or self.jvmArgs or self.plugins):
            return [self.package]
        lombok = [f"-javaagent:{self.pkgs['lombok']}/share/java/lombok.jar"] if self.enableLombok else []
        arguments = {"eclipse": self.package, "jvmArgs": [*self.jvmArgs, *lombok], "plugins": self.plugins}
        return [self._made(self.pkgs["eclipses"]["eclipseWithPlugins"], arguments)]
