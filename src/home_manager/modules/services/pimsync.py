from home_manager.authoring import *


class Pimsync(Service):
    """pimsync"""

    platforms = ("linux", "darwin")

    package = Package("pimsync", install=False)
    configFile = option(t.null_or(t.path), default=None, doc="The configuration; `null` for the usual file.")
    verbosity = option(t.enum("trace", "debug", "info", "warn", "error"), default="warn", doc="How much pimsync says.")

    def _command(self):
        file = "" if self.configFile is None else f" -c {self._in_text(self.configFile)}"
        return f"{exe(self.package)} -v {self.verbosity}{file} daemon"

    daemon = UserUnit(
        _command,
        description="pimsync calendar and contacts synchronization",
        service={"Type": "simple"},
        wanted_by=["default.target"],
    )
