"""Words and statements for shells: quoting, exports, arrays, and scripts written as indented text."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence

from home_manager.diagnostics import failure
from home_manager.formats.plain import as_bool_text, attrs_of, is_derivation, items, string_of, to_string
from home_manager.values import Value
from home_manager.values.lazy import force

_SAFE = re.compile(r"[A-Za-z0-9,._+:@%/-]+\Z")
_NAME = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*\Z")
_HOLE = re.compile(r"@([a-z][a-z0-9_]*)@")
ARRAY_WIDTH = 78


def quote(value: Value) -> str:
    """One word (`lib.escapeShellArg`): as it is where that is safe, else in single quotes."""
    text = to_string(value)
    return text if _SAFE.match(text) else "'" + text.replace("'", "'\\''") + "'"


def quote_all(values: Iterable[Value]) -> str:
    """Several words, separated by spaces (`lib.escapeShellArgs`)."""
    return " ".join(quote(value) for value in values)


class Code(str):
    """A text that `script` inserts as it is."""

    __slots__ = ()


def script(text: str, /, *, quote: Callable[[Value], str] = quote, **values: Value) -> str:
    """Code from an indented text: without its indentation, and with values for `@name@`, each a quoted word.

    A list gives several words, `Code` goes in as it is. Code on a line of its own is indented as the line is, and without
    any the line goes. `quote=formats.fish.quote` for fish.
    """
    lines: list[str] = []
    for line in textwrap.dedent(text.removeprefix("\n")).splitlines():
        alone = _HOLE.fullmatch(line.strip())
        value = force(values.get(alone[1])) if alone else None
        if alone and isinstance(value, Code):
            indent = line[: len(line) - len(line.lstrip())]
            lines.extend(f"{indent}{each}".rstrip() for each in value.splitlines())
        else:
            lines.append(_HOLE.sub(lambda hole: _words(hole[1], values, quote), line))
    if lines and not lines[-1].strip():
        lines.pop()
    return "".join(f"{line}\n" for line in lines)


def _words(name: str, values: Mapping[str, Value], quote: Callable[[Value], str]) -> str:
    if name not in values:
        raise LookupError(f"the script has a hole `@{name}@`, for which no value is given")
    value = force(values[name])
    if isinstance(value, Code):
        return value
    return " ".join(map(quote, value)) if isinstance(value, list | tuple) else quote(value)


def export(name: str, value: Value) -> str:
    """An export whose value the shell still expands: double quotes around, nothing in it escaped."""
    return f'export {name}="{as_bool_text(value)}"'


def export_all(variables: Value) -> str:
    """The exports of all variables that are not null, one a line, without a newline at the end."""
    attrs = attrs_of(variables, "shell variables")
    return "\n".join(export(name, value) for name, value in items(attrs) if value is not None)


def prepend_to_variable(separator: str, name: str, values: Sequence[str]) -> str:
    """The value of a variable with more in front: `"a:b${PATH:+:}$PATH"` without the quotes."""
    return f"{separator.join(values)}${{{name}:+{separator}}}${name}"


def variable(name: str, value: Value) -> str:
    """An assignment (`lib.toShellVar`); attribute sets and lists become Bash arrays."""
    if not _NAME.match(name):
        raise failure("format-invalid-name", f"`{name}` can not be the name of a shell variable")
    value = force(value)
    if isinstance(value, dict) and not is_derivation(value) and string_of(value) is None:
        pairs = " ".join(f"[{quote(key)}]={quote(element)}" for key, element in items(value))
        return f"declare -A {name}=({pairs})"
    if isinstance(value, list | tuple):
        return f"declare -a {name}=({quote_all(value)})"
    return f"{name}={quote(value)}"


def variables(attrs: Value) -> str:
    """The assignments of all variables, one a line (`lib.toShellVars`)."""
    values = attrs_of(attrs, "shell variables")
    return "\n".join(variable(name, value) for name, value in items(values))


def wrap_lines(words: Iterable[str], width: int) -> list[str]:
    """The words packed into lines of at most `width` characters; a longer word has a line of its own."""
    lines: list[str] = []
    current = ""
    for word in words:
        longer = f"{current} {word}" if current else word
        if len(longer) <= width:
            current = longer
        else:
            lines.append(current)
            current = word
    return [*lines, current] if current else lines


def array_content(values: Iterable[Value]) -> str:
    """What stands between the parentheses of an array: quoted words on indented lines."""
    lines = wrap_lines((quote(value) for value in values), ARRAY_WIDTH)
    return "\n  " + "\n  ".join(lines) + "\n"
