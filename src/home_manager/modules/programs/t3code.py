from home_manager.authoring import *
from home_manager.modules.programs._merged_json import merging

FILES = {
    "userSettings": ("settings", "$own * $given"),
    "keybindings": (
        "keybindings",
        "$own + $given | group_by([.key, .when]) | map(reduce .[] as $each ({}; . * $each))",
    ),
    "clientSettings": ("client-settings", "$own * $given"),
}
"""The options that are files: the name of the file, and how one that T3 Code can change takes up the option's value."""

STEPS = {"userSettings": "Settings", "keybindings": "Keybindings", "clientSettings": "ClientSettings"}


def mutable(what):
    return option(
        t.bool,
        default=True,
        example=False,
        doc=f"Whether T3 Code can change its {what}: those of the configuration are merged into its file at a switch.",
    )


class T3code(Program):
    """T3 Code, assistants for code in the browser"""

    package = Package("t3code", nullable=True)
    mutableUserSettings = mutable("settings")
    mutableKeybindings = mutable("keys")
    mutableClientSettings = mutable("settings of the client")
    userSettings = option(
        t.json, default={}, example={"enableAssistantStreaming": True}, doc="What `~/.t3/userdata/settings.json` holds."
    )
    keybindings = option(
        t.json,
        default=[],
        example=[
            {"command": "terminal.toggle", "key": "mod+j"},
            {"command": "terminal.split", "key": "mod+d", "when": "terminalFocus"},
            {"command": "diff.toggle", "key": "mod+d", "when": "!terminalFocus"},
        ],
        doc="What `~/.t3/userdata/keybindings.json` holds.",
    )
    clientSettings = option(
        t.json,
        default={},
        example={"settings": {"timestampFormat": "locale"}},
        doc="What `~/.t3/userdata/client-settings.json` holds.",
    )

    def _documents(self, *, mutable):
        for name, (file, program) in FILES.items():
            value = getattr(self, name)
            if value and getattr(self, f"mutable{name[0].upper()}{name[1:]}") is mutable:
                yield name, f".t3/userdata/{file}.json", program, value

    @defines("home.activation")
    def merged_files(self):
        for name, file, program, value in self._documents(mutable=True):
            place = f"{self['home.homeDirectory']}/{file}"
            step = merging(self, f"t3code-{name}", place, program, value, "[]" if name == "keybindings" else "{}")
            yield {f"t3code{STEPS[name]}Activation": step}

    @defines("home.file")
    def fixed_files(self):
        for _, file, _, value in self._documents(mutable=False):
            yield {file: {"text": formats.json.render(value)}}
