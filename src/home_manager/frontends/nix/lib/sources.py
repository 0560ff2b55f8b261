"""`lib.sources`: directories of which only some files are taken along."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from home_manager.frontends.nix.lib.arguments import (
    attrs_of,
    context_of,
    flag_of,
    has,
    holds,
    joined_attrs,
    list_of,
    select,
    string_of,
    to_string,
)
from home_manager.frontends.nix.lib.options import check_arguments
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.nix.errors import throw
from home_manager.nix.evaluation import call
from home_manager.values import Attrs, Builtin, Value
from home_manager.values.lazy import Delayed, force

if TYPE_CHECKING:
    from home_manager.frontends.nix.lib.library import Library

VERSION_CONTROL = frozenset((".svn", "CVS", ".hg", ".jj", ".pijul", "_darcs"))
LEFTOVER = re.compile(r".*~|\.sw[a-z]|\..*\.sw[a-z]|.*\.s?o", re.DOTALL)
ARCHIVES = ["git", "tar", "zip", "gz", "tgz", "bz", "tbz", "bz2", "tbz2", "lzma", "txz", "xz", "zstd"]

topic = Topic()
topic.builtins("filterSource")


def clean(path: str, kind: str) -> bool:
    """Whether a file belongs to a source: no version control, no leftovers of editors and compilers."""
    name = path.rstrip("/").rpartition("/")[2]
    if name == ".git" or (kind == "directory" and name in VERSION_CONTROL):
        return False
    if LEFTOVER.fullmatch(name) or kind == "unknown":
        return False
    return not (kind == "symlink" and name.startswith("result"))


topic.function("cleanSourceFilter", 2)(lambda path, kind: clean(to_string(path), string_of(kind)))


class Origin:
    """A directory with the filter that is on it already."""

    __slots__ = ("filter", "name", "path")

    def __init__(self, source: Value) -> None:
        value = force(source)
        filtered = has(value, "_isLibCleanSourceWith")
        self.path = select(value, "origSrc") if filtered else value
        self.filter: Value = select(value, "filter") if filtered else None
        self.name: Value = select(value, "name") if filtered else "source"


def filtered_source(library: Library, path: Value, keep: Value, name: Value) -> Attrs:
    """A source as an attribute set that is copied to the store when its path is used."""

    def copy() -> Value:
        return call(library.builtin("path"), Attrs({"filter": keep, "name": name, "path": path}))

    return Attrs(
        {"_isLibCleanSourceWith": True, "origSrc": path, "filter": keep, "name": name, "outPath": Delayed(copy)}
    )


def narrowed(library: Library, source: Value, keep: Callable[[Value, Value], bool], name: Value = None) -> Attrs:
    """A source with a further filter."""
    origin = Origin(source)

    def both(path: Value, kind: Value) -> Value:
        return keep(path, kind) and (origin.filter is None or holds(origin.filter, path, kind))

    return filtered_source(
        library, origin.path, Builtin("filter", 2, both), origin.name if force(name) is None else name
    )


@topic.bound("cleanSource", 1)
def clean_source(library: Library, source: Value) -> Value:
    return narrowed(library, source, lambda path, kind: clean(to_string(path), string_of(kind)))


@topic.bound("cleanSourceWith", 1)
def clean_source_with(library: Library, arguments: Value) -> Value:
    given = attrs_of(arguments)
    check_arguments("cleanSourceWith", given, frozenset(("src", "filter", "name")))
    keep = given.get("filter")
    return narrowed(
        library,
        select(given, "src"),
        lambda path, kind: keep is None or holds(keep, path, kind),
        given.get("name"),
    )


@topic.bound("trace", 1)
def trace(library: Library, source: Value) -> Value:
    origin = Origin(source)

    def shown(path: Value, kind: Value) -> Value:
        kept = origin.filter is None or holds(origin.filter, path, kind)
        message = f"{string_of(origin.name)}.filter {to_string(path)} = {'true' if kept else 'false'}"
        return call(library.builtin("trace"), message, kept)

    value = filtered_source(library, origin.path, Builtin("filter", 2, shown), origin.name)
    invariant = has(source, "satisfiesSubpathInvariant") and flag_of(select(source, "satisfiesSubpathInvariant"))
    return joined_attrs(value, Attrs({"satisfiesSubpathInvariant": invariant}))


@topic.bound("sourceByRegex", 2)
def source_by_regex(library: Library, source: Value, patterns: Value) -> Value:
    root = to_string(Origin(source).path) + "/"
    match = library.builtin("match")

    def keep(path: Value, kind: Value) -> bool:
        name = str(to_string(path)).removeprefix(root)
        for pattern in list_of(patterns):  # noqa: SIM110 - `any` would call back out of C
            if call(match, pattern, name) is not None:
                return True
        return False

    return narrowed(library, source, keep)


@topic.bound("sourceFilesBySuffices", 2)
def source_files_by_suffices(library: Library, source: Value, suffixes: Value) -> Value:
    endings = tuple([string_of(item) for item in list_of(suffixes)])

    def keep(path: Value, kind: Value) -> bool:
        return string_of(kind) == "directory" or to_string(path).endswith(endings)

    return narrowed(library, source, keep)


def glob_part(part: str) -> re.Pattern[str]:
    """One component of a pattern; `*` stands for anything in it."""
    return re.compile("[^/]*".join([re.escape(piece) for piece in re.split(r"\*+", part)]))


def glob_matches(pattern: list[str], path: list[str], kind: str) -> bool:
    """Whether a path, or for a directory anything below it, may match a pattern with `**`."""
    if not path:
        return kind == "directory" or not pattern
    if not pattern:
        return False
    head = pattern[0]
    if head == "**":
        if len(pattern) == 1:
            return True
        if glob_part(pattern[1]).fullmatch(path[0]):
            return glob_matches(pattern[1:], path, kind)
        return glob_matches(pattern, path[1:], kind)
    return glob_part(head).fullmatch(path[0]) is not None and glob_matches(pattern[1:], path[1:], kind)


@topic.bound("sourceByGlobs", 2)
def source_by_globs(library: Library, source: Value, patterns: Value) -> Value:
    root = to_string(source) + "/"
    globs = [str(string_of(item)).split("/") for item in list_of(patterns)]

    def keep(path: Value, kind: Value) -> bool:
        names = str(to_string(path)).removeprefix(root).split("/")
        return any([glob_matches(glob, names, string_of(kind)) for glob in globs])

    return narrowed(library, source, keep)


@topic.function("pathHasContext", 1)
def path_has_context(path: Value) -> Value:
    return bool(context_of(string_of(path)))


@topic.function("canCleanSource", 1)
def can_clean_source(source: Value) -> Value:
    return has(source, "_isLibCleanSourceWith") or not context_of(to_string(source))


@topic.function("urlToName", 1)
def url_to_name(url: Value) -> Value:
    return name_of_url(str(to_string(url)))


def name_of_url(url: str) -> str:
    """The last part of an address, without the endings of archives."""
    name = url.rpartition(":")[2].removesuffix("/").rpartition("/")[2]
    while True:
        base, dot, ending = name.rpartition(".")
        if not dot or ending not in ARCHIVES:
            return name
        name = base


def short_revision(revision: str) -> str:
    """Seven digits of a commit, or the number in the name of a version."""
    base = revision.rpartition("/")[2]
    if re.fullmatch("[a-f0-9]+", base):
        return base[:7]
    version = re.fullmatch(r"([A-Za-z]+[-_. ]?)*(v)?([0-9.]+.*)", base, re.DOTALL)
    return version[3] if version else base


topic.function("shortRev", 1)(lambda revision: short_revision(str(to_string(revision))))


@topic.function("revOrTag", 2)
def revision_or_tag(revision: Value, tag: Value) -> Value:
    for value in (tag, revision):
        if force(value) is not None:
            return value
    return "HEAD"


@topic.function("repoRevToName", 4)
def repository_name(kind: Value, repository: Value, revision: Value, suffix: Value) -> Value:
    how = string_of(kind)
    if how == "source":
        return "source"
    if how not in ("versioned", "full"):
        raise throw("repoRevToName: invalid kind")
    name = name_of_url(str(to_string(repository)))
    if force(revision) is not None:
        name += f"-{short_revision(str(to_string(revision)))}"
    if how == "full" and force(suffix) is not None:
        name += f"-{to_string(suffix)}"
    return f"{name}-source"
