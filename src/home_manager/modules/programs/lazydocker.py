from home_manager.authoring import *


def on_darwin(self):
    return f"{self['xdg.configHome'] if self['xdg.enable'] else 'Library/Application Support/jesseduffield'}/lazydocker/config.yml"


class Lazydocker(Program):
    """lazydocker, docker with windows and keys"""

    package = Package("lazydocker", nullable=True)
    settings = Settings(
        formats.yaml,
        file="lazydocker/config.yml",
        darwin=on_darwin,
        # By default lazydocker calls `docker-compose`, which docker no longer has.
        default={"commandTemplates": {"dockerCompose": "docker compose"}},
        example={"gui": {"theme": {"activeBorderColor": ["red", "bold"], "inactiveBorderColor": ["blue"]}}},
        doc="The settings of lazydocker, see <https://github.com/jesseduffield/lazydocker/blob/master/docs/Config.md>.",
    )
