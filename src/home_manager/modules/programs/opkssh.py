from home_manager.authoring import *


class Opkssh(Program):
    """opkssh, SSH with the identities of OpenID"""

    package = Package("opkssh", nullable=True)
    settings = Settings(
        formats.yaml,
        file=".opk/config.yml",
        below="home.file",
        example={
            "default_provider": "kanidm",
            "providers": [
                {"alias": "kanidm", "issuer": "https://idm.example.com/oauth2/openid/opkssh", "client_id": "opkssh"}
            ],
        },
        doc="The settings of opkssh, see <https://github.com/openpubkey/opkssh/blob/main/docs/config.md>.",
    )
