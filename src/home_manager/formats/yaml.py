"""YAML as `pkgs.formats.yaml` writes it: block style, sorted keys, the layout of remarshal (which uses ruamel.yaml).

Strings are plain where YAML reads them back as the same string; else in single quotes, or in double quotes when they
hold a quote, a line end or a character that needs an escape. Lines are filled to 80 columns at spaces.
"""

from __future__ import annotations

import re

from home_manager.formats.plain import Plain, plain
from home_manager.values import Value

WIDTH = 80
LONGEST_SIMPLE_KEY = 122

_BREAKS = "\n\x85\u2028\u2029"
_SPACE = "\0 \t\r\n\x85\u2028\u2029"

_COMMON = r"""
    ~ | null | Null | NULL | <<  | =
  | [0-9]{4}-[0-9]{2}-[0-9]{2}
  | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?
    (?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?
  | [-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)?
  | [-+]?[0-9][0-9_]*[eE][-+]?[0-9]+
  | [-+]?\.(?:inf|Inf|INF)
  | \.(?:nan|NaN|NAN)
  | [-+]?0b[01_]+
  | [-+]?0x[0-9a-fA-F_]+
"""
_NOT_A_STRING = {
    "1.1": re.compile(
        rf"""(?:{_COMMON}
  | y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF
  | \.[0-9_]+(?:[eE][-+][0-9]+)?
  | [-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*
  | [-+]?[0-7_]+
  | [-+]?(?:0|[1-9][0-9_]*)
  | [-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+
)\Z""",
        re.VERBOSE,
    ),
    "1.2": re.compile(
        rf"""(?:{_COMMON}
  | true|True|TRUE|false|False|FALSE
  | [-+]?\.[0-9_]+(?:[eE][-+][0-9]+)?
  | [-+]?0o?[0-7_]+
  | [-+]?[0-9_]+
)\Z""",
        re.VERBOSE,
    ),
}
_NUMBER_START = frozenset("-+0123456789")


def render(value: Value, *, version: str = "1.1") -> str:
    """The value as a YAML document. 1.1 is what `pkgs.formats.yaml` means, and says so in its first line."""
    writer = _Writer(version)
    writer.document(plain(value, "YAML"))
    return "".join(writer.parts)


def is_other_type(text: str, version: str) -> bool:
    """Whether YAML reads the bare word as something else than a string."""
    if not text:
        return True
    if text[0] == "_":
        # A number never begins with an underscore, though the patterns of the digits would let it.
        return False
    return _NOT_A_STRING[version].match(text) is not None


class _Writer:
    """The text so far and the column at its end."""

    def __init__(self, version: str) -> None:
        self.version = version
        self.parts: list[str] = []
        self.column = 0

    def put(self, text: str) -> None:
        self.parts.append(text)
        self.column += len(text)

    def newline(self, indent: int) -> None:
        self.parts.append("\n" + " " * indent)
        self.column = indent

    def document(self, value: Plain) -> None:
        collection = isinstance(value, dict | list)
        if self.version == "1.1":
            self.parts.append("%YAML 1.1\n---")
            self.parts.append(" " if collection and not value else "\n")
        if isinstance(value, dict) and value:
            self.mapping(value, 0)
        elif isinstance(value, list) and value:
            self.sequence(value, 0)
        else:
            if not collection:
                self.put("  ")
            self.scalar(value, 2)
        self.parts.append("\n")

    def mapping(self, mapping: dict[str, Plain], indent: int) -> None:
        """The entries; the caller has brought the first one to its column."""
        first = True
        for name, value in mapping.items():
            if not first:
                self.newline(indent)
            first = False
            if len(name) <= LONGEST_SIMPLE_KEY and not any(c in _BREAKS for c in name):
                self.string(name, indent, key=True)
                self.put(":")
                if isinstance(value, dict) and value:
                    self.newline(indent + 2)
                    self.mapping(value, indent + 2)
                elif isinstance(value, list) and value:
                    self.newline(indent)
                    self.sequence(value, indent)
                else:
                    self.put(" ")
                    self.scalar(value, indent + 2)
            else:
                self.put("? ")
                self.string(name, indent + 2)
                self.newline(indent)
                self.put(": ")
                self.nested(value, indent + 2)

    def sequence(self, sequence: list[Plain], indent: int) -> None:
        first = True
        for value in sequence:
            if not first:
                self.newline(indent)
            first = False
            self.put("- ")
            self.nested(value, indent + 2)

    def nested(self, value: Plain, indent: int) -> None:
        """A value that begins on the line of its dash."""
        if isinstance(value, dict) and value:
            self.mapping(value, indent)
        elif isinstance(value, list) and value:
            self.sequence(value, indent)
        else:
            self.scalar(value, indent)

    def scalar(self, value: Plain, indent: int) -> None:
        if isinstance(value, str):
            self.string(value, indent)
        elif isinstance(value, dict):
            self.put("{}")
        elif isinstance(value, list):
            self.put("[]")
        elif isinstance(value, float):
            self.plain(self.float_text(value), indent, True)
        else:
            text = "null" if value is None else "true" if value is True else "false" if value is False else str(value)
            self.plain(text, indent, True)

    def float_text(self, number: float) -> str:
        if number != number:
            return ".nan"
        if number in (float("inf"), float("-inf")):
            return ".inf" if number > 0 else "-.inf"
        text = repr(number)
        if self.version == "1.1" and "e" in text and "." not in text:
            # YAML 1.1 knows no float without a point.
            text = text.replace("e", ".0e")
        return text

    def string(self, text: str, indent: int, *, key: bool = False) -> None:
        shape = _Shape(text)
        split = not key
        if shape.plain and not is_other_type(text, self.version):
            self.plain(text, indent, split)
        elif shape.single_quoted and "'" not in text:
            self.single_quoted(text, indent, split)
        else:
            self.double_quoted(text, indent, split)

    def plain(self, text: str, indent: int, split: bool) -> None:
        before = " "
        for token in re.findall(r" +|[^ ]+", text):
            if not split or (len(before) > 1 and before[0] == " "):
                # ruamel breaks a long key, and after several spaces, which then reads back as something else.
                self.put(token)
            elif token == " " and self.column >= WIDTH:
                self.newline(indent)
            else:
                if token[0] != " " and self.column + len(token) > WIDTH and self.column > indent:
                    # A word that does not fit gets its own line; the space before it stays at the end of the last.
                    self.newline(indent)
                self.put(token)
            before = token

    def single_quoted(self, text: str, indent: int, split: bool) -> None:
        self.put("'")
        at = 0
        for token in re.findall(r" +|[^ ]+", text):
            inside = at > 0 and at + len(token) < len(text)
            at += len(token)
            if token == " " and self.column > WIDTH and split and inside:
                self.newline(indent)
            else:
                self.put(token.replace("'", "''"))
        self.put("'")

    def double_quoted(self, text: str, indent: int, split: bool) -> None:
        self.put('"')
        size = len(text)
        begun = 0
        for at in range(size + 1):
            character = text[at] if at < size else ""
            if not character or _needs_escape(character):
                self.put(text[begun:at])
                begun = at
                if character:
                    self.put(_escape(character))
                    begun = at + 1
            may_break = split and 0 < at < size - 1 and (character == " " or begun >= at)
            if may_break and self.column + (at - begun) > WIDTH:
                folds = text[max(begun, at)] == " " and begun != at and _folds(text, at)
                self.put(text[begun:at] + ("" if folds else "\\"))
                begun = max(begun, at)
                self.newline(indent)
                if text[begun] == " ":
                    # A fold reads as the space; behind an escaped line end, it must itself be escaped.
                    if folds:
                        begun += 1
                    else:
                        self.put("\\")
        self.put('"')


def _folds(text: str, at: int) -> bool:
    """Whether the text can be broken at this space so that the line end stands for it."""
    space = text.find(" ", at)
    if space == -1:
        return False
    line_end = text.find("\n", at, space)
    if line_end != -1:
        space = line_end
    after = text[space + 1 : space + 2]
    if not after or (text[space] == "\n" and after != " "):
        return False
    between = text[at:space]
    return '"' not in between and "'" not in between and after not in " \n" and text[at - 1 : at + 1] != "  "


_UNQUOTABLE = re.compile("[^ -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""A character that only double quotes can hold: not printable, or a line end of any kind."""


def _is_printable(character: str) -> bool:
    return (
        " " <= character <= "~"
        or character == "\x85"
        or "\xa0" <= character <= "\ud7ff"
        or ("\ue000" <= character <= "\ufffd" and character != "\ufeff")
        or character >= "\U00010000"
    )


def _needs_escape(character: str) -> bool:
    return character in '"\\\x85\u2028\u2029\ufeff' or not _is_printable(character)


_SHORT_ESCAPES = {
    "\0": "0", "\a": "a", "\b": "b", "\t": "t", "\n": "n", "\v": "v", "\f": "f", "\r": "r", "\x1b": "e",
    '"': '"', "\\": "\\", "\x85": "N", "\xa0": "_", "\u2028": "L", "\u2029": "P",
}  # fmt: skip


def _escape(character: str) -> str:
    short = _SHORT_ESCAPES.get(character)
    if short:
        return "\\" + short
    code = ord(character)
    return f"\\x{code:02X}" if code <= 0xFF else f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"


class _Shape:
    """Which ways of writing a string are open to it, from its characters alone."""

    __slots__ = ("plain", "single_quoted")

    def __init__(self, text: str) -> None:
        # A line end of any kind is written as an escape: ruamel's single quotes do not bring back the odd ones.
        self.single_quoted = _UNQUOTABLE.search(text) is None
        self.plain = (
            self.single_quoted and bool(text) and text[0] != " " and text[-1] != " " and not _has_indicator(text)
        )


def _has_indicator(text: str) -> bool:
    """Whether a plain scalar would be read as something else because of its punctuation."""
    first = text[0]
    alone = len(text) == 1 or text[1] in _SPACE
    return (
        text.startswith(("---", "..."))
        or first in "#,[]{}&*!|>'\"%@`"
        or (first in "?:-" and alone)
        or re.search(r":(?:[\0 \t\r\n\x85\u2028\u2029]|\Z)", text[1:]) is not None
        or re.search(r"[\0 \t\r\n\x85\u2028\u2029]#", text) is not None
    )
