from home_manager.authoring import *
from home_manager.modules.programs._merged_json import merging

TARGETS = {
    "undefined": None,
    "none": 0,
    "file-system": 2,
    "onedrive": 3,
    "nextcloud": 5,
    "webdav": 6,
    "dropbox": 7,
    "s3": 8,
    "joplin-server": 9,
    "joplin-cloud": 10,
}
INTERVALS = {
    "undefined": None,
    "disabled": 0,
    "5m": 300,
    "10m": 600,
    "30m": 1800,
    "1h": 3600,
    "12h": 43200,
    "1d": 86400,
}


class General(Options):
    """Joplin itself"""

    editor = option(
        t.null_or(t.str),
        default=None,
        example="kate",
        doc="The command of the editor that opens notes; Joplin looks for one without it.",
    )


class Sync(Options):
    """Copies of the notes elsewhere"""

    target = option(
        t.enum(*TARGETS), default="undefined", example="dropbox", doc="Where the notes are copied to and from."
    )
    interval = option(t.enum(*INTERVALS), default="undefined", example="10m", doc="How often that happens.")


class JoplinDesktop(Program):
    """Joplin, an application for notes"""

    package = Package("joplin-desktop")
    general = group(General)
    sync = group(Sync)
    extraConfig = option(
        t.attrs,
        default={},
        example={"markdown.plugin.mark": True, "newNoteFocus": "title"},
        doc="Further settings, named as in Joplin's `settings.json`; they go before those of the other options.",
    )

    @defines("home.activation.activateJoplinDesktopConfig")
    def settings(self):
        known = {
            "editor": self.general.editor,
            "sync.target": TARGETS[self.sync.target],
            "sync.interval": INTERVALS[self.sync.interval],
        }
        given = {name: value for name, value in (known | dict(self.extraConfig)).items() if value not in (None, "")}
        file = f"{self['xdg.configHome']}/joplin-desktop/settings.json"
        return merging(self, "joplin-settings", file, "$own + $given", given)
