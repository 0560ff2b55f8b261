"""`lib.hm.shell`: statements of Bourne-like shells, and the options that switch shell integration on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from home_manager.frontends.nix.lib.arguments import (
    attrs_of,
    integer_of,
    joined,
    list_of,
    select,
    string_of,
    to_string,
    with_context,
)
from home_manager.frontends.nix.lib.escaping import shell_word
from home_manager.frontends.nix.lib.options import check_arguments, literal
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.values import Attrs, Value
from home_manager.values.lazy import Delayed, force

if TYPE_CHECKING:
    from home_manager.frontends.nix.lib.library import Library

ARRAY_WIDTH = 78

topic = Topic()


def integration_option(library: Library, shell: str, arguments: Value) -> Value:
    """`enable…Integration`, whose default is that of `home.shell`."""
    given = attrs_of(arguments)
    check_arguments("mkShellIntegrationOption", given, frozenset(("config", "baseName", "extraDescription")))
    name = f"enable{string_of(given.get('baseName', shell))}Integration"
    config = select(given, "config")

    def default() -> Value:
        return select(select(select(config, "home"), "shell"), name)

    extra = string_of(given.get("extraDescription", ""))
    description = f"Whether to enable {shell} integration." + (f"\n\n{extra}" if extra else "")
    return Attrs(
        {
            "_type": "option",
            "default": Delayed(default),
            "defaultText": literal("literalMD", f"[](#opt-home.shell.{name})"),
            "example": False,
            "description": description,
            "type": library.topic("types")["bool"],
        }
    )


for _shell in ("Bash", "Fish", "Ion", "Nushell", "Zsh"):
    topic.bound(f"mk{_shell}IntegrationOption", 1)(
        lambda library, arguments, shell=_shell: integration_option(library, shell, arguments)
    )


def export(name: str, value: Value) -> str:
    """`export NAME="value"`; the value is not escaped, so it may refer to other variables."""
    value = force(value)
    text = ("true" if value else "false") if isinstance(value, bool) else to_string(value)
    return with_context(f'export {name}="{text}"', text)


topic.function("export", 2)(lambda name, value: export(string_of(name), value))


@topic.function("exportAll", 1)
def export_all(variables: Value) -> Value:
    source = attrs_of(variables)
    return joined("\n", [export(name, source[name]) for name in sorted(source) if force(source[name]) is not None])


@topic.function("prependToVar", 3)
def prepend_to_variable(separator: Value, name: Value, values: Value) -> Value:
    mark, variable = string_of(separator), string_of(name)
    front = joined(mark, [to_string(item) for item in list_of(values)])
    return with_context(f"{front}${{{variable}:+{mark}}}${variable}", front)


def wrapped(words: list[str], width: int) -> list[str]:
    """As many words on each line as the width has room for."""
    lines: list[str] = []
    current = ""
    for word in words:
        longer = joined(" ", [current, word]) if current else word
        if len(longer) <= width:
            current = longer
        else:
            lines.append(current)
            current = word
    return lines + [current] * bool(current)


@topic.function("wrapLines", 2)
def wrap_lines(items: Value, width: Value) -> Value:
    return wrapped([string_of(item) for item in list_of(items)], integer_of(width))


def array_content(items: Value) -> str:
    """What stands between the parentheses of an array."""
    lines = wrapped([shell_word(to_string(item)) for item in list_of(items)], ARRAY_WIDTH)
    return joined("", ["\n  ", joined("\n  ", lines), "\n"])


topic.function("formatShellArrayContent", 1)(array_content)
