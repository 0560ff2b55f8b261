from home_manager.authoring import *


class Theme(Options):
    """A theme."""

    theme = option(t.json, default={}, doc="What `theme.json` says.")
    style = option(t.null_or(t.either(t.lines, t.path)), default=None, doc="The style sheet, as a text or a file.")


def is_settings(theme):
    return isinstance(theme, dict) and "outPath" not in theme


class Prismlauncher(Program):
    """Prism Launcher, which starts a game in many versions"""

    package = Package("prismlauncher", nullable=True)
    extraPackages = option(
        t.list_of(t.package),
        default=[],
        doc="Packages of themes, which have them below `share/PrismLauncher`; see "
        "<https://github.com/PrismLauncher/Themes>.",
    )
    icons = option(t.list_of(t.path), default=[], example=literal("[ ./java.png ]"), doc="Icons, as files.")
    themes = option(
        t.attrs_of(t.either(t.path, t.submodule(Theme))),
        default={},
        example=literal(
            '{\n  Tokyo-Night = ./Tokyo-Night;\n\n  custom = {\n    theme = {\n      name = "Custom";\n      colors = {\n'
            '        background = "#1a1b26";\n        foreground = "#c0caf5";\n      };\n    };\n    style = \'\'\n'
            "      QWidget {\n        font-family: \"Inter\";\n      }\n    '';\n  };\n}\n"
        ),
        doc="Themes by name, each a directory or what it consists of.",
    )
    settings = option(
        t.attrs_of(t.ini_atom()),
        default={},
        example={"ShowConsole": True, "ConsoleMaxLines": 100000},
        doc="Settings, which every switch puts into the file; others in it stay.",
    )

    @check
    def themes_are_given(self):
        for name, theme in sorted(self.themes.items()):
            if is_settings(theme) and not theme.theme:
                yield f"`programs.prismlauncher.themes.{name}.theme` must not be empty."
            elif not is_settings(theme) and not self._made(self.pkgs["lib"]["pathIsDirectory"], theme):
                yield f"`programs.prismlauncher.themes.{name}` must be a directory when set to a path."

    @defines("home.packages")
    def theme_packages(self):
        return self.extraPackages

    def _data(self):
        if self._is_on("darwin") and not self["xdg.enable"]:
            return "Library/Application Support/PrismLauncher"
        return f"{self['xdg.dataHome']}/PrismLauncher"

    @defines("home.file")
    def files(self):
        for icon in self.icons:
            yield {f"{self._data()}/icons/{str(icon).rpartition('/')[2]}": {"source": icon}}
        for name, theme in self.themes.items():
            place = f"{self._data()}/themes/{name}"
            if not is_settings(theme):
                yield {place: {"source": theme, "recursive": True}}
                continue
            yield {f"{place}/theme.json": {"text": formats.json.render(theme.theme)}}
            if theme.style is not None:
                yield {f"{place}/themeStyle.css": file_entry(self, theme.style)}

    @activation_step("prismlauncherConfigActivation", after="linkGeneration", when=settings)
    def merged(self):
        text = formats.ini.render({"General": self.settings})
        return formats.shell.script(
            """
            run mkdir -p @directory@
            if [[ ! -e @file@ ]]; then
              run cp --no-preserve=mode @empty@ @file@
            fi
            run @crudini@ --merge --ini-options=nospace @file@ < @settings@
            """,
            directory=self._data(),
            file=f"{self._data()}/prismlauncher.cfg",
            empty=self._made("writeText", "prismlauncher-empty.cfg", formats.ini.render({"General": {}})),
            settings=self._made("writeText", "prismlauncher-static.cfg", text),
            crudini=exe(self.pkgs["crudini"]),
        )
