from home_manager.authoring import *


def directory(where, doc):
    return option(
        t.str,
        default=lambda self: f"{self[f'xdg.{where}Home']}/sage",
        default_text=f"${{config.xdg.{where}Home}}/sage",
        doc=doc,
    )


class Sagemath(Program):
    """SageMath, a system for mathematics"""

    package = Package("sage", nullable=True)
    configDir = directory("config", "Where the script that runs at the start lies.")
    dataDir = directory("data", "Where SageMath keeps its own files.")
    initScript = option(
        t.lines, default="", example="%colors linux", doc="Commands that run at the start of a session."
    )
    variables = Variables(
        DOT_SAGE=lambda self: self.dataDir, SAGE_STARTUP_FILE=lambda self: f"{self.configDir}/init.sage"
    )

    @config_file(lambda self: f"{self.configDir}/init.sage", below="home.file")
    def script(self):
        return self.initScript
