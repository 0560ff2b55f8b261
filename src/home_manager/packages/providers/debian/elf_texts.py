"""Texts inside of an ELF file that are made to stand elsewhere, so that they may be longer.

A program has the path of its own data compiled in (`/usr/share/vim`). The code that uses such a text computes its
address relative to the instruction (`lea reg, [rip+distance]`), or a table of pointers holds it (a relative
relocation). Both are changed to point at the new text. Only for x86-64: on AArch64 one instruction can serve several
texts.

This is done for texts that were tried (see `programs.json`) and not for every path that looks alike: a compiler may
have put the length of the text beside it.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

PT_LOAD, PT_DYNAMIC = 1, 2
EXECUTABLE = 1
X86_64 = 62
DT_RELA, DT_RELASZ = 7, 8
R_X86_64_RELATIVE = 8
RELOCATION = struct.Struct("<QQq")

LEA = re.compile(rb"[\x48\x4c]\x8d[\x05\x0d\x15\x1d\x25\x2d\x35\x3d]")
"""`lea` of a 64-bit register with an address relative to the next instruction, up to the distance."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One program header, and which one it is."""

    index: int
    kind: int
    flags: int
    offset: int
    address: int
    file_size: int
    memory_size: int
    align: int


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in the file that holds the address of a text: `base` is what a distance is counted from, or 0."""

    offset: int
    base: int


def references(data: bytes, segments: Sequence[Segment], wanted: Iterable[str]) -> dict[str, tuple[Reference, ...]]:
    """Where the file uses each whole text; nothing where it has no such text, or is another machine's code."""
    found: dict[str, list[Reference]] = {text: [] for text in wanted}
    addresses: dict[int, str] = {}
    if struct.unpack_from("<H", data, 18)[0] == X86_64:
        for text in found:
            whole = b"\0" + text.encode() + b"\0"
            at = data.find(whole)
            while at >= 0:
                address = _address(segments, at + 1)
                if address is not None:
                    addresses[address] = text
                    found[text] += _in_relocations(data, segments, address)
                at = data.find(whole, at + 1)
    if addresses:
        for address, place in _in_code(data, segments, addresses):
            found[addresses[address]].append(place)
    return {text: tuple(places) for text, places in found.items()}


def point(out: bytearray, places: Sequence[Reference], address: int) -> None:
    """Makes every place point to a new address."""
    for place in places:
        if place.base:
            struct.pack_into("<i", out, place.offset, address - place.base)
        else:
            struct.pack_into("<q", out, place.offset, address)


def _in_code(data: bytes, segments: Sequence[Segment], addresses: Container[int]) -> Iterator[tuple[int, Reference]]:
    """The instructions that compute one of the addresses; one pass, because a program has 50,000 of them."""
    distance = struct.Struct("<i").unpack_from
    for segment in segments:
        if segment.kind == PT_LOAD and segment.flags & EXECUTABLE:
            end = segment.offset + segment.file_size
            shift = segment.address + 4 - segment.offset
            for match in LEA.finditer(data, segment.offset, end - 4):
                at = match.end()
                address = at + shift + distance(data, at)[0]
                if address in addresses:
                    yield address, Reference(at, at + shift)


def _in_relocations(data: bytes, segments: Sequence[Segment], address: int) -> list[Reference]:
    dynamic = next((s for s in segments if s.kind == PT_DYNAMIC), None)
    if dynamic is None:
        return []
    entries = dict(struct.iter_unpack("<QQ", data[dynamic.offset : dynamic.offset + dynamic.file_size // 16 * 16]))
    table, size = entries.get(DT_RELA, 0), entries.get(DT_RELASZ, 0)
    start = next((s.offset + table - s.address for s in segments if _holds(s, table)), None)
    if not table or start is None:
        return []
    # Searched as bytes: a large program has a hundred thousand relocations.
    found = []
    wanted = struct.pack("<Qq", R_X86_64_RELATIVE, address)
    at = data.find(wanted, start, start + size)
    while at >= 0:
        if (at - 8 - start) % RELOCATION.size == 0:
            found.append(Reference(at + 8, 0))
        at = data.find(wanted, at + 1, start + size)
    return found


def _holds(segment: Segment, address: int) -> bool:
    return segment.kind == PT_LOAD and segment.address <= address < segment.address + segment.file_size


def _address(segments: Sequence[Segment], offset: int) -> int | None:
    for segment in segments:
        if segment.kind == PT_LOAD and segment.offset <= offset < segment.offset + segment.file_size:
            return segment.address + offset - segment.offset
    return None
