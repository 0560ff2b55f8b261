"""POSIX extended regular expressions as the language has them: read into a tree, and rendered for Python's `re`.

What is accepted is what GNU's C++ library accepts for its `extended` grammar, since that library is what the
language's patterns were written against: a backslash escapes special characters only, a backslash between brackets
is an ordinary character, groups may be empty, a counted repetition needs its lower bound. Patterns are byte strings;
here each byte is one character (Latin-1).
"""

from __future__ import annotations

from dataclasses import dataclass

SPECIAL = ".[\\()*+?{|^$"
LARGEST = 100_000
"""More states than this and the original refuses the pattern."""


class InvalidPattern(Exception):
    """The pattern does not follow the grammar."""


class PatternTooLarge(Exception):
    """The pattern, with its counted repetitions written out, is too large."""


@dataclass(frozen=True, slots=True)
class Char:
    """One byte."""

    text: str


@dataclass(frozen=True, slots=True)
class AnyChar:
    """Any byte (strings of the language hold no zero byte)."""


@dataclass(frozen=True, slots=True)
class CharSet:
    """One byte out of a set; the set is already complemented where the pattern said `[^…]`."""

    members: frozenset[int]


@dataclass(frozen=True, slots=True)
class Start:
    """The start of the text."""


@dataclass(frozen=True, slots=True)
class End:
    """The end of the text."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group whose text is reported; numbered from 1."""

    number: int
    body: Node


@dataclass(frozen=True, slots=True)
class Sequence:
    """One after the other."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of two; the longer result wins, the left one where they are equal."""

    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Repeat:
    """Between `least` and `most` times (`None`: without end)."""

    body: Node
    least: int
    most: int | None


Node = Char | AnyChar | CharSet | Start | End | Group | Sequence | Either | Repeat


def _ascii(test: str) -> frozenset[int]:
    return frozenset(ord(c) for c in test)


_DIGIT = _ascii("0123456789")
_LOWER = _ascii("abcdefghijklmnopqrstuvwxyz")
_UPPER = _ascii("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_ALPHA = _LOWER | _UPPER
_ALNUM = _ALPHA | _DIGIT
_SPACE = _ascii(" \t\n\v\f\r")
_GRAPH = frozenset(range(0x21, 0x7F))
CLASSES: dict[str, frozenset[int]] = {
    "alnum": _ALNUM,
    "alpha": _ALPHA,
    "blank": _ascii(" \t"),
    "cntrl": frozenset(range(0x20)) | {0x7F},
    "d": _DIGIT,
    "digit": _DIGIT,
    "graph": _GRAPH,
    "lower": _LOWER,
    "print": _GRAPH | {0x20},
    "punct": _GRAPH - _ALNUM,
    "s": _SPACE,
    "space": _SPACE,
    "upper": _UPPER,
    "w": _ALNUM | {0x5F},
    "xdigit": _DIGIT | _ascii("abcdefABCDEF"),
}
_EVERY = frozenset(range(1, 256))


class _Reader:
    """Reads one pattern; `groups` counts the groups met, `states` what the original would need."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0
        self.groups = 0

    def peek(self) -> str:
        return self.pattern[self.at] if self.at < len(self.pattern) else ""

    def alternatives(self) -> Node:
        left = self.sequence()
        while self.peek() == "|":
            self.at += 1
            left = Either(left, self.sequence())
        return left

    def sequence(self) -> Node:
        parts: list[Node] = []
        while True:
            char = self.peek()
            if char == "" or char == "|" or char == ")":
                return parts[0] if len(parts) == 1 else Sequence(tuple(parts))
            if char == "^":
                self.at += 1
                parts.append(Start())
            elif char == "$":
                self.at += 1
                parts.append(End())
            else:
                parts.append(self.repeated(self.atom()))

    def atom(self) -> Node:
        char = self.peek()
        self.at += 1
        if char == "(":
            self.groups += 1
            number = self.groups
            body = self.alternatives()
            if self.peek() != ")":
                raise InvalidPattern
            self.at += 1
            return Group(number, body)
        if char == "[":
            return self.bracket()
        if char == ".":
            return AnyChar()
        if char == "\\":
            escaped = self.peek()
            if escaped == "" or escaped not in SPECIAL:
                raise InvalidPattern
            self.at += 1
            return Char(escaped)
        if char in "*+?{":
            raise InvalidPattern
        return Char(char)

    def repeated(self, atom: Node) -> Node:
        while True:
            char = self.peek()
            if char == "*":
                self.at += 1
                atom = Repeat(atom, 0, None)
            elif char == "+":
                self.at += 1
                atom = Repeat(atom, 1, None)
            elif char == "?":
                self.at += 1
                atom = Repeat(atom, 0, 1)
            elif char == "{":
                self.at += 1
                atom = self.counted(atom)
            else:
                return atom

    def number(self) -> int | None:
        start = self.at
        while self.peek() and self.peek() in "0123456789":
            self.at += 1
        return int(self.pattern[start : self.at]) if self.at > start else None

    def counted(self, atom: Node) -> Node:
        least = self.number()
        if least is None:
            raise InvalidPattern
        most: int | None = least
        if self.peek() == ",":
            self.at += 1
            most = self.number()
        if self.peek() != "}":
            raise InvalidPattern
        self.at += 1
        if most is not None and most < least:
            raise InvalidPattern
        return Repeat(atom, least, most)

    def bracket_item(self, first: bool) -> tuple[str, str]:
        """The next thing between brackets: its kind (`char`, `class`, `dash`, `end`) and its text."""
        char = self.peek()
        if char == "":
            raise InvalidPattern
        self.at += 1
        if char == "-":
            return "dash", char
        if char == "]" and not first:
            return "end", char
        if char == "[":
            kind = self.peek()
            if kind == "":
                raise InvalidPattern
            if kind in ".:=":
                close = self.pattern.find(kind + "]", self.at + 1)
                if close < 0:
                    raise InvalidPattern
                name = self.pattern[self.at + 1 : close]
                self.at = close + 2
                if kind == ":":
                    return "class", name
                if len(name) != 1 or not (name.isascii() and name.isalpha()):
                    raise InvalidPattern
                return ("char" if kind == "." else "equal"), name
        return "char", char

    def bracket(self) -> Node:
        negated = self.peek() == "^"
        if negated:
            self.at += 1
        members: set[int] = set()
        # What a following dash would start a range from: a character, "" after a range, None after a class.
        last: str | None = ""
        first = True
        while True:
            kind, text = self.bracket_item(first)
            if kind == "end":
                break
            if kind == "dash":
                if first:
                    last = "-"
                    members.add(0x2D)
                elif self.peek() == "]":
                    self.at += 1
                    members.add(0x2D)
                    break
                elif not last:
                    raise InvalidPattern
                else:
                    kind, text = self.bracket_item(False)
                    if kind not in ("char", "dash"):
                        raise InvalidPattern
                    low, high = _signed(last), _signed(text)
                    if low > high:
                        raise InvalidPattern
                    members.update(byte & 0xFF for byte in range(low, high + 1))
                    last = ""
            elif kind == "class":
                name = text.lower()
                if name not in CLASSES:
                    raise InvalidPattern
                members |= CLASSES[name]
                last = None
            elif kind == "equal":
                members.add(ord(text))
                last = None
            else:
                members.add(ord(text))
                last = text
            first = False
        return CharSet(_EVERY - members if negated else frozenset(members))


def _signed(char: str) -> int:
    """The byte as the original compares it: the upper half is negative."""
    byte = ord(char)
    return byte - 256 if byte > 127 else byte


def states(node: Node) -> int:
    """How many automaton states the original makes for a tree."""
    match node:
        case Group(_, body):
            return states(body) + 2
        case Sequence(parts):
            return sum(map(states, parts)) + 1
        case Either(left, right):
            return states(left) + states(right) + 2
        case Repeat(body, least, most):
            size = states(body)
            count = least + 1 if most is None else max(most, 1)
            return size * count + count + 1
    return 1


def read(pattern: str) -> tuple[Node, int]:
    """The tree of a pattern, and how many groups it has."""
    reader = _Reader(pattern)
    tree = reader.alternatives()
    if reader.at != len(pattern):
        raise InvalidPattern
    if states(tree) > LARGEST:
        raise PatternTooLarge
    return tree, reader.groups


def _escape(byte: int) -> str:
    char = chr(byte)
    return char if byte < 128 and (char.isalnum() or char in "_/ ") else f"\\x{byte:02x}"


def _render_set(members: frozenset[int]) -> str:
    if not members:
        return "(?!)"
    bytes_ = sorted(members)
    pieces: list[str] = []
    start = previous = bytes_[0]
    for byte in [*bytes_[1:], 999]:
        if byte != previous + 1:
            pieces.append(_escape(start) if start == previous else f"{_escape(start)}-{_escape(previous)}")
            start = byte
        previous = byte
    return "[" + "".join(pieces) + "]"


def render(node: Node) -> str:
    """The same pattern for Python's `re` (with `DOTALL`), without any group of its own."""
    match node:
        case Char(text):
            return _escape(ord(text))
        case AnyChar():
            return "."
        case CharSet(members):
            return _render_set(members)
        case Start():
            return "\\A"
        case End():
            return "\\Z"
        case Group(_, body):
            return f"({render(body)})"
        case Sequence(parts):
            return "".join(f"(?:{render(p)})" if isinstance(p, Either) else render(p) for p in parts)
        case Either(left, right):
            return f"{render(left)}|{render(right)}"
        case Repeat(body, least, most):
            inner = render(body)
            if not isinstance(body, Char | AnyChar | CharSet | Group):
                inner = f"(?:{inner})"
            if most is None:
                return inner + ("*" if least == 0 else "+" if least == 1 else f"{{{least},}}")
            return inner + ("?" if (least, most) == (0, 1) else f"{{{least},{most}}}")


def width(node: Node) -> int | None:
    """How many bytes the tree always matches, where that is one number."""
    match node:
        case Char() | AnyChar() | CharSet():
            return 1
        case Start() | End():
            return 0
        case Group(_, body):
            return width(body)
        case Sequence(parts):
            total = 0
            for part in parts:
                size = width(part)
                if size is None:
                    return None
                total += size
            return total
        case Either(left, right):
            size = width(left)
            return size if size == width(right) else None
        case Repeat(body, least, most):
            size = width(body)
            return size * least if size is not None and (least == most or size == 0) else None


def can_be_empty(node: Node) -> bool:
    """Whether the tree matches the empty text somewhere."""
    match node:
        case Char() | AnyChar() | CharSet():
            return False
        case Start() | End():
            return True
        case Group(_, body):
            return can_be_empty(body)
        case Sequence(parts):
            return all(map(can_be_empty, parts))
        case Either(left, right):
            return can_be_empty(left) or can_be_empty(right)
        case Repeat(body, least, _):
            return least == 0 or can_be_empty(body)


def has_group(node: Node) -> bool:
    """Whether the tree reports the text of some part of itself."""
    match node:
        case Group():
            return True
        case Sequence(parts):
            return any(map(has_group, parts))
        case Either(left, right):
            return has_group(left) or has_group(right)
        case Repeat(body, _, _):
            return has_group(body)
    return False


def prefers_longest(node: Node) -> bool:
    """Whether there are alternatives of different lengths, so that Python's first match may not be the longest."""
    match node:
        case Group(_, body) | Repeat(body, _, _):
            return prefers_longest(body)
        case Sequence(parts):
            return any(map(prefers_longest, parts))
        case Either(left, right):
            return width(node) is None or prefers_longest(left) or prefers_longest(right)
    return False


def repeats_empty_group(node: Node) -> bool:
    """Whether a group may match the empty text inside a repetition, where Python reports other texts for it."""
    match node:
        case Group(_, body):
            return repeats_empty_group(body)
        case Sequence(parts):
            return any(map(repeats_empty_group, parts))
        case Either(left, right):
            return repeats_empty_group(left) or repeats_empty_group(right)
        case Repeat(body, _, most):
            return (most != 1 and has_group(body) and can_be_empty(body)) or repeats_empty_group(body)
    return False
