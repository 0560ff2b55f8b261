from home_manager.authoring import *


def entries(_, settings):
    """A line of JSON for each setting, as FreeTube keeps them in its own file."""
    lines = (formats.json.compact({"_id": name, "value": value}) for name, value in sorted(settings.items()))
    return "\n".join(lines) + "\n"


def copied(self):
    folder = f"{self['xdg.configHome']}/FreeTube"
    return f"run install -Dm644 $VERBOSE_ARG '{folder}/hm_settings.db' '{folder}/settings.db'\n"


class Freetube(Program):
    """FreeTube, a client for YouTube"""

    package = Package("freetube", nullable=True)
    settings = Settings(
        None,
        file="FreeTube/hm_settings.db",
        type=t.attrs,
        when=True,
        render=entries,
        onChange=copied,
        example={
            "allowDashAv1Formats": True,
            "baseTheme": "catppuccinMocha",
            "checkForUpdates": False,
            "defaultQuality": "1080",
        },
        doc=(
            "Settings of FreeTube. Their names are those in its `settings.db`, into which they are copied at a switch, so "
            "that what is set in the program holds until the next change here."
        ),
    )
