"""ELF programs made to start through a given loader and to find their libraries in given folders.

The same is done by `patchelf`, here in the few steps that a Debian program needs, without a tool: a piece with the new
texts is put at the end of the file, a note segment becomes the segment that maps it, the interpreter entry points into
it, and one entry of the dynamic section becomes the library path.

Why not a script that calls the loader with the program: then `/proc/self/exe` is the loader, and every program that
asks for its own path gets a wrong one (`starship init`, `direnv hook`, `nvim`, `python`).

Layouts: System V ABI, generic and AMD64/AArch64 supplements; 64 bits, little endian.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass

from home_manager.packages.providers.debian import elf_texts as texts
from home_manager.packages.providers.debian.elf_texts import PT_LOAD, Segment

HEADER = struct.Struct("<16sHHIQQQIHHHHHH")
SEGMENT = struct.Struct("<IIQQQQQQ")
ENTRY = struct.Struct("<QQ")

PT_DYNAMIC, PT_INTERP, PT_NOTE = 2, 3, 4
DT_NULL, DT_NEEDED, DT_STRTAB, DT_SONAME, DT_RPATH, DT_DEBUG, DT_RUNPATH = 0, 1, 5, 14, 15, 21, 29
READABLE = 4


class NotPatchable(Exception):
    """An ELF file that lacks what the patch needs: it has to be started in another way."""


@dataclass(frozen=True, slots=True)
class Elf:
    """What is to be known of an ELF file. `interpreter` is empty for libraries and static programs."""

    table: int
    segments: tuple[Segment, ...]
    interpreter: str
    needed: tuple[str, ...]
    library_path: tuple[str, ...]


def is_elf(head: bytes) -> bool:
    """Whether a file beginning so is a 64-bit little-endian ELF program or library."""
    return head[:6] == b"\x7fELF\x02\x01" and len(head) >= 18 and head[16] in (2, 3)


def interpreter_of(head: bytes) -> str:
    """The loader that a program names, read from the beginning of its file; empty where there is none."""
    if not is_elf(head) or len(head) < HEADER.size:
        return ""
    for segment in _segments(head):
        if segment.kind == PT_INTERP:
            return head[segment.offset : segment.offset + segment.file_size].rstrip(b"\0").decode("ascii", "replace")
    return ""


def read(data: bytes) -> Elf:
    """The parts of a whole ELF file that matter here."""
    segments = _segments(data)
    needed: list[str] = []
    library_path: tuple[str, ...] = ()
    dynamic = next((s for s in segments if s.kind == PT_DYNAMIC), None)
    if dynamic is not None:
        entries = _entries(data, dynamic)
        table = next((value for tag, value in entries if tag == DT_STRTAB), None)
        for tag, value in entries:
            # A text need not lie beside the others: a changed library path does not.
            at = _file_offset(segments, table + value) if table is not None else None
            if at is not None and tag == DT_NEEDED:
                needed.append(_text(data, at))
            elif at is not None and tag in (DT_RPATH, DT_RUNPATH):
                library_path = tuple(part for part in _text(data, at).split(":") if part)
    return Elf(HEADER.unpack_from(data)[5], tuple(segments), interpreter_of(data), tuple(needed), library_path)


@dataclass(frozen=True, slots=True)
class Patched:
    """A changed file, and which of the texts that should move could not."""

    data: bytes
    unmoved: tuple[str, ...]


def patched(
    data: bytes, *, loader: str = "", library_path: tuple[str, ...] = (), moved: Mapping[str, str] | None = None
) -> Patched:
    """The file, started by `loader`, looking for libraries in `library_path` first, with some of its texts changed.

    The path is written as `DT_RPATH`, not `DT_RUNPATH`: only the former also holds for the libraries of its libraries
    and for those that it opens later. Raises `NotPatchable`.
    """
    elf = read(data)
    loads = [s for s in elf.segments if s.kind == PT_LOAD]
    note = next((s for s in elf.segments if s.kind == PT_NOTE and loads and s.index > loads[-1].index), None)
    if note is None:
        raise NotPatchable("it has no segment to spare")
    references = texts.references(data, elf.segments, moved or {})

    out = bytearray(data)
    align = max(0x1000, *(s.align for s in loads))
    out.extend(b"\0" * (-len(out) % 16))
    offset = len(out)
    highest = max(s.address + s.memory_size for s in loads)
    address = (highest + align - 1) // align * align + offset % align

    def append(text: str) -> int:
        """Puts a text at the end; gives its address."""
        where = address + len(out) - offset
        out.extend(text.encode() + b"\0")
        return where

    if loader:
        interpreter = next((s for s in elf.segments if s.kind == PT_INTERP), None)
        if interpreter is None:
            raise NotPatchable("it is not a dynamically linked program")
        at = len(out)
        where = append(loader)
        _put(out, elf, interpreter, PT_INTERP, at, where, len(out) - at, 1)
    if library_path:
        dynamic = next((s for s in elf.segments if s.kind == PT_DYNAMIC), None)
        if dynamic is None:
            raise NotPatchable("it has no dynamic section")
        _put_library_path(out, data, dynamic, append(":".join(library_path)))
    for text, places in references.items():
        if places:
            texts.point(out, places, append((moved or {})[text]))
    _put(out, elf, note, PT_LOAD, offset, address, len(out) - offset, align)
    return Patched(bytes(out), tuple(text for text, places in references.items() if not places))


def library_path(data: bytes) -> tuple[str, ...]:
    """The folders in which a file wants its libraries looked for first; nothing where that cannot be read."""
    try:
        return read(data).library_path
    except (NotPatchable, struct.error, ValueError):
        return ()


def soname(data: bytes) -> bytes:
    """The name under which a library is asked for; empty for programs."""
    segments = _segments(data)
    dynamic = next((s for s in segments if s.kind == PT_DYNAMIC), None)
    entries = _entries(data, dynamic) if dynamic is not None else []
    strings = next((_file_offset(segments, value) for tag, value in entries if tag == DT_STRTAB), None)
    name = next((value for tag, value in entries if tag == DT_SONAME), None)
    if strings is None or name is None:
        return b""
    return data[strings + name : data.index(b"\0", strings + name)]


def _put(out: bytearray, elf: Elf, old: Segment, kind: int, at: int, where: int, length: int, align: int) -> None:
    """Writes a program header in the place of an old one."""
    place = elf.table + old.index * SEGMENT.size
    SEGMENT.pack_into(out, place, kind, READABLE, at, where, where, length, length, align)


def _put_library_path(out: bytearray, data: bytes, dynamic: Segment, where: int) -> None:
    entries = _entries(data, dynamic)
    strings = next((value for tag, value in entries if tag == DT_STRTAB), None)
    slot = _slot(entries)
    if strings is None or slot is None or where < strings:
        raise NotPatchable("its dynamic section is full")
    if any(tag in (DT_RUNPATH, DT_RPATH) and index != slot for index, (tag, _) in enumerate(entries)):
        raise NotPatchable("it has two library paths")
    ENTRY.pack_into(out, dynamic.offset + slot * ENTRY.size, DT_RPATH, where - strings)


def _slot(entries: list[tuple[int, int]]) -> int | None:
    """The entry of the dynamic section that may become the library path: the old one, a spare one, the debugger's."""
    for wanted in (DT_RUNPATH, DT_RPATH):
        for index, (tag, _) in enumerate(entries):
            if tag == wanted:
                return index
    end = next((index for index, (tag, _) in enumerate(entries) if tag == DT_NULL), len(entries))
    if end + 1 < len(entries):
        return end
    return next((index for index, (tag, _) in enumerate(entries) if tag == DT_DEBUG), None)


def _segments(data: bytes) -> list[Segment]:
    header = HEADER.unpack_from(data)
    table, size, count = header[5], header[9], header[10]
    if size != SEGMENT.size:
        raise NotPatchable("its program headers have an unknown size")
    found = []
    for index in range(count):
        place = table + index * size
        if place + size > len(data):
            break
        kind, flags, offset, address, _, file_size, memory_size, align = SEGMENT.unpack_from(data, place)
        found.append(Segment(index, kind, flags, offset, address, file_size, memory_size, align))
    return found


def _entries(data: bytes, dynamic: Segment) -> list[tuple[int, int]]:
    return [
        ENTRY.unpack_from(data, dynamic.offset + at) for at in range(0, dynamic.file_size - ENTRY.size + 1, ENTRY.size)
    ]


def _file_offset(segments: list[Segment], address: int) -> int | None:
    for segment in segments:
        if segment.kind == PT_LOAD and segment.address <= address < segment.address + segment.file_size:
            return segment.offset + address - segment.address
    return None


def _text(data: bytes, at: int) -> str:
    return data[at : data.index(b"\0", at)].decode("utf-8", "replace")
