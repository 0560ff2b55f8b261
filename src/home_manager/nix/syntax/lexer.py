"""Nix text to tokens, by regular expressions with a stack of modes for strings and interpolations.

Where Nix's lexer takes the longest match, the alternatives here are ordered so that the first match is the longest.
A mistake becomes an `ERROR` token, so that the parser reports whatever comes first in the text.

Repetitions are possessive only of single characters: before Python 3.11.5, `re` gets those of groups wrong. None of the
patterns can need to give anything back, since what follows a repetition of groups always matches.
"""

from __future__ import annotations

import re
import sys
from typing import Final

KEYWORDS: Final = {word: word for word in ("if", "then", "else", "assert", "with", "let", "in", "rec", "inherit", "or")}

PATH_CHARACTER = r"[a-zA-Z0-9._\-+]"
URI_CHARACTER = r"[a-zA-Z0-9%/?:@&=+$,\-_.!~*']"

_PLAIN = re.compile(
    rf"""
    [ \t\r\n]*+ (?: (?: \#[^\r\n]*+ | /\*(?s:.*?)\*/ ) [ \t\r\n]*+ )*
    (?:
      ([a-zA-Z_][a-zA-Z0-9_'\-]*+ (?! / | :{URI_CHARACTER} | [.+]{PATH_CHARACTER}*+(?:/ | :{URI_CHARACTER}) ))
        ([ ]*+=(?!=) | ; | \.(?=[a-zA-Z_]))?                                         # 1 a name that is nothing else,
                                                                                   # 2 and what often follows it
    | ([{{}}();\[\],@?:] | =(?!=) | \.\.\.(?!{PATH_CHARACTER}*/)
        | \.(?! {PATH_CHARACTER}*/ | [0-9] ) )                                     # 3 punctuation
    | "([^"\\$\r\0]*+)"                                                          # 4 a string without anything special
    | ("|'')                                                                       # 5 the start of another string
    | ({PATH_CHARACTER}*+ (?: (?:/{PATH_CHARACTER}++)+ /? | /(?=\$\{{) )
        | ~ (?: (?:/{PATH_CHARACTER}++)+ /? | /(?=\$\{{) ))                       # 6 a path
    | ([a-zA-Z][a-zA-Z0-9+\-.]*:{URI_CHARACTER}++)                                 # 7 a URI
    | ([a-zA-Z_][a-zA-Z0-9_'\-]*+)                                                 # 8 a name after all
    | ( (?: [1-9][0-9]*+\.[0-9]*+ | 0?\.[0-9]++ ) (?:[Ee][+\-]?[0-9]++)? )         # 9 a float
    | ([0-9]++)                                                                    # 10 an integer
    | <({PATH_CHARACTER}++(?:/{PATH_CHARACTER}++)*)>                              # 11 a search path
    | (\$\{{ | \.\.\. | == | != | <= | >= | && | \|\| | -> | // | \+\+ | <\| | \|> | [!<>+\-*/.] )  # 12 operators
    | \Z                                                                           # the end
    | ((?s:.))                                                                     # 13 anything else
    )
    """,
    re.VERBOSE,
)

_STRING = re.compile(r'((?:[^$"\\]++|\$(?!\{)(?:[^"\\]|(?="))|\\(?s:.)|\$\\(?s:.))*)("|\$\{|)')
_INDENTED = re.compile(
    r"((?:[^$']++|\$(?![{'])(?s:.)|'(?!['$])(?s:.))+)"  # 1 text
    r"|(''\$|\$(?!\{)|'''|''\\(?s:.)|'(?!'))"  # 2 an escape, or a character that stands for itself
    r"|(\$\{)|('')"  # 3 an interpolation, 4 the end
)
_ESCAPE = re.compile(r"\\((?s:.))|\r\n?")
_PATH_TAIL = re.compile(rf"{PATH_CHARACTER}*+(?:/{PATH_CHARACTER}++)+/?|{PATH_CHARACTER}*+/|{PATH_CHARACTER}++")
_INDENT_OPEN = re.compile(r"''(?:[ ]*\n)?")

_INDENTED_ESCAPES: Final = {"$": "$", "''$": "$", "'''": "''", "'": "'"}
_ESCAPED: Final = {"n": "\n", "r": "\r", "t": "\t"}


class Tokens:
    """The tokens of a text, in four parallel lists; the last one is `END`.

    Kinds: keywords and operators stand for themselves; `ID INT FLOAT STR PATH SPATH URI END ERROR`; `"` and `''` open
    and close strings (a string without interpolation is one `STRING`); `IND` and `ESC` are parts of an indented string
    (only in `IND` does white space count as indentation); a path goes on with `STR` and `${` until `PATH_END`.
    """

    __slots__ = ("ends", "kinds", "starts", "values")

    def __init__(self) -> None:
        self.kinds: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.values: list[object] = []

    def add(self, kind: str, start: int, end: int, value: object = None) -> None:
        self.kinds.append(kind)
        self.starts.append(start)
        self.ends.append(end)
        self.values.append(value)


def unescape(text: str) -> str:
    """The value of a stretch of a string: escapes replaced, ends of lines as `\\n`."""
    if "\\" not in text and "\r" not in text:
        return text

    def replacement(found: re.Match[str]) -> str:
        letter = found.group(1)
        return "\n" if letter is None else _ESCAPED.get(letter, letter)

    return _ESCAPE.sub(replacement, text)


def tokenize(text: str) -> Tokens:
    """The tokens of a text."""
    tokens = Tokens()
    kinds, starts, ends, values = tokens.kinds, tokens.starts, tokens.ends, tokens.values
    # One iterator finds all tokens up to a string or path with pieces, after which there is a new one.
    found_next = _PLAIN.finditer(text).__next__
    keyword = KEYWORDS.get
    modes: list[str] = []
    while True:
        found = found_next()
        group = found.lastindex
        if group is None:
            end = found.end()
            tokens.add("END", end, end)
            return tokens
        if group == 2:
            start, end = found.span(1)
            at = found.end()
            word = text[start:end]
            kinds.append(keyword(word, "ID"))
            starts.append(start)
            ends.append(end)
            values.append(word)
            kinds.append(text[at - 1])
            starts.append(at - 1)
            ends.append(at)
            values.append(None)
            continue
        start, end = found.span(group)
        if group == 1 or group == 8:
            word = text[start:end]
            kinds.append(keyword(word, "ID"))
            starts.append(start)
            ends.append(end)
            values.append(word)
        elif group == 3:
            symbol = text[start:end]
            kinds.append(symbol)
            starts.append(start)
            ends.append(end)
            values.append(None)
            if symbol == "{":
                modes.append("{")
            elif symbol == "}" and modes:
                mode = modes.pop()
                if mode != "{":
                    found_next = _PLAIN.finditer(text, _resume(text, tokens, modes, mode, end)).__next__
        elif group == 4:
            kinds.append("STRING")
            starts.append(start - 1)
            ends.append(end + 1)
            values.append(found.group(4))
        elif group == 5:
            found_next = _PLAIN.finditer(text, _open_string(text, tokens, modes, start)).__next__
        elif group == 6:
            tokens.add("PATH", start, end, text[start:end])
            found_next = _PLAIN.finditer(text, _path(text, tokens, modes, end)).__next__
        elif group == 7:
            tokens.add("URI", start, end, text[start:end])
        elif group == 9:
            _float(tokens, start, end, text[start:end])
        elif group == 10:
            digits = text[start:end].lstrip("0")
            number = int(digits or "0") if len(digits) < 20 else 1 << 64
            if number < 1 << 63:
                tokens.add("INT", start, end, number)
            else:
                tokens.add("ERROR", start, end, f"invalid integer '{text[start:end]}'")
        elif group == 11:
            tokens.add("SPATH", start - 1, end + 1, found.group(11))
        elif group == 12:
            symbol = text[start:end]
            tokens.add(symbol, start, end)
            if symbol == "${":
                modes.append("{")
        else:
            tokens.add("CHARACTER", start, end, text[start:end])


def _float(tokens: Tokens, start: int, end: int, text: str) -> None:
    value = float(text)
    # Nearer to zero than floats with all their digits can be is refused like too large, unless it is exact.
    vanished = value < sys.float_info.min and any(digit in "123456789" for digit in re.split("[eE]", text)[0])
    if value == float("inf") or (vanished and not _exact(value, text)):
        tokens.add("ERROR", start, end, f"invalid float '{text}'")
    else:
        tokens.add("FLOAT", start, end, value)


def _exact(value: float, text: str) -> bool:
    from fractions import Fraction

    return value != 0 and Fraction(text) == Fraction(value)


def _open_string(text: str, tokens: Tokens, modes: list[str], start: int) -> int:
    """Begins a string that has interpolations or escapes, or an indented one."""
    if text[start] == '"':
        tokens.add('"', start, start + 1)
        return _string(text, tokens, modes, start + 1)
    opened = _INDENT_OPEN.match(text, start)
    assert opened is not None
    tokens.add("''", start, opened.end())
    return _indented(text, tokens, modes, opened.end())


def _resume(text: str, tokens: Tokens, modes: list[str], mode: str, at: int) -> int:
    """Goes on after the `}` of an interpolation."""
    if mode == '"':
        return _string(text, tokens, modes, at)
    if mode == "''":
        return _indented(text, tokens, modes, at)
    return _path(text, tokens, modes, at)


def _string(text: str, tokens: Tokens, modes: list[str], at: int) -> int:
    """The rest of a `"` string, up to its end or its next interpolation."""
    found = _STRING.match(text, at)
    assert found is not None
    part, closing = found.group(1), found.group(2)
    end = found.end(1)
    if part:
        value = unescape(part)
        if "\0" in value:
            tokens.add("ERROR", at, end, null_byte(value))
        else:
            tokens.add("STR", at, end, value)
    if closing == '"':
        tokens.add("CLOSE", end, end + 1)
    elif closing:
        tokens.add("${", end, end + 2)
        modes.append('"')
    else:
        tokens.add("END", len(text), len(text))
        return len(text)
    return found.end()


def _indented(text: str, tokens: Tokens, modes: list[str], at: int) -> int:
    """The rest of a `''` string, up to its end or its next interpolation."""
    while True:
        found = _INDENTED.match(text, at)
        if found is None:
            tokens.add("END", len(text), len(text))
            return len(text)
        start, at = at, found.end()
        if found.lastindex == 1:
            part = found.group(1)
            if "\0" in part:
                tokens.add("ERROR", start, at, null_byte(part))
            else:
                tokens.add("IND", start, at, part)
        elif found.lastindex == 2:
            part = found.group(2)
            tokens.add("ESC", start, at, _INDENTED_ESCAPES.get(part) or unescape(part[2:]))
        elif found.lastindex == 3:
            tokens.add("${", start, at)
            modes.append("''")
            return at
        else:
            tokens.add("CLOSE''", start, at)
            return at


def _path(text: str, tokens: Tokens, modes: list[str], at: int) -> int:
    """The rest of a path: more of it, an interpolation, or its end."""
    while True:
        slash = text[at - 1] == "/"
        if text.startswith("${", at):
            tokens.add("${", at, at + 2)
            modes.append("/")
            return at + 2
        found = _PATH_TAIL.match(text, at)
        if found is None:
            if slash:
                tokens.add("ERROR", at, min(at + 1, len(text)), "path has a trailing slash")
            else:
                tokens.add("PATH_END", at, at)
            return at
        tokens.add("STR", at, found.end(), found.group())
        at = found.end()


def null_byte(value: str) -> str:
    """The message for a string with a null byte, which no string of the language may hold."""
    shown = value.replace("\0", "␀")
    return f"input string '{shown}' cannot be represented as Nix string because it contains null bytes"
