"""Words and code of fish: quoting, and indentation that leaves alone what stands within quotes."""

from __future__ import annotations

import re

from home_manager.formats import shell
from home_manager.formats.plain import to_string
from home_manager.values import Value

_MISREAD = re.compile(r"\\(?=[\\']|\Z)")
"""A backslash that fish would take as the beginning of an escape, within single quotes."""

_MEANS_SOMETHING = re.compile(r"[\s'\"\\$*?(){}\[\]<>&|;#^]|\A~|\A\Z")


def quote(value: Value) -> str:
    """One word. As for other shells, but that in fish `\\` escapes itself and the quote within single quotes."""
    return shell.quote(_MISREAD.sub(r"\\\\", to_string(value)))


def word(text: str) -> str:
    """A name, which is quoted only where fish would read it as something else."""
    return quote(text) if _MEANS_SOMETHING.search(text) else text


def in_double_quotes(text: str, *, expands: bool = False) -> str:
    """A text in double quotes; unless it `expands`, variables in it are none."""
    return '"' + re.sub(r'["\\$]' if not expands else r'["\\]', r"\\\g<0>", text) + '"'


def indent(code: str, by: str = "  ") -> str:
    """The code with every line indented that does not begin within quotes; code that is not whole stays as it is."""
    starts = _within_quotes(code)
    if starts is None:
        return code
    lines = code.split("\n")
    return "\n".join(by + line if line and not inside else line for line, inside in zip(lines, starts, strict=True))


def _within_quotes(code: str) -> list[bool] | None:
    """For each line, whether it begins within quotes; `None` if some are still open at the end."""
    starts = [False]
    # What we are within, from outside: a quote, or `(` for a command substitution, which may itself be within quotes.
    stack: list[str] = []
    at, previous = 0, "\n"
    while at < len(code):
        char = code[at]
        inner = stack[-1] if stack else ""
        if char == "\\" and at + 1 < len(code):
            escaped = code[at + 1]
            if inner != "'" or escaped in "\\'":
                if escaped == "\n":
                    # A line that goes on is indented as the code is, but never the text in quotes.
                    starts.append(any(each in "'\"" for each in stack[-1:]))
                at += 2
                previous = "x"
                continue
        if char == "\n":
            starts.append(inner in ("'", '"'))
        elif inner == "'":
            if char == "'":
                stack.pop()
        elif inner == '"':
            if char == '"':
                stack.pop()
            elif char == "$" and code[at + 1 : at + 2] == "(":
                stack.append("(")
                at += 1
        elif char in "'\"":
            stack.append(char)
        elif char == "(":
            stack.append("(")
        elif char == ")" and inner == "(":
            stack.pop()
        elif char == "#" and previous in " \t\n;(":
            end = code.find("\n", at)
            at = len(code) if end < 0 else end
            continue
        previous = char
        at += 1
    return None if any(each in "'\"" for each in stack) else starts
