"""A package as the home gets it: Debian packages put together so that their programs run where they lie.

    <object>/root/    the packages and all that they need, at Debian's places below usr/ and etc/, as links
                      into the unpacked packages; programs are copies that use this tree's loader and libraries
    <object>/bin/ …   what the package itself offers, at nixpkgs' places, as links into root/

Because everything a program needs is in one tree, one folder is the library path, Python finds its modules from where
it lies, and a text such as /usr/share/vim has one place to which it is moved.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from home_manager.packages.providers.debian.archive import Archive
from home_manager.packages.providers.debian.elf import NotPatchable, library_path, patched
from home_manager.packages.providers.debian.package_tree import Folder, Leaf
from home_manager.packages.providers.debian.special import ORDINARY, specials
from home_manager.packages.providers.debian.unpack import FILE, LIBRARY, LINK, PROGRAM, SCRIPT, Contents

ONLY_OF_ITSELF = re.compile(
    r"usr/share/(?:man|info|doc|applications|bash-completion/completions|zsh/vendor-completions|fish)/"
)
"""What a package offers of itself, but not of what it needs."""

OFFERED = (
    (re.compile(r"usr/(?:s?bin|games)/([^/]+)$"), r"bin/\1"),
    (re.compile(r"usr/share/zsh/vendor-completions/(.+)$"), r"share/zsh/site-functions/\1"),
    (re.compile(r"usr/share/fish/(?:vendor_)?completions(?:\.d)?/(.+)$"), r"share/fish/vendor_completions.d/\1"),
    (re.compile(r"usr/lib/systemd/user/(.+)$"), r"share/systemd/user/\1"),
    (re.compile(r"usr/lib/(?:[a-z0-9_]+-linux-gnu)/(.+)$"), r"lib/\1"),
    (re.compile(r"usr/(lib|libexec|share|include)/(?!cargo/)(.+)$"), r"\1/\2"),
    (re.compile(r"(etc/.+)$"), r"\1"),
)
"""Where Debian's files stand in a package of nixpkgs."""

REWRITTEN = re.compile(
    r"usr/share/(?:applications|dbus-1|bash-completion/bash_completion$)|usr/lib/systemd/user/|etc/profile\.d/|.*\.sh$"
)
"""Plain files of a package that name their own files by absolute paths, and are short."""

ABSOLUTE = re.compile(
    r"(?<![\w.}/~-])/((?:usr/)?(?:bin|sbin|games|lib|libexec|share)|etc)/([\w.+@%-]+(?:/[\w.+@%-]+)*)"
)

NAMED_AFTER = re.compile(r"usr/share/(?:man|bash-completion/completions|zsh/vendor-completions|fish)/")
"""Folders whose files are named after programs."""

COMPLETION = re.compile(r"share/(?:bash-completion/completions|zsh/site-functions|fish/vendor_completions\.d)/")


@dataclass(frozen=True, slots=True)
class Part:
    """An unpacked Debian package; `wanted` is one of those that the package is made of, not one that they need."""

    name: str
    directory: str
    contents: Contents
    wanted: bool


class Composition:
    """One package being put together at `directory`, to be known as `final`."""

    def __init__(
        self,
        parts: Sequence[Part],
        archive: Archive,
        *,
        directory: str,
        final: str,
        renames: Mapping[str, str],
        main: str,
    ) -> None:
        """`renames` maps names in bin/ to Debian's; `main` is the program that the package is called for."""
        self._parts = _with_main(parts, renames.get(main, main))
        self._archive = archive
        self._directory = directory
        self._root = f"{final}/root"
        self._renames = {new: old for new, old in renames.items() if new != "*"}
        self._all_alternatives = "*" in renames
        self._main = main
        self._entries: dict[str, tuple[Part, str, str]] = {}
        self._folders: set[str] = set()
        self._unmoved: set[str] = set()

    def write(self) -> None:
        """Makes the object. Raises `OSError`."""
        self._gather()
        os.makedirs(f"{self._directory}/root")
        tree = Folder()
        for path, (part, kind, detail) in self._entries.items():
            if kind == LINK:
                # The link itself is repeated: in this tree its target is there, whichever package it came from.
                tree.put(path, Leaf(part.directory, path, own=_leaves(path, detail), text=detail))
            else:
                tree.put(path, Leaf(part.directory, path, own=self._differs(part, path, kind, detail)))
        for path, leaf in tree.write(f"{self._directory}/root"):
            self._write_own(path, leaf)
        self._write_files()
        self._offer()

    # The tree

    def _gather(self) -> None:
        """Decides for each path which package it is from: the first that has it."""
        for part in self._parts:
            for path, (kind, detail) in part.contents.entries.items():
                if part.wanted or not ONLY_OF_ITSELF.match(path):
                    self._entries.setdefault(path, (part, kind, detail))
        for part in self._parts:
            for path, target in part.contents.alternatives.items():
                if target in self._entries and (not part.wanted or self._is_asked_for(path)):
                    text = os.path.relpath(target, os.path.dirname(path))
                    self._entries.setdefault(path, (part, LINK, text))
        for path in self._entries:
            above = os.path.dirname(path)
            while above and above not in self._folders:
                self._folders.add(above)
                above = os.path.dirname(above)

    def _is_asked_for(self, path: str) -> bool:
        """Whether an alternative of the package itself belongs to it: `vim` for vim, but not `editor`."""
        name = os.path.basename(path)
        return self._all_alternatives or name == self._main or name.partition(".")[0] == self._main

    def _has(self, path: str) -> bool:
        return path in self._entries or path in self._folders

    def _differs(self, part: Part, path: str, kind: str, detail: str) -> bool:
        if kind in (PROGRAM, SCRIPT):
            return True
        if kind == LIBRARY:
            # A library with a library path of its own is not looked after by that of the program.
            return bool(specials().get(part.name, ORDINARY).moved) or bool(detail)
        return kind == FILE and part.wanted and REWRITTEN.match(path) is not None

    def _write_own(self, path: str, leaf: Leaf) -> None:
        part, kind, detail = self._entries[path]
        with open(os.path.join(leaf.owner, leaf.source), "rb") as file:
            data = file.read()
        if kind in (PROGRAM, LIBRARY):
            data = self._program(part, kind, data)
        elif kind == SCRIPT:
            data = self._script(data, detail)
        else:
            data = self._moved_paths(data)
        _write(f"{self._directory}/root/{path}", data, executable=kind in (PROGRAM, SCRIPT))

    def _program(self, part: Part, kind: str, data: bytes) -> bytes:
        """A program or library that finds what it needs in this tree."""
        moved = {text: self._root + text for text in self._texts_to_move(part, data)}
        loader = f"usr/lib/{self._archive.triplet}/{self._archive.loader}"
        own = library_path(data)
        folders: tuple[str, ...] = ()
        if (kind == PROGRAM and loader in self._entries) or own:
            inside = [self._root + folder for folder in own if self._has(folder.lstrip("/"))]
            # What a file names by its own place (`$ORIGIN/…`) is right here as well.
            inside += [folder for folder in own if folder.startswith("$")]
            folders = (f"{self._root}/usr/lib/{self._archive.triplet}", f"{self._root}/usr/lib", *inside)
        starts = f"{self._root}/{loader}" if kind == PROGRAM and loader in self._entries else ""
        if not starts and not folders and not moved:
            return data
        try:
            result = patched(data, loader=starts, library_path=folders, moved=moved)
        except NotPatchable:
            return data
        if result.unmoved:
            self._unmoved.add(part.name)
        return result.data

    def _texts_to_move(self, part: Part, data: bytes) -> list[str]:
        found: list[str] = []
        for text in specials().get(part.name, ORDINARY).moved:
            if text.startswith("^"):
                pattern = re.compile(rb"\0(" + text[1:].rstrip("$").encode() + rb")\0")
                found += sorted({match.decode() for match in pattern.findall(data)})
            elif b"\0" + text.encode() + b"\0" in data:
                found.append(text)
        return found

    def _script(self, data: bytes, interpreter: str) -> bytes:
        """A script that is run by this tree's interpreter, where it has it, and names this tree's files."""
        _, newline, body = data.partition(b"\n")
        words = interpreter.split()
        if words and os.path.basename(words[0]) == "env" and len(words) > 1 and not words[1].startswith("-"):
            words = [f"/usr/bin/{words[1]}", *words[2:]] if self._has(f"usr/bin/{words[1]}") else words
        if words and os.path.basename(words[0]) != "sh":
            inside = re.sub(r"^/(?=bin/|sbin/)", "/usr/", words[0]).lstrip("/")
            if inside in self._entries:
                words[0] = f"{self._root}/{inside}"
        return f"#!{' '.join(words)}".encode() + newline + self._moved_paths(body)

    def _moved_paths(self, data: bytes) -> bytes:
        """A text whose absolute paths of files that are in the tree lead into the tree."""
        try:
            text = data.decode()
        except UnicodeDecodeError:
            return data

        def moved(match: re.Match[str]) -> str:
            path = match.group(0).lstrip("/")
            inside = path if path.startswith(("usr/", "etc/")) else f"usr/{path}"
            return f"{self._root}/{inside}" if self._has(inside) else match.group(0)

        return ABSOLUTE.sub(moved, text).encode()

    def _write_files(self) -> None:
        for part in self._parts:
            for path, text in specials().get(part.name, ORDINARY).files:
                where = f"{self._directory}/root/{path}"
                if os.path.isdir(os.path.dirname(where)) and not os.path.islink(os.path.dirname(where)):
                    _write(where, self._filled(text).encode(), executable=False)

    def _filled(self, text: str) -> str:
        return text.replace("{root}", self._root).replace("{triplet}", self._archive.triplet)

    # What is offered

    def _offer(self) -> None:
        tree, mixed = Folder(), self._mixed()
        for path, named in self._chosen():
            for pattern, place in OFFERED:
                match = pattern.match(named)
                if match:
                    tree.put(match.expand(place), self._offered(match.expand(place), path, mixed))
                    break
        for place, leaf in tree.write(self._directory, mixed):
            self._write_offer(place, leaf)
        self._write_origins()

    def _write_origins(self) -> None:
        """Leaves word from which Debian package each program is, for whoever finds the same one twice."""
        origins = {}
        for path, named in self._chosen():
            if named.startswith(("usr/bin/", "usr/sbin/", "usr/games/")):
                part, _, _ = self._entries[path]
                origins[f"bin/{os.path.basename(named)}"] = [part.directory, path]
        _write(f"{self._directory}/.programs", json.dumps(origins, separators=(",", ":")).encode(), executable=False)

    def _mixed(self) -> set[str]:
        """The folders of the tree that hold anything of other packages, so that they are not offered as a whole."""
        found: set[str] = set()
        for path, (part, _, _) in self._entries.items():
            above = "" if part.wanted else os.path.dirname(path)
            while above and above not in found:
                found.add(above)
                above = os.path.dirname(above)
        return found

    def _chosen(self) -> Iterator[tuple[str, str]]:
        """What is offered: its path in the tree, and the path that it has after nixpkgs' names of the programs."""
        hidden = {old: new for new, old in self._renames.items() if old not in self._renames}
        for path, (part, _, _) in self._entries.items():
            if not part.wanted:
                continue
            folder, name = os.path.split(path)
            if folder in ("usr/bin", "usr/sbin", "usr/games"):
                # Debian may have another program by the name that one is offered by: `firefox` beside `firefox-esr`.
                if name not in hidden and self._renames.get(name, name) == name:
                    yield path, path
                for new, old in self._renames.items():
                    if old == name and new != name:
                        yield path, f"usr/bin/{new}"
            else:
                mark = "_" if name.startswith("_") else ""
                stem = name[len(mark) :].partition(".")[0]
                if stem in hidden and NAMED_AFTER.match(path):
                    name = f"{mark}{hidden[stem]}{name[len(mark) + len(stem) :]}"
                yield path, f"{folder}/{name}"

    def _offered(self, place: str, path: str, mixed: set[str]) -> Leaf:
        runs = place.startswith("bin/") and self._kind_of(path) in (PROGRAM, SCRIPT)
        calls = any(specials().get(part.name, ORDINARY).calls for part in self._parts)
        if (runs and (calls or self._environment(path))) or (COMPLETION.match(place) and self._renames):
            return Leaf(self._root, path, own=True)
        if place.startswith("bin/") or os.path.dirname(path) in mixed:
            return Leaf(self._root, path, own=True, text=f"{self._root}/{path}")
        return Leaf(self._root, path)

    def _kind_of(self, path: str) -> str:
        """The kind of an entry, links followed."""
        for _ in range(8):
            entry = self._entries.get(path)
            if entry is None:
                return ""
            if entry[1] != LINK:
                return entry[1]
            path = os.path.normpath(os.path.join(os.path.dirname(path), entry[2]))
        return ""

    def _environment(self, path: str) -> dict[str, str]:
        """The variables that a program needs."""
        variables: dict[str, str] = {}
        for part in self._parts:
            special = specials().get(part.name, ORDINARY)
            variables.update(special.always)
            if part.name in self._unmoved:
                variables.update(special.environment)
        if "usr/bin/perl" in self._entries and self._is_perl(path):
            variables["PERL5LIB"] = ":".join(f"{{root}}/{folder}" for folder in self._perl_folders())
        return {name: self._filled(text) for name, text in variables.items()}

    def _is_perl(self, path: str) -> bool:
        _, kind, detail = self._entries.get(path, (None, "", ""))
        return os.path.basename(path).startswith("perl") or (kind == SCRIPT and "perl" in detail)

    def _perl_folders(self) -> list[str]:
        lib, found = f"usr/lib/{self._archive.triplet}", []
        for folder in sorted(self._folders):
            if re.fullmatch(rf"usr/share/perl5|{lib}/perl-base|(?:usr/share|{lib})/perl5?/[\d.]+", folder):
                found.append(folder)
        return found

    def _write_offer(self, place: str, leaf: Leaf) -> None:
        path = leaf.source
        target = f"{self._directory}/{place}"
        if place.startswith("bin/"):
            # The program is started under the name that it is offered by: some look at it (`vimdiff`, `pkill`).
            name = os.path.basename(place)
            run = f"{self._root}/{path}"
            if name != os.path.basename(path):
                os.makedirs(f"{self._directory}/libexec/started", exist_ok=True)
                os.symlink(f"../../root/{path}", f"{self._directory}/libexec/started/{name}")
                run = f"{os.path.dirname(self._root)}/libexec/started/{name}"
            lines = [f"export {n}={_quoted(text)}" for n, text in sorted(self._environment(path).items())]
            if any(specials().get(part.name, ORDINARY).calls for part in self._parts):
                # For programs that it calls by name; those of the machine come first, for whatever else it starts.
                lines.append(f"PATH=${{PATH:+$PATH:}}{_quoted(self._root + '/usr/bin')}")
                lines.append("export PATH")
            _write(target, "\n".join(["#!/bin/sh", *lines, f'exec {_quoted(run)} "$@"', ""]).encode(), executable=True)
            return
        part = self._entries[path][0]
        with open(os.path.join(part.directory, path), "rb") as file:
            text = file.read().decode("utf-8", "surrogateescape")
        for new, old in self._renames.items():
            text = re.sub(rf"(?<![\w-]){re.escape(old)}(?![\w-])", new, text)
        _write(target, text.encode("utf-8", "surrogateescape"), executable=False)


def _with_main(parts: Sequence[Part], main: str) -> list[Part]:
    """The parts, such that a wanted one has the main program: that of `python3` is in a package that it needs."""
    places = (f"usr/bin/{main}", f"usr/sbin/{main}", f"usr/games/{main}")

    def has(part: Part) -> bool:
        return any(place in part.contents.entries or place in part.contents.alternatives for place in places)

    found = list(parts)
    if not any(part.wanted and has(part) for part in found):
        for at, part in enumerate(found):
            if any(place in part.contents.entries for place in places):
                found[at] = replace(part, wanted=True)
                break
    return found


def _leaves(path: str, target: str) -> bool:
    """Whether a link leads out of its folder, so that the folder cannot stand for itself elsewhere."""
    return target.startswith("..") or "/../" in target


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def _write(path: str, data: bytes, *, executable: bool) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    with open(os.open(path, flags, 0o755 if executable else 0o644), "wb") as out:
        out.write(data)
