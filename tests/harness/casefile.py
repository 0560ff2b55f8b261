"""`.case` files: prose, inputs and expectations in one text.

A case begins with its title and prose. Then come sections, each a header line and a body:

    ::: KIND ARGUMENT (FLAG, FLAG)

A body reaches to the next header. Its last line ends with a newline unless the flag `no newline` is given; a body
line that would look like a header, or begins with a backslash before one, is written with a backslash more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

HEADER = re.compile(r"::: (?P<kind>[a-z]+)(?: (?P<argument>(?!\().*?))?(?: \((?P<flags>[a-z0-9, ]+)\))?")
ESCAPED = re.compile(r"\\+::: ")


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a case; `body` is the exact text that it stands for."""

    kind: str
    argument: str = ""
    body: str = ""
    flags: frozenset[str] = frozenset()

    def __str__(self) -> str:
        flags = set(self.flags) - {"no newline"}
        body = self.body
        if body and not body.endswith("\n"):
            flags.add("no newline")
            body += "\n"
        header = f"::: {self.kind}"
        if self.argument:
            header += f" {self.argument}"
        if flags:
            header += f" ({', '.join(sorted(flags))})"
        lines = [f"\\{line}" if ESCAPED.match(f"\\{line}") else line for line in body.splitlines(keepends=True)]
        return f"{header}\n{''.join(lines)}"


@dataclass(frozen=True, slots=True)
class Case:
    """A case: its prose and its sections in the order of the file."""

    prose: str
    sections: tuple[Section, ...]

    def of(self, *kinds: str) -> Iterator[Section]:
        """The sections of some kinds."""
        return (section for section in self.sections if section.kind in kinds)

    def one(self, kind: str) -> Section | None:
        """The only section of a kind."""
        found = list(self.of(kind))
        if len(found) > 1:
            raise ValueError(f"more than one section `{kind}`")
        return found[0] if found else None

    def with_expectations(self, kinds: Iterable[str], sections: Iterable[Section]) -> Case:
        """The case with the sections of some kinds replaced by new ones, at its end."""
        gone = set(kinds)
        return Case(self.prose, (*(s for s in self.sections if s.kind not in gone), *sections))

    def __str__(self) -> str:
        return self.prose + "".join(str(section) for section in self.sections)


def parse(text: str) -> Case:
    """A case from the text of its file."""
    prose: list[str] = []
    sections: list[Section] = []
    header: re.Match[str] | None = None
    body: list[str] = prose

    def close() -> None:
        if header is None:
            return
        flags = frozenset(flag.strip() for flag in (header["flags"] or "").split(",") if flag.strip())
        content = "".join(body)
        if "no newline" in flags:
            content = content.removesuffix("\n")
        sections.append(Section(header["kind"], header["argument"] or "", content, flags - {"no newline"}))

    for number, line in enumerate(text.splitlines(keepends=True), 1):
        if line.startswith(":::"):
            found = HEADER.fullmatch(line.rstrip("\n"))
            if found is None:
                raise ValueError(f"line {number} is no header: {line.rstrip()!r}")
            close()
            header, body = found, []
        else:
            body.append(line[1:] if ESCAPED.match(line) else line)
    close()
    return Case("".join(prose), tuple(sections))


def read(path: Path) -> Case:
    """The case in a file."""
    return parse(path.read_text(encoding="utf-8"))


def lay_out(case: Case, directory: Path) -> None:
    """Writes the input files of a case below a directory."""
    for section in case.of("input", "module"):
        path = directory / section.argument
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(section.body, encoding="utf-8")
        if "executable" in section.flags:
            path.chmod(0o755)
