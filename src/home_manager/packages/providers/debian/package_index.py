"""The packages of a suite, as a table on disk in which one package is found without reading the others.

Debian's `Packages` is 56 MB of text for 68,000 packages. It is read once for each state of the suite and written as two
tables of sorted lines; a lookup then is a binary search in a mapped file (about 20 µs).
"""

from __future__ import annotations

import mmap
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

FORMAT = 1
"""Part of the file names: a table of another format is not read."""


@dataclass(frozen=True, slots=True)
class Record:
    """A package of the suite; `depends` has the text of Pre-Depends and Depends, `provides` of Provides."""

    name: str
    version: str
    architecture: str
    path: str
    size: int
    sha256: str
    depends: str
    provides: str
    summary: str


class Table:
    """Lines sorted by their first field, which ends at a tab."""

    def __init__(self, path: str) -> None:
        with open(path, "rb") as file:
            empty = os.fstat(file.fileno()).st_size == 0
            self._data: mmap.mmap | bytes = b"" if empty else mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def rows(self, key: str) -> Iterator[list[str]]:
        """The fields of every line that has this key."""
        data = self._data
        wanted = key.encode() + b"\t"
        low, high = 0, len(data)
        while low < high:
            middle = (low + high) // 2
            start = data.rfind(b"\n", 0, middle) + 1
            if data[start : start + len(wanted)] < wanted:
                end = data.find(b"\n", start)
                low = len(data) if end < 0 else end + 1
            else:
                high = start
        while data[low : low + len(wanted)] == wanted:
            end = data.find(b"\n", low)
            yield data[low:end].decode().split("\t")
            low = end + 1

    def lines(self) -> Iterator[str]:
        """Every line."""
        for line in bytes(self._data).splitlines():
            yield line.decode()


class Index:
    """The packages of one suite and architecture."""

    def __init__(self, base: str) -> None:
        """`base` as `write` was given it; raises `OSError` if there is no such table."""
        self._packages = Table(_packages_path(base))
        self._provides = Table(_provides_path(base))
        self._known: dict[str, Record | None] = {}

    def get(self, name: str) -> Record | None:
        """The package of that name, or `None`; the newest if the suite has several."""
        if name not in self._known:
            records = [_record(row) for row in self._packages.rows(name)]
            if len(records) > 1:
                # Start-up: versions are compared only where an index lists a package twice.
                from home_manager.packages.providers.debian.versions import sort_key

                records.sort(key=lambda record: sort_key(record.version))
            self._known[name] = records[-1] if records else None
        return self._known[name]

    def providers(self, virtual: str) -> list[tuple[str, str]]:
        """The packages that provide a virtual one, each with the version that it provides, or an empty text."""
        return [(row[1], row[2]) for row in self._provides.rows(virtual)]

    def names(self) -> list[str]:
        """The name of every package; reads the whole table."""
        return [line.partition("\t")[0] for line in self._packages.lines()]

    def search(self, words: str, limit: int) -> list[Record]:
        """The packages that have all the words in name or summary, those with the name itself first."""
        wanted = words.lower().split()
        found: list[tuple[int, str, Record]] = []
        for line in self._packages.lines():
            name, _, rest = line.partition("\t")
            summary = rest.rpartition("\t")[2].lower()
            if all(word in name or word in summary for word in wanted):
                rank = 0 if name == words else 1 if all(word in name for word in wanted) else 2
                found.append((rank, name, _record(line.split("\t"))))
        found.sort(key=lambda item: item[:2])
        return [record for _, _, record in found[:limit]]


def _record(row: list[str]) -> Record:
    return Record(row[0], row[1], row[2], row[3], int(row[4]), row[5], row[6], row[7], row[8])


def _packages_path(base: str) -> str:
    return f"{base}.packages.{FORMAT}"


def _provides_path(base: str) -> str:
    return f"{base}.provides.{FORMAT}"


FIELDS = ("Package", "Version", "Architecture", "Filename", "Size", "SHA256", "Pre-Depends", "Depends", "Provides")
FIELD = re.compile(rf"^({'|'.join(FIELDS)}|Description): ?(.*)$", re.MULTILINE)


def parse(text: str) -> Iterator[Record]:
    """The packages of a `Packages` file. Stanzas that lack what is needed are passed over."""
    for stanza in text.split("\n\n"):
        # A tab would end a field of the table.
        fields = {name: value.replace("\t", " ") for name, value in FIELD.findall(stanza)}
        try:
            needs = ", ".join(fields[name] for name in ("Pre-Depends", "Depends") if fields.get(name))
            yield Record(
                fields["Package"],
                fields["Version"],
                fields["Architecture"],
                fields["Filename"],
                int(fields["Size"]),
                fields["SHA256"],
                needs,
                fields.get("Provides", ""),
                fields.get("Description", ""),
            )
        except (KeyError, ValueError):
            continue


PROVIDED = re.compile(r"([a-z0-9][a-z0-9+.-]*)(?::\w+)?\s*(?:\(=\s*([^)\s]+)\s*\))?")


def write(base: str, records: Iterable[Record]) -> None:
    """Writes the tables of a suite; whoever reads sees the old ones or the new ones, never a part."""
    packages: list[str] = []
    provides: list[str] = []
    for r in records:
        row = (r.name, r.version, r.architecture, r.path, str(r.size), r.sha256, r.depends, r.provides, r.summary)
        packages.append("\t".join(row) + "\n")
        for virtual, version in PROVIDED.findall(r.provides):
            provides.append(f"{virtual}\t{r.name}\t{version}\n")
    os.makedirs(os.path.dirname(base), exist_ok=True)
    # The packages come last: their presence says that both tables are there.
    for path, lines in ((_provides_path(base), provides), (_packages_path(base), packages)):
        lines.sort(key=lambda line: line.partition("\t")[0].encode() + b"\t")
        new = f"{path}.{os.getpid()}.new"
        with open(new, "w", encoding="utf-8", newline="\n") as file:
            file.writelines(lines)
        os.replace(new, path)


def exists(base: str) -> bool:
    """Whether the tables of that base are there."""
    return os.path.exists(_packages_path(base)) and os.path.exists(_provides_path(base))
