"""`commitIdFromGitRepo` of `lib.sources`: the commit that a checkout stands at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from home_manager.frontends.nix.lib.arguments import string_of
from home_manager.frontends.nix.lib.filesystem import kind_of
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.nix.errors import throw
from home_manager.nix.evaluation import call, coerce_to_path
from home_manager.nix.path_text import canonical
from home_manager.values import PathValue, Value

if TYPE_CHECKING:
    from home_manager.frontends.nix.lib.library import Library

topic = Topic()


class NoCommit(Exception):
    """Why no commit was found."""


def text_at(library: Library, path: str) -> str:
    return str(string_of(call(library.builtin("readFile"), PathValue(canonical(path)))))


def is_file(library: Library, path: str) -> bool:
    return kind_of(library, PathValue(canonical(path))) == "regular"


def commit_at(library: Library, reference: str, path: str) -> str:
    """The commit that a reference of a git directory, or of the file that names one, stands for."""
    if is_file(library, path):
        found = re.fullmatch("gitdir: (.*)", text_at(library, path).removesuffix("\n"))
        if not found:
            raise NoCommit(f"File contains no gitdir reference: {path}")
        git = found[1] if found[1].startswith("/") else f"{path.rpartition('/')[0]}/{found[1]}"
        common = git
        if is_file(library, f"{git}/commondir"):
            common = text_at(library, f"{git}/commondir").removesuffix("\n").removesuffix("/")
            common = common if common.startswith("/") else f"{git}/{common}"
        return commit_at(library, f"{git}/{reference}".removeprefix(f"{common}/"), common)
    file = reference if reference.startswith("/") else f"{path}/{reference}"
    if is_file(library, file):
        text = text_at(library, file).removesuffix("\n")
        found = re.fullmatch("ref: (.*)", text)
        return commit_at(library, found[1], path) if found else text
    packed = f"{path}/packed-refs"
    if is_file(library, packed):
        for line in text_at(library, packed).split("\n"):
            found = re.fullmatch(f"([a-z0-9]+) {re.escape(reference)}", line)
            if found:
                return found[1]
        raise NoCommit(f"Could not find {reference} in {packed}")
    raise NoCommit(f"Not a .git directory: {path}")


@topic.bound("commitIdFromGitRepo", 1)
def commit_id_from_git_repo(library: Library, path: Value) -> Value:
    try:
        return commit_at(library, "HEAD", coerce_to_path(path))
    except NoCommit as reason:
        raise throw(str(reason)) from None


@topic.bound("pathIsGitRepo", 1)
def path_is_git_repo(library: Library, path: Value) -> Value:
    try:
        commit_at(library, "HEAD", coerce_to_path(path))
    except NoCommit:
        return False
    return True
