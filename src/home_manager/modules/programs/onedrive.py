from home_manager.authoring import *


class Onedrive(Program):
    """onedrive, which synchronises a folder with OneDrive"""

    platforms = ("linux",)
    package = Package("onedrive", nullable=True)
    settings = Settings(
        None,
        file="onedrive/config",
        type=t.attrs_of(t.str),
        render=lambda self, settings: "".join(f'{name} = "{value}"\n' for name, value in sorted(settings.items())),
        example={"check_nomount": "false", "rate_limit": "0", "skip_dotfiles": "false"},
        doc="Settings of onedrive, see <https://github.com/abraunegg/onedrive/blob/master/config>.",
    )
