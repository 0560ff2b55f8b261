from home_manager.authoring import *


class Source(Options):
    """A file of a theme or a syntax."""

    src = option(t.path, doc="The file, or the directory that holds it.")
    file = option(t.null_or(t.str), default=None, doc="Where the file lies in the directory.")


def sources(what):
    return option(
        t.attrs_of(t.either(t.lines, t.submodule(Source))),
        default={},
        doc=f"Further {what}, by the name that bat knows them by.",
    )


class Bat(Program):
    """bat, a cat clone with wings"""

    package = Package("bat")
    config = option(
        t.attrs_of(t.one_of(t.str, t.list_of(t.str), t.bool)),
        default={},
        example={
            "theme": "TwoDark",
            "pager": "less -FR",
            "map-syntax": ["*.jenkinsfile:Groovy", "*.props:Java Properties"],
        },
        doc="Flags that every run of bat is given, without the dashes; a list gives a flag several times.",
    )
    extraPackages = option(
        t.list_of(t.package),
        default=[],
        example=literal("with pkgs.bat-extras; [ batdiff batman batgrep batwatch ];"),
        doc="Packages that go with bat.",
    )
    themes = sources("themes")
    syntaxes = sources("syntaxes")

    @defines("home.packages")
    def extras(self):
        return self.extraPackages

    @config_file("bat/config", when=config)
    def flags(self):
        return str(formats.flags.render(self.config))

    @defines("xdg.configFile")
    def files(self):
        for name, theme in self.themes.items():
            yield {f"bat/themes/{name}.tmTheme": self._entry(theme)}
        for name, syntax in self.syntaxes.items():
            yield {f"bat/syntaxes/{name}.sublime-syntax": self._entry(syntax)}

    def _entry(self, given):
        if isinstance(given, str):
            return {"text": given}
        return {"source": given.src if given.file is None else f"{self._in_text(given.src)}/{given.file}"}

    @warn
    def texts(self):
        for option_name in ("themes", "syntaxes"):
            if any(isinstance(value, str) for value in getattr(self, option_name).values()):
                yield (
                    f"Using programs.bat.{option_name} as a string option is deprecated and will be\n"
                    "removed in the future. Please change to using it as an attribute set\ninstead."
                )

    @activation_step("batCache", after="linkGeneration")
    def cache(self):
        # bat looks for a directory `cache` where it is started, so it is started where there is nothing.
        return formats.shell.script(
            """
            (
              export XDG_CACHE_HOME=@directory@
              verboseEcho "Building the cache of themes and syntaxes of bat"
              cd "@empty@"
              run @bat@ cache --build
            )
            """,
            directory=self["xdg.cacheHome"],
            empty=self.pkgs["emptyDirectory"],
            bat=exe(self.package),
        )
