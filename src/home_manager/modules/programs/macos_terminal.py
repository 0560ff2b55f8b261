from home_manager.authoring import *


class Profile(Options):
    """A profile of the Terminal."""

    settings = option(
        t.attrs_of(t.serializable("Property list (plist)")),
        default={},
        example=literal(
            "{\n  FontAntialias = true;\n  ShowActiveProcessInTitle = true;\n  ShowCommandKeyInTitle = true;\n};\n"
        ),
        doc="Properties of the profile, by the names that the Terminal gives them. Those that hold archived objects of Cocoa, "
        "such as fonts and colours, cannot be written like this.",
    )

    @defines(".settings")
    def usual(self):
        # As weak as the defaults of options: a plain definition and `mkDefault` both win.
        values = {"type": "Window Settings", "rowCount": 24, "columnCount": 80, "ProfileCurrentVersion": 2.07}
        return {name: override(1500, value) for name, value in values.items()}


class Preferences(Options):
    """What happens to the settings."""

    importSettings = option(
        t.bool, default=True, doc="Whether a switch imports them into the domain `com.apple.Terminal`."
    )
    writeFile = option(
        t.bool,
        default=False,
        doc="Whether they are written to {file}`~/Library/Preferences/com.apple.Terminal.plist`, to look at them.",
    )


class MacosTerminal(Program):
    """the Terminal of macOS"""

    platforms = ("darwin",)

    profiles = option(
        t.attrs_of(t.submodule(Profile)),
        default={},
        example=literal(
            "{\n  Basic.settings = {\n    FontAntialias = true;\n    ShowActiveProcessInTitle = true;\n  };\n\n"
            '  "Red Sands".settings = {\n    BackgroundAlphaInactive = 0.5;\n    CommandString = "ssh compute";\n  };\n}\n'
        ),
        doc="The profiles, by name.",
    )
    preferences = option(
        t.submodule(Preferences),
        default={},
        example=literal("{\n  importSettings = true;\n  writeFile = false;\n}\n"),
        doc="What happens to the settings.",
    )

    def _plist(self):
        profiles = {name: {**profile.settings, "name": name} for name, profile in self.profiles.items()}
        text = formats.plist.render({"Window Settings": profiles}, escape=True)
        return self._made("writeText", "com.apple.Terminal.plist", text)

    @defines("home.file", when=lambda self: self.preferences.writeFile)
    def written(self):
        return {"Library/Preferences/com.apple.Terminal.plist": {"source": self._plist()}}

    @activation_step("appleTerminal", after="writeBoundary", when=lambda self: self.preferences.importSettings)
    def imported(self):
        return formats.shell.script("run /usr/bin/defaults import com.apple.Terminal @file@\n", file=str(self._plist()))
