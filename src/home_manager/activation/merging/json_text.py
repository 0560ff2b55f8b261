"""JSON with comments and trailing commas, edited in place: a tree that keeps every character between its values."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from home_manager.activation.merging.merged_tree import Path, Tree, Unmergeable

_TRIVIA = re.compile(r"(?:[ \t\r\n]+|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
_SAME_LINE = re.compile(r"(?:[ \t]+|//[^\n]*|/\*[^\n]*?\*/)*")
_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\.)*"', re.DOTALL)
_WORD = re.compile(r"[-+.\w]+")
_DEEPEST = 200


@dataclass(slots=True)
class _Plain:
    """A value as it is written; lists are not looked into."""

    text: str
    value: Any


@dataclass(slots=True)
class _Member:
    """A key and its value: what stands before the key, between both, up to the comma, and behind it on its line."""

    before: str
    key: str
    name: str
    between: str
    value: _Plain | _Object
    after: str = ""
    trail: str = ""


@dataclass(slots=True)
class _Object:
    """An object; `tail` stands before its closing brace, `comma` is a comma behind the last member."""

    members: list[_Member] = field(default_factory=list)
    tail: str = ""
    comma: bool = False

    def find(self, name: str) -> _Member | None:
        # Of keys that are there twice, the last counts.
        return next((each for each in reversed(self.members) if each.name == name), None)


class JsonText:
    """A JSON file whose top is an object; an empty file stands for an empty one."""

    def __init__(self, text: str) -> None:
        self.mark = "\ufeff" if text.startswith("\ufeff") else ""
        text = text.removeprefix("\ufeff")
        self.was_blank = not text.strip()
        if self.was_blank:
            self.lead, self.root, self.end, self.unit = "", _Object(), "\n", "  "
            return
        self.lead, self.root, self.end = _Parser(text).document()
        self.unit = _unit_of(self.root)

    def tree(self) -> Tree:
        return _plain(self.root)

    def text(self) -> str:
        parts: list[str] = [self.mark, self.lead]
        _write(self.root, parts)
        parts.append(self.end)
        return "".join(parts)

    def put(self, path: Path, value: object) -> None:
        at, depth = self.root, 1
        for key in path[:-1]:
            member = at.find(key)
            if member is None:
                member = self._add(at, key, depth, _Object())
            if not isinstance(member.value, _Object):
                member.value = _Object()
            at, depth = member.value, depth + 1
        member = at.find(path[-1])
        if member is None:
            member = self._add(at, path[-1], depth, _Object())
        lines = json.dumps(value, indent=self.unit, ensure_ascii=False).split("\n")
        base = _indent(member.before) if "\n" in member.before else self.unit * depth
        written = lines[0] + "".join(f"\n{base}{line}" for line in lines[1:])
        member.value = _Plain(written, value)

    def _add(self, to: _Object, name: str, depth: int, value: _Object) -> _Member:
        if to.members:
            last = to.members[-1]
            before = re.sub(r"(?s)^.*\n", "\n", re.sub(r"//[^\n]*|/\*.*?\*/", "", last.before, flags=re.DOTALL))
            member = _Member(before if before or len(to.members) > 1 else " ", "", name, last.between, value)
            if "\n" not in last.trail and last.trail.lstrip().startswith("//") and "\n" not in before:
                member.before = "\n" + self.unit * depth
        else:
            member = _Member("\n" + self.unit * depth, "", name, ": ", value)
            if not to.tail.strip():
                to.tail = "\n" + self.unit * (depth - 1)
            elif "\n" not in to.tail:
                to.tail += "\n" + self.unit * (depth - 1)
            # Comments of an empty object stay in front.
            head, newline, rest = to.tail.rpartition("\n")
            if head.strip():
                member.before, to.tail = head + member.before, newline + rest
        member.key = json.dumps(name, ensure_ascii=False)
        to.members.append(member)
        return member

    def remove(self, path: Path) -> None:
        at = self.root
        for key in path[:-1]:
            member = at.find(key)
            if member is None or not isinstance(member.value, _Object):
                return
            at = member.value
        for index in reversed(range(len(at.members))):
            if at.members[index].name == path[-1]:
                _take_out(at, index)


def _take_out(at: _Object, index: int) -> None:
    """Remove a member; comments around it go over to what follows."""
    gone = at.members.pop(index)
    remarks = "".join(part.rstrip() for part in (gone.before, gone.after, gone.trail) if part.strip())
    if index < len(at.members):
        following = at.members[index]
        if index == 0 and not remarks and "\n" not in following.before:
            following.before = gone.before
        following.before = remarks + following.before
    else:
        at.tail = remarks + at.tail
        if not at.members:
            at.comma = False
            if not at.tail.strip():
                at.tail = ""


def _write(node: _Plain | _Object, parts: list[str]) -> None:
    if isinstance(node, _Plain):
        parts.append(node.text)
        return
    parts.append("{")
    last = len(node.members) - 1
    for index, member in enumerate(node.members):
        parts += (member.before, member.key, member.between)
        _write(member.value, parts)
        parts += (member.after, "," if index < last or node.comma else "", member.trail)
    parts += (node.tail, "}")


def _plain(node: _Object) -> Tree:
    return {
        member.name: _plain(member.value) if isinstance(member.value, _Object) else member.value.value
        for member in node.members
    }


def _indent(before: str) -> str:
    return before.rpartition("\n")[2] if not before.rpartition("\n")[2].strip() else ""


def _unit_of(root: _Object) -> str:
    """The indentation of one level, as the file has it."""
    for member in root.members:
        if "\n" in member.before and _indent(member.before):
            return _indent(member.before)
    return "  "


class _Parser:
    """One pass over a text; values that are no objects are checked and kept as they are written."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def document(self) -> tuple[str, _Object, str]:
        lead = self.trivia()
        if self.text[self.at : self.at + 1] != "{":
            raise Unmergeable("has something else than an object at its top")
        root = self.object(0)
        end = self.trivia()
        if self.at != len(self.text):
            raise self.wrong()
        return lead, root, end

    def wrong(self) -> Unmergeable:
        return Unmergeable(f"is no valid JSON at line {self.text.count(chr(10), 0, self.at) + 1}")

    def trivia(self, pattern: re.Pattern[str] = _TRIVIA) -> str:
        found = pattern.match(self.text, self.at)
        assert found is not None
        self.at = found.end()
        return found.group()

    def take(self, text: str) -> bool:
        if self.text.startswith(text, self.at):
            self.at += len(text)
            return True
        return False

    def string(self) -> tuple[str, str]:
        found = _STRING.match(self.text, self.at)
        if found is None:
            raise self.wrong()
        self.at = found.end()
        try:
            return found.group(), json.loads(found.group())
        except ValueError:
            raise self.wrong() from None

    def object(self, depth: int) -> _Object:
        if depth > _DEEPEST:
            raise Unmergeable("is nested too deeply")
        self.take("{")
        made = _Object()
        before = self.trivia()
        while not self.take("}"):
            key, name = self.string()
            between = self.trivia()
            if not self.take(":"):
                raise self.wrong()
            between += ":" + self.trivia()
            member = _Member(before, key, name, between, self.value(depth))
            made.members.append(member)
            start = self.at
            member.after = self.trivia()
            made.comma = self.take(",")
            if not made.comma:
                self.at, member.after = start, ""
            member.trail = self.rest_of_line()
            before = self.trivia()
            if not made.comma and self.text[self.at : self.at + 1] != "}":
                raise self.wrong()
        made.tail = before
        return made

    def rest_of_line(self) -> str:
        """Trivia up to the end of the line; nothing where a value or a brace follows on it."""
        start = self.at
        found = self.trivia(_SAME_LINE)
        if self.text[self.at : self.at + 1] in ("\n", "\r"):
            return found
        self.at = start
        return ""

    def value(self, depth: int) -> _Plain | _Object:
        here = self.text[self.at : self.at + 1]
        if here == "{":
            return self.object(depth + 1)
        start = self.at
        value = self.plain(depth)
        return _Plain(self.text[start : self.at], value)

    def plain(self, depth: int) -> Any:
        here = self.text[self.at : self.at + 1]
        if here == '"':
            return self.string()[1]
        if here == "{":
            return _plain(self.object(depth + 1))
        if here == "[":
            return self.list(depth + 1)
        found = _WORD.match(self.text, self.at)
        if found is None:
            raise self.wrong()
        try:
            value = json.loads(found.group())
        except ValueError:
            raise self.wrong() from None
        self.at = found.end()
        return value

    def list(self, depth: int) -> list[Any]:
        if depth > _DEEPEST:
            raise Unmergeable("is nested too deeply")
        self.take("[")
        found: list[Any] = []
        self.trivia()
        while not self.take("]"):
            found.append(self.plain(depth))
            self.trivia()
            comma = self.take(",")
            self.trivia()
            if not comma and self.text[self.at : self.at + 1] != "]":
                raise self.wrong()
        return found
