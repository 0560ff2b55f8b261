from home_manager.authoring import *


def text(doc, **more):
    return option(t.lines, default="", doc=doc, **more)


class Ne(Program):
    """ne, the nice editor"""

    package = Package("ne", nullable=True)
    keybindings = text(
        "What keys do, see <https://ne.di.unimi.it/docs/Key-Bindings.html>.", example='KEY 7f BS\nSEQ "\\x1b[1;5D" 7f\n'
    )
    defaultPreferences = text("The preferences for all files that have none of their own.")
    automaticPreferences = option(
        t.attrs_of(t.lines),
        default={},
        example={"js": "TS 4\n", "nix": "TAB 0\nTS 2\n"},
        doc="Preferences by the extension of files.",
    )
    menus = text("The menus, see <https://ne.di.unimi.it/docs/Menus.html>.")
    virtualExtensions = text(
        "Extensions by regular expressions of the first lines of files, see "
        "<https://ne.di.unimi.it/docs/Virtual-Extensions.html>.",
        example="sh   1  ^#!\\s*/.*\\b(bash|sh|ksh|zsh)\\s*\ncsh  1  ^#!\\s*/.*\\b(csh|tcsh)\\s*\n",
    )

    @defines("home.file")
    def files(self):
        preferences = {f"{name}#ap": value for name, value in self.automaticPreferences.items()}
        named = {".keys": self.keybindings, ".extensions": self.virtualExtensions, ".menus": self.menus}
        if self.defaultPreferences:
            preferences[".default#ap"] = self.defaultPreferences
        return {
            f".ne/{name}": {"text": value}
            for name, value in {**named, **preferences}.items()
            if value or name in preferences
        }
