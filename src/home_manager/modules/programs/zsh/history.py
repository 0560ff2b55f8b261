"""`programs.zsh.history` and `programs.zsh.historySubstringSearch`."""

from home_manager.authoring import *
from home_manager.modules.programs.zsh.places import dot_dir, expanded

SETOPT = {
    "append": "APPEND_HISTORY",
    "ignoreDups": "HIST_IGNORE_DUPS",
    "ignoreAllDups": "HIST_IGNORE_ALL_DUPS",
    "saveNoDups": "HIST_SAVE_NO_DUPS",
    "findNoDups": "HIST_FIND_NO_DUPS",
    "ignoreSpace": "HIST_IGNORE_SPACE",
    "expireDuplicatesFirst": "HIST_EXPIRE_DUPS_FIRST",
    "share": "SHARE_HISTORY",
    "extended": "EXTENDED_HISTORY",
}
"""The switches of the history, with the option of zsh that each is."""


class History(Options):
    """The history of commands."""

    append = option(
        t.bool,
        default=False,
        doc="Whether a session adds its commands to the file when it ends, rather than replacing the file. "
        "The file is still cut down from time to time, once it is a fifth longer than `save`.",
    )
    size = option(t.int, default=10000, doc="How many commands a session remembers.")
    save = option(
        t.int,
        default=lambda self: self.size,
        default_text="10000",
        doc="How many commands the file keeps; by default `size`.",
    )
    path = option(
        t.str,
        default=lambda self: f"{dot_dir(self)}/.zsh_history",
        default_text='"`\\${config.programs.zsh.dotDir}/.zsh_history`"',
        example="`${config.xdg.dataHome}/zsh/zsh_history`",
        doc="The file, as an absolute path or one with variables of the shell.",
    )
    ignorePatterns = option(
        t.list_of(t.str), default=[], example=["rm *", "pkill *"], doc="Patterns of commands that are not remembered."
    )
    ignoreDups = option(t.bool, default=True, doc="Whether to leave out a command that repeats the one before it.")
    ignoreAllDups = option(
        t.bool, default=False, doc="Whether a command takes the place of an older one that is the same."
    )
    saveNoDups = option(t.bool, default=False, doc="Whether the file gets every command only once.")
    findNoDups = option(t.bool, default=False, doc="Whether a search shows every command only once.")
    ignoreSpace = option(t.bool, default=True, doc="Whether to leave out commands that begin with a space.")
    expireDuplicatesFirst = option(
        t.bool, default=False, doc="Whether duplicates are the first to go when it gets too long."
    )
    extended = option(t.bool, default=False, doc="Whether the file also says when and for how long each command ran.")
    share = option(t.bool, default=True, doc="Whether running sessions see each other's commands.")


def keys(down: bool):
    code, name, entry = ("^[[B", "down", "kcud1") if down else ("^[[A", "up", "kcuu1")
    return option(
        t.either(t.list_of(t.str), t.str),
        default=[code],
        doc=f"What the key that searches sends; by default the arrow {name}, for some terminals `$terminfo[{entry}]`.",
    )


class SubstringSearch(Options):
    """Search of the history by any part of a command."""

    enable = option(
        t.bool, default=False, example=True, doc="Whether the arrow keys search the history for what has been typed."
    )
    searchUpKey = keys(down=False)
    searchDownKey = keys(down=True)


class WithHistory(Options):
    """The history's part of the module."""

    _position = "programs/zsh/history.nix"
    history = option(t.submodule(History), default={}, doc="The history of commands.")
    historySubstringSearch = option(
        t.submodule(SubstringSearch), default={}, doc="Search of the history with zsh-history-substring-search."
    )

    @defines(".setOptions")
    def history_options(self):
        switches = {name: getattr(self.history, which) for which, name in SETOPT.items()}
        if self["programs.zsh.autocd"] is not None:
            switches["autocd"] = self["programs.zsh.autocd"]
        on = sorted(name for name, value in switches.items() if value)
        off = sorted(f"NO_{name}" for name in switches if name not in on)
        return ["HIST_FCNTL_LOCK", *on, *off]

    @defines(".initContent")
    def history_variables(self):
        history = self.history
        ignored = f"({'|'.join(history.ignorePatterns)})"
        yield order(
            910,
            "# History options should be set in .zshrc and after oh-my-zsh sourcing.\n"
            "# See https://github.com/nix-community/home-manager/issues/177.\n"
            f'HISTSIZE="{history.size}"\n'
            f'SAVEHIST="{history.save}"\n'
            + (f"HISTORY_IGNORE={formats.shell.quote(ignored)}" if history.ignorePatterns else "")
            + f'\nHISTFILE="{expanded(self, history.path)}"\n'
            'mkdir -p "$(dirname "$HISTFILE")"\n',
        )
        search = self.historySubstringSearch
        if search.enable:
            package = self.pkgs["zsh-history-substring-search"]
            lines = [f"source {package}/share/zsh-history-substring-search/zsh-history-substring-search.zsh"]
            for given, direction in ((search.searchUpKey, "up"), (search.searchDownKey, "down")):
                codes = given if isinstance(given, list) else [given]
                lines += [f'bindkey "{code}" history-substring-search-{direction}' for code in codes]
            # It replaces widgets that zsh-syntax-highlighting (1200) has to have wrapped before.
            yield order(1250, "\n".join(lines) + "\n")

    @warn
    def history_path(self):
        path = self.history.path
        if not path.startswith("/") and "$" not in path:
            yield (
                f"programs.zsh.history.path is a relative path, `{path}`, which is deprecated.\n"
                "Write an absolute path, for instance one that begins with `config.home.homeDirectory`, "
                "`config.xdg.configHome`, `config.xdg.dataHome` or `config.xdg.cacheHome`."
            )
