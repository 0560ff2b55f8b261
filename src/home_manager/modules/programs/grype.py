from home_manager.authoring import *


class Grype(Program):
    """Grype, a scanner for vulnerabilities"""

    package = Package("grype", nullable=True)
    settings = Settings(
        formats.yaml,
        file="grype/config.yaml",
        example={"check-for-app-update": False},
        doc="Settings of grype, see <https://oss.anchore.com/docs/reference/grype/configuration/>.",
    )
