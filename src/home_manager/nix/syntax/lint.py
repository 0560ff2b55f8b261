"""Checks of style that are off unless asked for: literals of URLs, of absolute and of short paths.

They look at the tokens of a text, so a text that is not checked costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from home_manager.diagnostics import Source, Span
from home_manager.nix.errors import syntax_error
from home_manager.nix.syntax.lexer import tokenize
from home_manager.nix.syntax.lint_settings import Level, Lints


@dataclass(frozen=True, slots=True)
class Remark:
    """One literal that is not as it should be."""

    lint: str
    level: Level
    message: str
    span: Span

    def text(self) -> str:
        """The remark with the option that asked for it, and its place."""
        return f"{self.message} (lint-{self.lint})"


def remarks(source: Source, lints: Lints) -> Iterator[Remark]:
    """What there is to say about a text, in its order."""
    tokens = tokenize(source.text)
    for kind, start, end in zip(tokens.kinds, tokens.starts, tokens.ends, strict=True):
        if kind not in ("URI", "PATH"):
            continue
        literal = source.text[start:end]
        lint, message = _judged(kind, literal, lints)
        level: Level = getattr(lints, lint.replace("-", "_")) if lint else "ignore"
        if level != "ignore":
            yield Remark(lint, level, message, Span(source, start, end))


def _judged(kind: str, literal: str, lints: Lints) -> tuple[str, str]:
    """The lint that concerns a literal, and what it says; nothing if there is none."""
    if kind == "URI":
        verdict = "disallowed" if lints.url_literals == "fatal" else "discouraged"
        return "url-literals", f'URL literals are {verdict}. Consider using a string literal "{literal}" instead'
    if literal.startswith(("/", "~")):
        sort = "absolute" if literal.startswith("/") else "home"
        return (
            "absolute-path-literals",
            f"{sort} path literals are not portable. "
            f"Consider replacing path literal '{literal}' by a string, relative path, or parameter",
        )
    if literal.startswith("."):
        return "", ""
    return (
        "short-path-literals",
        f"relative path literal '{literal}' should be prefixed with '.' for clarity: './{literal}'",
    )


def check(source: Source, lints: Lints) -> Iterator[str]:
    """The warnings about a text, each with its place; fails at what is fatal."""
    for remark in remarks(source, lints):
        if remark.level == "fatal":
            raise syntax_error(remark.text(), remark.span)
        yield f"{remark.text()}\n  at {remark.span}"
