from home_manager.authoring import *


def pairs(values):
    return ";".join(f"{key}:{value}" for key, value in sorted(values.items()))


def quitting(extension):
    return lambda self: f"source {self.finalPackage}/share/quitcd/quitcd.{extension}"


class Plugins(Options):
    """Plugins."""

    src = option(
        t.null_or(t.path),
        default=None,
        example=literal(
            '(pkgs.fetchFromGitHub {\n  owner = "jarun";\n  repo = "nnn";\n  rev = "v4.0";\n'
            '  sha256 = "sha256-Hpc8YaJeAzJoEi7aJ6DntH2VLkoR6ToP6tPYn3llR7k=";\n}) + "/plugins";\n'
        ),
        doc="The directory of the plugins.",
    )
    mappings = option(
        t.attrs_of(t.str),
        default={},
        example=literal('{\n  c = "fzcd";\n  f = "finder";\n  v = "imgview";\n};\n'),
        doc="Keys and their plugins.",
    )


class Nnn(Program):
    """nnn, a file manager for the terminal"""

    package = Package("nnn", install=False, example="pkgs.nnn.override { withNerdIcons = true; }")
    finalPackage = option(t.package, read_only=True, visible=False, doc="nnn with its options.")
    bookmarks = option(
        t.attrs_of(t.str),
        default={},
        example=literal('{\n  d = "~/Documents";\n  D = "~/Downloads";\n  p = "~/Pictures";\n  v = "~/Videos";\n};\n'),
        doc="Keys and their directories.",
    )
    extraPackages = option(
        t.list_of(t.package),
        default=[],
        example=literal("with pkgs; [ ffmpegthumbnailer mediainfo sxiv ]"),
        doc="Packages whose programs nnn finds.",
    )
    plugins = option(t.submodule(Plugins), default={}, doc="Plugins of nnn.")
    options = option(
        t.coerced_to(t.attrs_of(t.one_of(t.bool, t.int, t.str)), formats.command_line.arguments, t.list_of(t.str)),
        default={},
        example={"A": True, "s": "session_name", "t": 8},
        doc="Options of every run, by name or as words.",
    )
    quitcd = option(t.bool, default=False, example=True, doc="Whether to enable cd on quit.")
    shells = ShellIntegration(
        bash=quitting("bash_sh_zsh"), zsh=quitting("bash_sh_zsh"), fish=quitting("fish"), when=quitcd, order=1500
    )

    @defines(".finalPackage")
    def with_options(self):
        variables = {
            "PATH": (":", self._search_path(self.extraPackages)),
            "NNN_BMS": (":", pairs(self.bookmarks)),
            "NNN_PLUG": (":", pairs(self.plugins.mappings)),
        }
        given = {name: value for name, value in variables.items() if value[1]}
        words = [word for name, value in given.items() for word in ("--prefix", name, *value)]
        words += [word for each in self.options for word in ("--add-flags", each)]
        return self._wrapped(self.package, formats.shell.quote_all(words), program="nnn") if words else self.package

    @defines("home.packages")
    def installed(self):
        return [self.finalPackage]

    @defines("xdg.configFile", when=lambda self: self.plugins.src is not None)
    def plugin_files(self):
        return {"nnn/plugins": {"source": self.plugins.src}}
