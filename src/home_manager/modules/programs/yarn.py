from home_manager.authoring import *


class Yarn(Program):
    """the configuration of yarn"""

    settings = Settings(
        formats.yaml,
        file=".yarnrc.yml",
        below="home.file",
        when=True,
        example={"httpProxy": "http://proxy.example.org:3128", "httpsProxy": "http://proxy.example.org:3128"},
        doc="What `~/.yarnrc.yml` holds, see <https://yarnpkg.com/configuration/yarnrc>.",
    )
