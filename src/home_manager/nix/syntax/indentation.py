"""Indented strings: the indentation that all lines share goes, as in Nix."""

from __future__ import annotations

from collections.abc import Sequence

from home_manager.nix.syntax import ast

Part = ast.Node | tuple[str, str, int, int]
"""An interpolation, or the kind of a piece (`IND`; `ESC`, where no blank is indentation), its text, start and end."""

_ENDLESS = 1_000_000


def strip_indentation(parts: Sequence[Part], start: int, end: int) -> ast.Node:
    """The string that an indented string means."""
    if not parts:
        return ast.Constant(start, end, "")
    least = _least_indentation(parts)
    result: list[ast.Node] = []
    at_line_start = True
    dropped = 0
    for index, part in enumerate(parts):
        if isinstance(part, ast.Node):
            at_line_start = False
            dropped = 0
            result.append(part)
            continue
        text, at_line_start, dropped = _strip(part[1], least, at_line_start, dropped)
        if index == len(parts) - 1:
            text = _without_last_blank_line(text)
        if text:
            result.append(ast.Constant(part[2], part[3], text))
    if not result:
        return ast.Constant(start, end, "")
    only = result[0]
    if len(result) == 1 and isinstance(only, ast.Constant) and isinstance(only.value, str):
        return ast.Constant(start, end, only.value)
    return ast.Concatenation(start, end, result, text=True, at=start)


def _least_indentation(parts: Sequence[Part]) -> int:
    """The smallest number of spaces before the first other character of a line; blank lines do not count."""
    at_line_start = True
    least = _ENDLESS
    current = 0
    for part in parts:
        if isinstance(part, ast.Node) or part[0] != "IND":
            if at_line_start:
                at_line_start = False
                least = min(least, current)
            continue
        for number, line in enumerate(part[1].split("\n")):
            if number:
                at_line_start = True
                current = 0
            if at_line_start:
                rest = line.lstrip(" ")
                current += len(line) - len(rest)
                if rest:
                    at_line_start = False
                    least = min(least, current)
    return least


def _strip(text: str, least: int, at_line_start: bool, dropped: int) -> tuple[str, bool, int]:
    """A piece without the indentation, and whether it ends in indentation of which how much is gone."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if number:
            at_line_start = True
            dropped = 0
        if at_line_start:
            rest = line.lstrip(" ")
            spaces = len(line) - len(rest)
            lines[number] = " " * (spaces - max(0, min(spaces, least - dropped))) + rest
            dropped += spaces
            if rest:
                at_line_start = False
                dropped = 0
    return "\n".join(lines), at_line_start, dropped


def _without_last_blank_line(text: str) -> str:
    head, newline, tail = text.rpartition("\n")
    return head + newline if newline and not tail.strip(" ") else text
