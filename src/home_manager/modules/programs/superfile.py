from home_manager.authoring import *


class Folder(Options):
    """A pinned directory."""

    freeform = t.json
    name = option(t.null_or(t.str), default=None, example="Nix Store", doc="The name that is shown.")
    location = option(t.path, example="/nix/store", doc="The directory.")


def data(file):
    """Where macOS has what is data elsewhere."""

    def place(self):
        below = self["xdg.dataHome"] if self["xdg.enable"] else "Library/Application Support"
        return f"{below}/{file}"

    return place


def settings_of(file, **more):
    return Settings(
        formats.toml, file=f"superfile/{file}", darwin=application_support(f"superfile/{file}", unless_xdg=True), **more
    )


class Superfile(Program):
    """superfile, a file manager for the terminal"""

    package = Package("superfile", nullable=True)
    metadataPackage = Package("exiftool", nullable=True, when=lambda self: self.settings.get("metadata", False))
    zoxidePackage = Package("zoxide", nullable=True, when=lambda self: self.settings.get("zoxide_support", False))
    settings = settings_of(
        "config.toml",
        render=lambda self, values: formats.toml.render(
            {**({"theme": min(self.themes)} if self.themes else {}), **values}
        ),
        example=literal('theme = "catppuccin-frappe";\ndefault_sort_type = 0;\ntransparent_background = false;\n'),
        doc="The settings; see <https://superfile.netlify.app/configure/superfile-config/>. Where they name no theme, it is "
        "the first of `themes`.",
    )
    hotkeys = settings_of(
        "hotkeys.toml",
        example=literal('confirm = [\n  "enter"\n  "right"\n  "l"\n];\n'),
        doc="Keys; see <https://superfile.netlify.app/configure/custom-hotkeys/>.",
    )
    themes = Files(
        "superfile/theme/{name}.toml",
        formats.toml,
        type=t.either(t.toml, t.path),
        darwin=application_support("superfile/theme/{name}.toml", unless_xdg=True),
        example=literal(
            '{\n  myTheme = {\n    code_syntax_highlight = "catppuccin-latte";\n\n    file_panel_border = "#101010";\n'
            '    sidebar_border = "#101011";\n    footer_border = "#101012";\n\n'
            '    gradient_color = [\n      "#101013"\n      "#101014"\n    ];\n  };\n}\n'
        ),
        doc="Themes by name, each as settings or a file; see <https://superfile.netlify.app/configure/custom-theme/>.",
    )
    firstUseCheck = option(t.bool, default=True, doc="Whether the first start is greeted.")
    pinnedFolders = Settings(
        formats.json,
        type=t.list_of(t.submodule(Folder)),
        default=[],
        file="superfile/pinned.json",
        below="xdg.dataFile",
        darwin=data("superfile/pinned.json"),
        example=literal('[\n  {\n    name = "Nix Store";\n    location = "/nix/store";\n  }\n];\n'),
        doc="Directories that are pinned.",
    )

    @config_file(
        "superfile/firstUseCheck",
        below="xdg.dataFile",
        darwin=data("superfile/firstUseCheck"),
        when=lambda self: not self.firstUseCheck,
    )
    def used(self):
        return ""
