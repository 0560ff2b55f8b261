"""INI files, edited line by line. A key that stands several times in a section has several values."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from home_manager.activation.merging.merged_tree import Path, Tree, Unmergeable

_HEADER = re.compile(r"[ \t]*\[(.*)\][ \t]*(?:[#;].*)?")
_KEY = re.compile(r"[ \t]*([^=:\s#;\[][^=]*?)[ \t]*=(.*)", re.DOTALL)


@dataclass(slots=True)
class _Line:
    """A line with the key that it sets; without one it is a header, a comment or blank."""

    text: str
    key: str = ""
    value: str = ""


@dataclass(slots=True)
class _Section:
    """A section: its header (of the first one, before any header, there is none) and its lines."""

    name: str
    header: str = ""
    lines: list[_Line] = field(default_factory=list)


class IniText:
    """An INI file. Its tree has the sections, and in each the keys; keys before any section stand in the section ""."""

    def __init__(self, text: str) -> None:
        self.sections = [_Section("")]
        self.ended = text.endswith("\n") or not text
        self.newline = "\r\n" if "\r\n" in text else "\n"
        for number, line in enumerate(text.splitlines(keepends=True), 1):
            self._read(line, number)
        self.separator = self._separator_of_file()

    def _read(self, line: str, number: int) -> None:
        bare = line.rstrip("\r\n")
        lines = self.sections[-1].lines
        header = _HEADER.fullmatch(bare)
        if header is not None:
            self.sections.append(_Section(header.group(1).strip(), line))
        elif not bare.strip() or bare.lstrip().startswith(("#", ";")):
            lines.append(_Line(line))
        elif (key := _KEY.fullmatch(bare)) is not None:
            lines.append(_Line(line, key.group(1), key.group(2).strip()))
        elif bare[0] in " \t" and lines and lines[-1].key:
            # A value that goes on in the next line.
            lines[-1].text += line
            lines[-1].value += "\n" + bare.strip()
        elif bare.strip():
            # A key without a value, as some programs have them.
            lines.append(_Line(line, bare.strip(), "\0"))
        else:
            raise Unmergeable(f"is no INI file at line {number}")

    def _separator_of_file(self) -> str:
        for section in self.sections:
            for line in section.lines:
                if line.key and line.value != "\0":
                    found = re.match(r"[ \t]*" + re.escape(line.key) + r"([ \t]*=[ \t]*)", line.text)
                    if found is not None and line.value:
                        return found.group(1)
        return "="

    def tree(self) -> Tree:
        found: Tree = {}
        for section in self.sections:
            keys = found.setdefault(section.name, {})
            for line in section.lines:
                if line.key:
                    keys[line.key] = [*keys.get(line.key, ()), line.value]
        if not found[""]:
            del found[""]
        return found

    def text(self) -> str:
        parts = []
        for section in self.sections:
            parts.append(section.header)
            parts += [line.text for line in section.lines]
        return "".join(parts)

    def put(self, path: Path, value: object) -> None:
        if len(path) == 1:
            self._section(path[0])
            return
        name, key = path
        values = value if isinstance(value, list) else []
        section = self._section(name)
        lines = [line for line in section.lines if line.key == key]
        for line, new in zip(lines, values, strict=False):
            if line.value != new:
                indent = line.text[: len(line.text) - len(line.text.lstrip(" \t"))]
                line.text, line.value = indent + self._written(key, new), new
        for line in lines[len(values) :]:
            self._owner(line).lines.remove(line)
        at = max(
            (n for n, line in enumerate(section.lines, 1) if line.key == key or (line.key and not lines)), default=0
        )
        for new in reversed(values[len(lines) :]):
            section.lines.insert(at, _Line(self._written(key, new), key, new))
        self._end_lines()

    def _written(self, key: str, value: str) -> str:
        if value == "\0":
            return key + self.newline
        return key + self.separator + value.replace("\n", self.newline + "  ") + self.newline

    def _owner(self, line: _Line) -> _Section:
        return next(section for section in self.sections if any(each is line for each in section.lines))

    def _section(self, name: str) -> _Section:
        """The last section of a name, made at the end of the file where there is none."""
        found = next((each for each in reversed(self.sections) if each.name == name), None)
        if found is None:
            self._end_lines()
            if any(section.header or section.lines for section in self.sections):
                last = self.sections[-1].lines
                if not last or last[-1].text.strip():
                    last.append(_Line(self.newline))
            found = _Section(name, f"[{name}]{self.newline}")
            self.sections.append(found)
        return found

    def _end_lines(self) -> None:
        """Every line but the last is ended; ours are, and what they stand behind has to be."""
        everything = [line for section in self.sections for line in section.lines]
        for line in everything:
            if not line.text.endswith("\n"):
                line.text += self.newline
        for section in self.sections:
            if section.header and not section.header.endswith("\n"):
                section.header += self.newline

    def remove(self, path: Path) -> None:
        if len(path) == 1:
            for section in self.sections:
                if section.name == path[0]:
                    self._drop(section)
            return
        for section in self.sections:
            if section.name == path[0]:
                section.lines = [line for line in section.lines if line.key != path[1]]

    def _drop(self, section: _Section) -> None:
        """Take a section's header and keys away; comments in it stay where they are."""
        left = [line for line in section.lines if not line.key and line.text.strip()]
        index = next(n for n, each in enumerate(self.sections) if each is section)
        if index == 0:
            section.lines = left
            return
        before = self.sections[index - 1]
        if not left and before.lines and not before.lines[-1].text.strip() and index == len(self.sections) - 1:
            before.lines.pop()
        before.lines += left
        self.sections.pop(index)
        if not self.sections:
            self.sections.append(_Section(""))
