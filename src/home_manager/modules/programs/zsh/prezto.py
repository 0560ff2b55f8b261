from collections.abc import Callable
from typing import Any

from home_manager.authoring import *
from home_manager.modules.programs.zsh.places import dot_file

RUNCOMS = ("zprofile", "zlogin", "zlogout", "zshenv")
"""The files of prezto that zsh's files of the same names source."""

MODULES = ["environment", "terminal", "editor", "history", "directory", "spectrum", "utility", "completion", "prompt"]
"""The modules of prezto that are loaded by default."""


def switch(doc: str, default: bool | None = None, example: bool = True):
    return option(t.null_or(t.bool), default=default, example=example, doc=f"{doc}; `null` leaves it to prezto.")


def text(doc: str, example: str | None = None, default: str | None = None):
    kind = t.null_or(t.str)
    doc = f"{doc}; `null` leaves it to prezto."
    if example is None:
        return option(kind, default=default, doc=doc)
    return option(kind, default=default, example=example, doc=doc)


def choice(doc: str, *values: str, example: str, default: str | None = None):
    return option(
        t.null_or(t.enum(*values)), default=default, example=example, doc=f"{doc}; `null` leaves it to prezto."
    )


def words(doc: str, example: list[str]):
    return option(t.list_of(t.str), default=[], example=example, doc=doc)


def looks(doc: str, example: dict[str, str]):
    return option(t.attrs_of(t.str), default={}, example=example, doc=doc)


class Autosuggestions(Options):
    """The module `autosuggestions`."""

    color = text("How suggestions look", "fg=blue")


class Completions(Options):
    """The module `completion`."""

    ignoredHosts = words("Entries of /etc/hosts that are not completed.", ["0.0.0.0", "127.0.0.1"])


class Editor(Options):
    """The module `editor`."""

    keymap = choice("Whose keys to use", "emacs", "vi", example="vi", default="emacs")
    dotExpansion = switch("Whether `....` becomes `../..`")
    promptContext = switch("Whether the prompt may show its context")


class Git(Options):
    """The module `git`."""

    submoduleIgnore = choice(
        "In which state submodules are ignored", "dirty", "untracked", "all", "none", example="all"
    )


class GnuUtility(Options):
    """The module `gnu-utility`."""

    prefix = text("What the names of GNU's programs begin with on other systems", "g")


class HistorySubstring(Options):
    """The module `history-substring-search`."""

    foundColor = text("How the search looks while something is found", "fg=blue")
    notFoundColor = text("How the search looks while nothing is found", "fg=red")
    globbingFlags = text("Flags for the patterns of the search")


class MacOS(Options):
    """The module `osx`."""

    dashKeyword = text("The keyword by which `mand` opens a manual page in Dash", "manpages")


class Prompt(Options):
    """The module `prompt`."""

    theme = text("The theme; `random` takes any, and dumb terminals get `off`", "pure", "sorin")
    pwdLength = choice(
        "How much of the working directory is shown: abbreviated, whole but with `~`, or whole",
        "short",
        "long",
        "full",
        example="short",
    )
    showReturnVal = switch("Whether the prompt shows the status of a command that failed, where the theme can")


class Python(Options):
    """The module `python`."""

    virtualenvAutoSwitch = switch("Whether a change of directory also changes the virtual environment")
    virtualenvInitialize = switch("Whether virtualenvwrapper is set up where it is installed")


class Ruby(Options):
    """The module `ruby`."""

    chrubyAutoSwitch = switch("Whether a change of directory also changes the version of Ruby")


class Screen(Options):
    """The module `screen`."""

    autoStartLocal = switch("Whether a shell in a local terminal starts a session")
    autoStartRemote = switch("Whether a shell over SSH starts a session")


class Ssh(Options):
    """The module `ssh`."""

    identities = words("The keys that the agent gets.", ["id_rsa", "id_rsa2", "id_github"])


class SyntaxHighlighting(Options):
    """The module `syntax-highlighting`."""

    highlighters = words(
        "The highlighters to use, by default `main` alone.", ["main", "brackets", "pattern", "line", "cursor", "root"]
    )
    styles = looks("How each kind of text looks.", dict.fromkeys(("builtin", "command", "function"), "bg=blue"))
    pattern = looks("How texts that match a pattern look.", {"rm*-rf*": "fg=white,bold,bg=red"})


class Terminal(Options):
    """The module `terminal`."""

    autoTitle = switch("Whether titles of windows and tabs follow what runs")
    windowTitleFormat = text("The title of a window", "%n@%m: %s")
    tabTitleFormat = text("The title of a tab", "%m: %s")
    multiplexerTitleFormat = text("The title in a multiplexer", "%s")


class Tmux(Options):
    """The module `tmux`."""

    autoStartLocal = switch("Whether a shell in a local terminal starts a session")
    autoStartRemote = switch("Whether a shell over SSH starts a session")
    itermIntegration = switch("Whether tmux works together with iTerm2")
    defaultSessionName = text("The name of the session", "YOUR DEFAULT SESSION NAME")


class Utility(Options):
    """The module `utility`."""

    safeOps = switch("Whether `cp`, `ln`, `mv` and `rm` ask before they delete or replace anything")


class Prezto(Options):
    """The framework prezto."""

    enable = option(t.bool, default=False, example=True, doc="Whether to load prezto.")
    package = Package("prezto", default="zsh-prezto", install=False)
    caseSensitive = switch("Whether completion, the history and such tell upper from lower case", default=True)
    color = switch("Whether output is coloured, except on dumb terminals", default=True, example=False)
    pmoduleDirs = option(
        t.list_of(t.path),
        default=[],
        example=["/home/alice/.zprezto-contrib"],
        doc="Further directories to load modules of prezto from.",
    )
    extraConfig = option(t.lines, default="", doc="Zsh code for the end of .zpreztorc.")
    extraModules = words("Modules of zsh to load, see zshmodules(1).", ["attr", "stat"])
    extraFunctions = words("Functions of zsh to load, see zshcontrib(1).", ["zargs", "zmv"])
    pmodules = option(t.list_of(t.str), default=MODULES, doc="The modules of prezto to load, in that order.")
    autosuggestions = group(Autosuggestions)
    completions = group(Completions)
    editor = group(Editor)
    git = group(Git)
    gnuUtility = group(GnuUtility)
    historySubstring = group(HistorySubstring)
    macOS = group(MacOS)
    prompt = group(Prompt)
    python = group(Python)
    ruby = group(Ruby)
    screen = group(Screen)
    ssh = group(Ssh)
    syntaxHighlighting = group(SyntaxHighlighting)
    terminal = group(Terminal)
    tmux = group(Tmux)
    utility = group(Utility)


def scalar(value) -> str:
    """A switch as `'yes'` or `'no'`, a text in quotes."""
    if isinstance(value, bool):
        return "'yes'" if value else "'no'"
    escaped = value.replace("'", "'\\''")
    return f"'{escaped}'"


def in_line(value: list[str]) -> str:
    return f"{formats.shell.quote_all(value)}"


def next_line(value: list[str]) -> str:
    return f"\\\n  {formats.shell.quote_all(value)}"


def line_each(value: list[str]) -> str:
    return "\\\n  " + " \\\n  ".join(formats.shell.quote(word) for word in value)


def pair_each(value: dict[str, str]) -> str:
    return "\\\n  " + " \\\n".join(formats.shell.quote_all(pair) for pair in value.items())


Writer = Callable[[Any], str]

STYLES: tuple[tuple[str, str, str, Writer], ...] = (
    ("caseSensitive", "*:*", "case-sensitive", scalar),
    ("color", "*:*", "color", scalar),
    ("pmoduleDirs", "load", "pmodule-dirs", in_line),
    ("extraModules", "load", "zmodule", in_line),
    ("extraFunctions", "load", "zfunction", in_line),
    ("pmodules", "load", "pmodule", line_each),
    ("autosuggestions.color", "module:autosuggestions:color", "found", scalar),
    ("completions.ignoredHosts", "module:completion:*:hosts", "etc-host-ignores", next_line),
    ("editor.keymap", "module:editor", "key-bindings", scalar),
    ("editor.dotExpansion", "module:editor", "dot-expansion", scalar),
    ("editor.promptContext", "module:editor", "ps-context", scalar),
    ("git.submoduleIgnore", "module:git:status:ignore", "submodules", scalar),
    ("gnuUtility.prefix", "module:gnu-utility", "prefix", scalar),
    ("historySubstring.foundColor", "module:history-substring-search:color", "found", scalar),
    ("historySubstring.notFoundColor", "module:history-substring-search:color", "not-found", scalar),
    ("historySubstring.globbingFlags", "module:history-substring-search:color", "globbing-flags", scalar),
    ("macOS.dashKeyword", "module:osx:man", "dash-keyword", scalar),
    ("prompt.theme", "module:prompt", "theme", scalar),
    ("prompt.pwdLength", "module:prompt", "pwd-length", scalar),
    ("prompt.showReturnVal", "module:prompt", "show-return-val", scalar),
    ("python.virtualenvAutoSwitch", "module:python:virtualenv", "auto-switch", scalar),
    ("python.virtualenvInitialize", "module:python:virtualenv", "initialize", scalar),
    ("ruby.chrubyAutoSwitch", "module:ruby:chruby", "auto-switch", scalar),
    ("screen.autoStartLocal", "module:screen:auto-start", "local", scalar),
    ("screen.autoStartRemote", "module:screen:auto-start", "remote", scalar),
    ("ssh.identities", "module:ssh:load", "identities", next_line),
    ("syntaxHighlighting.highlighters", "module:syntax-highlighting", "highlighters", line_each),
    ("syntaxHighlighting.styles", "module:syntax-highlighting", "styles", pair_each),
    ("syntaxHighlighting.pattern", "module:syntax-highlighting", "pattern", pair_each),
    ("terminal.autoTitle", "module:terminal", "auto-title", scalar),
    ("terminal.windowTitleFormat", "module:terminal:window-title", "format", scalar),
    ("terminal.tabTitleFormat", "module:terminal:tab-title", "format", scalar),
    ("terminal.multiplexerTitleFormat", "module:terminal:multiplexer-title", "format", scalar),
    ("tmux.autoStartLocal", "module:tmux:auto-start", "local", scalar),
    ("tmux.autoStartRemote", "module:tmux:auto-start", "remote", scalar),
    ("tmux.itermIntegration", "module:tmux:iterm", "integrate", scalar),
    ("tmux.defaultSessionName", "module:tmux:session", "name", scalar),
    ("utility.safeOps", "module:utility", "safe-ops", scalar),
)
"""Every option that is a style of prezto: the option, the style's context and name, and how its value is written."""


class WithPrezto(Options):
    """Its part of the module."""

    _position = "programs/zsh/plugins/prezto.nix"
    prezto = option(t.submodule(Prezto), default={}, doc="The framework prezto.")

    @defines("home.packages", when=lambda self: self.prezto.enable, always=True)
    def prezto_installed(self):
        return [self.prezto.package]

    def _runcom(self, name: str) -> str:
        return f"source {self.prezto.package}/share/zsh-prezto/runcoms/{name}\n"

    def _styles(self) -> str:
        """The lines of .zpreztorc; a style that is not set leaves its line empty."""
        text = ""
        for path, context, name, write in STYLES:
            value = self._read(f"prezto.{path}")
            if value not in (None, [], {}):
                text += f"zstyle ':prezto:{context}' {name} {write(value)}\n"
            text += "\n"
        return text

    @defines("home.file", when=lambda self: self.prezto.enable, always=True)
    def prezto_files(self):
        for name in RUNCOMS:
            sourced = f"# prezto\n{self._runcom(name)}"
            # The variables of the session come first in .zshenv.
            yield {dot_file(self, f".{name}"): {"text": after(sourced) if name == "zshenv" else sourced}}
        settings = f"# Settings of prezto, from programs.zsh.prezto\n{self._styles()}{self.prezto.extraConfig}\n"
        yield {dot_file(self, ".zpreztorc"): {"text": settings}}

    @defines(".initContent", when=lambda self: self.prezto.enable)
    def prezto_loaded(self):
        return order(850, f"# prezto\n{self._runcom('zshrc')}")
