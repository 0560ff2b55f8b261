from home_manager.authoring import *

HOOKS = [
    "NormalIdle",
    "NormalKey",
    "InsertIdle",
    "InsertKey",
    "InsertChar",
    "InsertDelete",
    "InsertMove",
    "WinCreate",
    "WinClose",
    "WinResize",
    "WinDisplay",
    "WinSetOption",
    "BufSetOption",
    "BufNewFile",
    "BufOpenFile",
    "BufCreate",
    "BufWritePre",
    "BufWritePost",
    "BufReload",
    "BufClose",
    "BufOpenFifo",
    "BufReadFifo",
    "BufCloseFifo",
    "RuntimeError",
    "ModeChange",
    "PromptIdle",
    "GlobalSetOption",
    "KakBegin",
    "KakEnd",
    "FocusIn",
    "FocusOut",
    "RawKey",
    "InsertCompletionShow",
    "InsertCompletionHide",
    "ModuleLoaded",
    "ClientCreate",
    "ClientClose",
    "RegisterModified",
    "User",
]

MODES = ("insert", "normal", "prompt", "menu", "user", "goto", "view", "object")
"""The modes that Kakoune has itself."""


def switch(doc, default=False):
    return option(t.bool, default=default, doc=doc)


def given(type, doc, **more):
    return option(t.null_or(type), default=None, doc=doc, **more)


def character(what):
    return given(t.str, f"What is shown for {what}.")


COMMANDS = option(t.lines, default="", example="set-option window indentwidth 2", doc="The commands.")


class Hook(Options):
    """Commands that run when something happens"""

    name = option(t.enum(*HOOKS), example="SetOption", doc="What has to happen, see `:doc hooks`.")
    once = switch("Whether the commands run once alone.")
    group = given(t.str, "The group of the hook, by which it can be removed.")
    option = given(t.str, "A regular expression that the parameter of the hook has to match.", example="filetype=latex")
    commands = COMMANDS


class KeyMapping(Options):
    """A key in a mode"""

    mode = option(t.str, example="user", doc="The mode; one that Kakoune does not know is declared.")
    docstring = given(t.str, "What is shown about the key.")
    key = option(t.str, example="<a-x>", doc="The key.")
    effect = option(t.str, example=":wq<ret>", doc="The keys that it stands for.")


class ScrollOff(Options):
    """How much stays visible around the cursor"""

    lines = option(t.unsigned, default=0, doc="Lines above and below the cursor.")
    columns = option(t.unsigned, default=0, doc="Columns beside the cursor.")


class Ui(Options):
    """The interface in the terminal"""

    setTitle = switch("Whether the title of the terminal is set.")
    statusLine = option(t.enum("top", "bottom"), default="bottom", doc="Where the status line is.")
    assistant = option(
        t.enum("clippy", "cat", "dilbert", "none"), default="clippy", doc="Who stands beside information."
    )
    enableMouse = switch("Whether the mouse can be used.")
    shiftFunctionKeys = given(t.unsigned, "By how much F-keys are shifted, where terminals add it for Shift.")


class WrapLines(Options):
    """Long lines go on below"""

    enable = switch("Whether long lines go on below.")
    word = switch("Whether they break between words.")
    indent = switch("Whether they keep the indentation.")
    maxWidth = given(t.unsigned, "The column after which lines break.")
    marker = given(t.str, "What stands before a line that goes on.", example="⏎")


class NumberLines(Options):
    """Lines have numbers"""

    enable = switch("Whether lines have numbers.")
    relative = switch("Whether they are counted from that of the cursor.")
    highlightCursor = switch("Whether the number of the cursor's line stands out.")
    separator = given(t.str, "What stands between number and line.")


class ShowWhitespace(Options):
    """Blanks are visible"""

    enable = switch("Whether blanks are visible.")
    lineFeed = character("the end of a line")
    space = character("a space")
    nonBreakingSpace = character("a space that does not break")
    tab = character("a tab")
    tabStop = character("the rest of a tab")


def yes(value):
    return "true" if value else "false"


def quoted(separator):
    """A character as a word of Kakoune's; what is longer may be quoted already."""
    if separator == "'":
        return '"\'"'
    return f"'{separator}'" if len(separator) == 1 else separator


def flags(**values):
    return "".join(
        f" -{name}" if value is True else f" -{name} {value}"
        for name, value in values.items()
        if value not in (None, False)
    )


class Config(Options):
    """The settings"""

    colorScheme = given(t.str, "The colour scheme.")
    tabStop = given(t.unsigned, "How wide a tab is.")
    indentWidth = given(t.unsigned, "By how many spaces lines are indented; 0 for a tab.")
    incrementalSearch = switch("Whether a search moves while it is typed.", True)
    alignWithTabs = switch("Whether aligning uses tabs.")
    autoInfo = given(
        t.list_of(t.enum("command", "onkey", "normal")),
        "Where information is shown by itself.",
        example=["command", "normal"],
    )
    autoComplete = given(t.list_of(t.enum("insert", "prompt")), "Where completions are shown by themselves.")
    autoReload = given(t.enum("yes", "no", "ask"), "Whether a buffer is read again when its file changes.")
    scrollOff = given(t.submodule(ScrollOff), "How much stays visible around the cursor.")
    ui = given(t.submodule(Ui), "The interface in the terminal.")
    showMatching = switch("Whether the bracket that belongs to the one at the cursor stands out.")
    wrapLines = given(t.submodule(WrapLines), "How long lines go on below.")
    numberLines = given(t.submodule(NumberLines), "Numbers of lines.")
    showWhitespace = given(t.submodule(ShowWhitespace), "How blanks are visible.")
    keyMappings = option(t.list_of(t.submodule(KeyMapping)), default=[], doc="What keys do.")
    hooks = option(t.list_of(t.submodule(Hook)), default=[], doc="Commands that run when something happens.")


def highlighters(config):
    wrap, numbers, blanks = config.wrapLines, config.numberLines, config.showWhitespace
    if wrap is not None and wrap.enable:
        yield "wrap" + flags(word=wrap.word, indent=wrap.indent, marker=wrap.marker, width=wrap.maxWidth)
    if numbers is not None and numbers.enable:
        yield "number-lines" + flags(
            relative=numbers.relative, hlcursor=numbers.highlightCursor, separator=numbers.separator
        )
    if config.showMatching:
        yield "show-matching"
    if blanks is not None and blanks.enable:
        names = {"tab": "tab", "tabpad": "tabStop", "spc": "space", "nbsp": "nonBreakingSpace", "lf": "lineFeed"}
        given = {flag: blanks[name] for flag, name in names.items()}
        yield "show-whitespaces" + flags(**{flag: quoted(value) for flag, value in given.items() if value is not None})


def interface(ui):
    shift = ui.shiftFunctionKeys
    words = [
        f"terminal_set_title={yes(ui.setTitle)}",
        f"terminal_status_on_top={yes(ui.statusLine == 'top')}",
        f"terminal_assistant={ui.assistant}",
        f"terminal_enable_mouse={yes(ui.enableMouse)}",
    ]
    return " ".join(words if shift is None else [*words, f"terminal_shift_function_key={shift}"])


def options(config):
    """Options of Kakoune, and their values; those without one keep what Kakoune has."""
    scroll = config.scrollOff
    yield "tabstop", config.tabStop
    yield "indentwidth", config.indentWidth
    yield "incsearch", None if config.incrementalSearch else "false"
    yield "aligntab", "true" if config.alignWithTabs else None
    yield "autoinfo", None if config.autoInfo is None else "|".join(config.autoInfo)
    yield "autocomplete", None if config.autoComplete is None else "|".join(config.autoComplete)
    yield "autoreload", config.autoReload
    yield "scrolloff", None if scroll is None else f"{scroll.lines},{scroll.columns}"
    yield "ui_options", None if config.ui is None else interface(config.ui)


def mapping(key):
    note = "" if key.docstring is None else f" -docstring '{key.docstring}'"
    return f"map global {key.mode} {key.key} '{key.effect}'{note}"


def hook(each):
    before = flags(group=each["group"], once=each.once)
    pattern = "" if each.option is None else f" {each.option}"
    return f"hook{before} global {each.name}{pattern} %{{ {each.commands} }}"


def lines(config):
    """The lines of kakrc."""
    if config.colorScheme is not None:
        yield f"colorscheme {config.colorScheme}"
    yield from (f"set-option global {name} {value}" for name, value in options(config) if value is not None)
    yield from (f"add-highlighter global/ {each}" for each in highlighters(config))
    modes = dict.fromkeys(key.mode for key in config.keyMappings)
    yield from (f"try %{{declare-user-mode {mode}}}" for mode in modes if mode not in MODES)
    yield from map(mapping, config.keyMappings)
    yield from map(hook, config.hooks)


class Kakoune(Program):
    """Kakoune, a modal editor"""

    package = Package("kakoune-unwrapped", nullable=True, install=False)
    finalPackage = option(t.null_or(t.package), read_only=True, doc="Kakoune with its plugins.")
    config = option(t.null_or(t.submodule(Config)), default={}, doc="The settings; `null` for none.")
    defaultEditor = switch("Whether `kak` is the default editor, by {env}`EDITOR` and {env}`VISUAL`.")
    extraConfig = option(t.lines, default="", doc="Further lines of kakrc.")
    plugins = option(
        t.list_of(t.package), default=[], example=literal("[ pkgs.kakounePlugins.kak-fzf ]"), doc="Plugins."
    )
    colorSchemePackage = given(
        t.package, "A package with a colour scheme.", example=literal("pkgs.kakounePlugins.kakoune-catppuccin")
    )
    editor = Variables(EDITOR="kak", VISUAL="kak", when=defaultEditor)

    @warn
    def nothing_to_extend(self):
        if self.package is None and self.plugins:
            yield "`programs.kakoune.package` is null, so the plugins of Kakoune are not installed.\n"

    @defines(".finalPackage")
    def with_plugins(self):
        if self.package is None:
            return force(None)
        # Kakoune loads what lies beside it: the plugins are joined with it, and it is told where that is.
        program = f"{self.package}/bin/kak"
        joined = {
            "name": f"kakoune-{self._made(self.pkgs['lib']['getVersion'], self.package)}",
            "paths": [self.package, *self.plugins],
            "nativeBuildInputs": [self.pkgs["makeWrapper"]],
            "postBuild": f'rm "$out/bin/kak"\nmakeWrapper {program} "$out/bin/kak" --set KAKOUNE_RUNTIME "$out/share/kak"\n',
            "meta": self.package["meta"],
        }
        return self._made("symlinkJoin", joined)

    @defines("home.packages", when=package)
    def installed(self):
        return [self.finalPackage]

    @config_file("kak/kakrc")
    def kakrc(self):
        return "\n".join([*([] if self.config is None else lines(self.config)), self.extraConfig])

    @defines("xdg.configFile", when=colorSchemePackage)
    def color_scheme(self):
        return {f"kak/colors/{self.colorSchemePackage['name']}": {"source": self.colorSchemePackage}}
