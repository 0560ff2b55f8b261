from home_manager.authoring import *


class Java(Program):
    """Java: a development kit, and `JAVA_HOME`"""

    package = Package("java", default="jdk", example="pkgs.jre")
    variables = Variables(JAVA_HOME=lambda self: str(self.package.get("home", f"{self.package}/lib/openjdk")))
