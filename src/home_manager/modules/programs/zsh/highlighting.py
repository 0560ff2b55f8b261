"""`programs.zsh.syntaxHighlighting` and `programs.zsh.fastSyntaxHighlighting`."""

from collections.abc import Mapping

from home_manager.authoring import *


class Highlighting(Options):
    """zsh-syntax-highlighting."""

    enable = option(t.bool, default=False, example=True, doc="Whether commands are coloured while they are typed.")
    package = Package("zsh-syntax-highlighting", install=False)
    highlighters = option(
        t.list_of(t.str),
        default=[],
        default_text='"[ \\"main\\" ]"',
        example=["brackets"],
        doc="The highlighters to use. `main` always joins them; `lib.mkForce` leaves it out.",
    )
    patterns = option(
        t.attrs_of(t.str),
        default={},
        example={"rm -rf *": "fg=white,bold,bg=red"},
        doc="How texts that match a pattern look.",
    )
    styles = option(
        t.attrs_of(t.str), default={}, example={"comment": "fg=black,bold"}, doc="How each kind of text looks."
    )


class FastHighlighting(Options):
    """zsh-fast-syntax-highlighting."""

    enable = option(t.bool, default=False, example=True, doc="Whether commands are coloured while they are typed.")
    package = Package("zsh-fast-syntax-highlighting", install=False)
    theme = option(
        t.null_or(t.str),
        default=None,
        example="clean",
        doc="The theme, selected with `fast-theme -q` at every start. It is remembered elsewhere: "
        "after going back to `null`, `fast-theme -r` forgets it.",
    )
    settings = option(
        t.attrs_of(t.str),
        default={},
        example={"use_brackets": "0", "chroma-,": "→chroma/-precommand.ch", "chroma-comma": "→chroma/-precommand.ch"},
        doc="Values to set in `FAST_HIGHLIGHT`, for instance how certain commands are coloured.",
    )


def assigned(form: str, values: Mapping[str, str]) -> str:
    """A line for each value; `form` has places for the key and the value."""
    quote = formats.shell.quote
    return "\n".join(form.format(quote(key), quote(value)) for key, value in values.items()) + "\n"


def highlighting(given) -> str:
    """What loads zsh-syntax-highlighting and configures it."""
    return (
        f"source {given.package}/share/zsh-syntax-highlighting/zsh-syntax-highlighting.zsh\n"
        f"ZSH_HIGHLIGHT_HIGHLIGHTERS=({formats.shell.quote_all(given.highlighters)})\n"
        + assigned("ZSH_HIGHLIGHT_STYLES[{}]={}", given.styles)
        + assigned("ZSH_HIGHLIGHT_PATTERNS+=({} {})", given.patterns)
    )


def fast_highlighting(given) -> str:
    """What loads zsh-fast-syntax-highlighting and configures it."""
    theme = "" if given.theme is None else f"fast-theme -q {formats.shell.quote(given.theme)}\n"
    return (
        f"source {given.package}/share/zsh/plugins/fast-syntax-highlighting/fast-syntax-highlighting.plugin.zsh\n"
        f"{theme}\n" + assigned("FAST_HIGHLIGHT+=({} {})", given.settings)
    )
