"""What is written about a value, for `:doc`: a function's comment, an option's or a package's description."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from home_manager.cli.messages import _, _n

if TYPE_CHECKING:
    from home_manager.nix.nodes.functions import Lambda
    from home_manager.values import Builtin, Value

BETWEEN = re.compile(r"\s*(?:[\w.'\"-]+\s*=\s*)?(?:[\s(]|[A-Za-z_][\w'-]*\s*:)*")
"""What may stand between a comment and the function that it is about: the name that it is given, arguments before."""

REFERENCE = "https://nix.dev/manual/nix/stable/language/builtins.html#builtins-{name}"


def document(value: Value, builtins: Mapping[str, Value]) -> str:
    """The text about a value; empty where nothing is written about it."""
    from home_manager.nix.nodes.functions import Lambda
    from home_manager.values import Builtin
    from home_manager.values.lazy import force

    if isinstance(value, Builtin):
        return "\n".join(_of_builtin(value, builtins))
    if isinstance(value, Lambda):
        return "\n".join(_of_function(value))
    if isinstance(value, dict):
        for names in (("description",), ("meta", "longDescription"), ("meta", "description")):
            found: object = value
            for name in names:
                found = force(found[name]) if isinstance(found, dict) and name in found else None
            if isinstance(found, dict) and "text" in found:
                found = force(found["text"])
            if isinstance(found, str) and found.strip():
                return found.strip()
    return ""


def _of_builtin(value: Builtin, builtins: Mapping[str, Value]) -> Iterator[str]:
    count = value.arity
    yield _n(
        "`{name}` is built in and takes {n} argument", "`{name}` is built in and takes {n} arguments", count
    ).format(name=value.name, n=count)
    if value.name in builtins:
        yield REFERENCE.format(name=value.name)


def _of_function(value: Lambda) -> Iterator[str]:
    """The documentation comment before a function, and where that was written."""
    source, start = value.code.source, value.code.start
    comment = _comment_before(source.text[:start])
    if not comment:
        return
    line, column = source.position(start)
    place = f"{source.name}:{line}:{column}"
    if value.code.name:
        yield _("Function `{name}`, written at {place}").format(name=value.code.name, place=place)
    else:
        yield _("A function, written at {place}").format(place=place)
    yield ""
    yield comment


def _comment_before(text: str) -> str:
    """The text of a comment `/** … */` that ends right before something; empty where there is none."""
    begin = text.rfind("/**")
    end = text.find("*/", begin + 3)
    if begin < 0 or end < 0 or not BETWEEN.fullmatch(text, end + 2):
        return ""
    import textwrap

    first, _newline, rest = text[begin + 3 : end].partition("\n")
    return f"{first.strip()}\n{textwrap.dedent(rest)}".strip()
