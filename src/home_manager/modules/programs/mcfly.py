from home_manager.authoring import *


class Fzf(Options):
    """Results in fzf"""

    enable = option(t.bool, default=False, example=True, doc="Whether McFly shows its results in fzf.")


class Mcfly(Program):
    """McFly, a search in the history of shells"""

    package = Package("mcfly")
    mcflyFzfPackage = Package("mcfly-fzf", install=False)
    settings = Settings(
        formats.toml,
        file="mcfly/config.toml",
        below="xdg.dataFile",
        example={
            "colors": {
                "darkmode": {
                    "prompt": "cyan",
                    "results_selection_bg": "black",
                    "results_selection_fg": "cyan",
                    "results_selection_hl": "red",
                    "timing": "yellow",
                },
                "menubar": {"bg": "black", "fg": "red"},
            }
        },
        doc="Settings of McFly. With a database in {file}`~/.mcfly` they have no effect: McFly looks for them beside the database.",
    )
    keyScheme = option(t.enum("emacs", "vim"), default="emacs", doc="The keys.")
    interfaceView = option(t.enum("TOP", "BOTTOM"), default="TOP", doc="Where the results appear.")
    fzf = group(Fzf)
    enableLightTheme = option(t.bool, default=False, doc="Whether the terminal has a light background.")
    fuzzySearchFactor = option(
        t.unsigned,
        default=0,
        doc="How much shorter matches weigh in a fuzzy search; 0 turns it off, 2 to 5 give good results.",
    )
    shells = ShellIntegration(
        bash=lambda self: self._eval("bash", "[[ $- =~ i ]]"),
        # The check is ours: that of mcfly-fzf takes every session for interactive (bnprks/mcfly-fzf#10).
        zsh=lambda self: self._eval("zsh", "[[ -o interactive ]]"),
        fish=lambda self: "".join(f"{exe(each)} init fish | source\n" for each in self._packages()),
    )
    variables = Variables(
        MCFLY_KEY_SCHEME=lambda self: self.keyScheme,
        MCFLY_INTERFACE_VIEW=lambda self: self.interfaceView,
        MCFLY_LIGHT=lambda self: "TRUE" if self.enableLightTheme else None,
        MCFLY_FUZZY=lambda self: self.fuzzySearchFactor or None,
    )
    renamed = (Renamed("enableFuzzySearch", "fuzzySearchFactor", change=lambda value: 2 if value else 0),)

    def _packages(self):
        return [self.package, *([self.mcflyFzfPackage] if self.fzf.enable else [])]

    def _eval(self, shell, interactive):
        first, *fzf = (f'eval "$({exe(each)} init {shell})"\n' for each in self._packages())
        return first + "".join(f"if {interactive}; then\n  {line}fi\n" for line in fzf)

    @defines("home.packages", when=lambda self: self.fzf.enable)
    def again(self):
        return [self.package]
