from home_manager.authoring import *


class Airlift(Program):
    """airlift, a tool that runs Apache Airflow locally"""

    package = Package("airlift", nullable=True)
    settings = Settings(
        formats.yaml,
        file=".config/airlift/config.yaml",
        below="home.file",
        doc="Settings of airlift, see <https://artifacthub.io/packages/helm/apache-airflow/airflow?modal=values>.",
    )
