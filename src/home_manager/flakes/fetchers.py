"""Fetchers: from a reference to the tree that it names, with everything that is known of it then."""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from home_manager.diagnostics import Failure, failure
from home_manager.flakes import git
from home_manager.flakes.archives import sole_directory, unpack
from home_manager.flakes.cache import Cache
from home_manager.flakes.download import Downloads
from home_manager.flakes.flake_registry import resolve
from home_manager.flakes.forges import Forges
from home_manager.flakes.nar import NarHash
from home_manager.flakes.references import FORGES, is_locked, text_of
from home_manager.nix.builtins.flakerefs import Reference, parse_flake_ref
from home_manager.nix.hash_encoding import Hash, parse_hash
from home_manager.store import SourceTree, machine

NO_REVISION = "0" * 40
_PACKED = re.compile(r"\.(?:zip|tar|tgz|tbz2?|txz|tar\.\w+)$")


@dataclass(frozen=True, slots=True)
class Tree:
    """A tree that was fetched: where it lies, its hash, the reference that names exactly it, and what else is known.

    `origin` is where it comes from where that is a directory that somebody works in: there files can be written, and
    what it holds may be more than the tree.
    """

    source: SourceTree
    nar_hash: str
    locked: Reference
    origin: str = ""
    facts: Mapping[str, str | int | bool] = field(default_factory=dict)

    @property
    def directory(self) -> str:
        return self.source.directory

    def attributes(self) -> dict[str, object]:
        """What the language shows of it, but for its path."""
        return known_of({**self.locked, "narHash": self.nar_hash}, self.facts)


def known_of(locked: Reference, facts: Mapping[str, str | int | bool] | None = None) -> dict[str, object]:
    """What the language shows of a tree by its reference, but for its path."""
    found: dict[str, object] = {"narHash": locked["narHash"]} if "narHash" in locked else {}
    rev = locked.get("rev")
    if rev is not None:
        found |= {"rev": rev, "shortRev": str(rev)[:7]}
    for name in ("revCount", "lastModified"):
        if name in locked:
            found[name] = locked[name]
    if locked["type"] == "git":
        found["submodules"] = bool(locked.get("submodules", False))
    found |= facts or {}
    if "lastModified" in found:
        moment = time.gmtime(int(str(found["lastModified"])))
        found["lastModifiedDate"] = time.strftime("%Y%m%d%H%M%S", moment)
    return found


class Fetchers:
    """Fetches references, each once. `stage` is told what is being brought."""

    def __init__(
        self,
        cache: Cache,
        downloads: Downloads | None = None,
        forges: Forges | None = None,
        stage: Callable[[str], None] | None = None,
    ) -> None:
        self.cache = cache
        self._downloads = downloads or Downloads()
        self._forges = forges or Forges()
        self._stage = stage or (lambda text: None)
        self._known: dict[tuple[tuple[str, object], ...], Tree] = {}

    def fetch(self, reference: Reference, *, lists: bool = True) -> Tree:
        """The tree of a reference. A name is looked up first, with `lists` in those of the user too."""
        reference = {name: value for name, value in resolve(reference, lists=lists).items() if name != "dir"}
        key = tuple(sorted(reference.items(), key=lambda item: item[0]))
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._fetch(reference)
        return found

    def forget(self) -> None:
        """Looks at everything again, as after a file was written."""
        self._known.clear()

    def _fetch(self, reference: Reference) -> Tree:
        kept = self._kept(reference)
        if kept is not None:
            return kept
        kind = reference["type"]
        if kind == "path":
            tree = self._path(reference)
        elif kind == "git":
            tree = self._git(reference)
        elif kind in FORGES:
            tree = self._forge(reference)
        elif kind in ("tarball", "file"):
            tree = self._file(reference)
        else:
            what = "Mercurial repositories" if kind == "hg" else f"references of the kind `{kind}`"
            raise failure(
                "fetch-unsupported",
                f"{what} cannot be fetched: `{text_of(reference)}`",
                hints=("use a git repository or an archive of it",),
            )
        promised = reference.get("narHash")
        if promised is not None:
            self.expect(str(promised), tree.nar_hash, text_of(reference))
        return tree

    def expect(self, promised: str, got: str, what: str) -> None:
        """Refuses content that is not what its hash promises."""
        wanted = parse_hash(promised, None if "-" in promised or ":" in promised else "sha256").sri()
        if wanted != got:
            raise failure(
                "fetch-hash-mismatch",
                f"what is at `{re.sub('[?&]narHash=[^&]*', '', what)}` is not what was promised",
                notes=(f"expected {wanted}", f"     got {got}"),
                hints=(
                    "if the new content is right, write its hash there; in a lock file, update that input",
                    "if nobody should have changed it, do not use it",
                ),
            )

    def download(self, url: str, place: str) -> None:
        """Writes what is at an address to a new file."""
        self._stage(f"fetching {url}")
        self._downloads.fetch(url, place)

    def _kept(self, reference: Reference) -> Tree | None:
        """The tree of a reference that says its hash, where the cache has it and everything else is known."""
        promised = reference.get("narHash")
        if promised is None or not (is_locked(reference) or reference["type"] == "git"):
            return None
        if reference["type"] != "path" and "lastModified" not in reference and reference["type"] in ("git", *FORGES):
            return None
        content = parse_hash(str(promised), "sha256")
        if not self.cache.has(content):
            return None
        return self._tree(self.cache.tree(content), content.sri(), reference)

    def _tree(self, directory: str, nar_hash: str, locked: Reference, **facts: str | int | bool) -> Tree:
        source = SourceTree(str(locked.get("name", "source")), directory, nar_hash)
        return Tree(source, nar_hash, {**locked, "narHash": nar_hash}, "", facts)

    # Trees on this machine

    def _path(self, reference: Reference) -> Tree:
        path = str(reference["path"])
        if not os.path.isabs(path):
            raise failure("flake-missing", f"the path `{path}` is relative, and nothing says to what")
        if not os.path.lexists(path):
            raise failure("flake-missing", f"`{path}` does not exist")
        with machine(f"reading `{path}`"):
            nar = NarHash(path)
            nar_hash = nar.sri()
        locked: Reference = {
            **reference,
            "lastModified": reference.get("lastModified", nar.newest),
            "narHash": nar_hash,
        }
        return Tree(SourceTree("source", path, nar_hash), nar_hash, locked, path)

    def _git(self, reference: Reference) -> Tree:
        url = str(reference["url"])
        git.check_address(url)
        local = git.local_path(url)
        if local is not None and not git.is_bare(local) and "ref" not in reference and "rev" not in reference:
            return self._work_tree(reference, local)
        return self._revision(reference, url, local)

    def _work_tree(self, reference: Reference, root: str) -> Tree:
        submodules = bool(reference.get("submodules"))
        tree = git.look(root, submodules=submodules, count=not reference.get("shallow"))
        with machine(f"reading `{root}`"):
            nar_hash = NarHash(root, lambda path: tree.tracks(path)).sri()
        source = SourceTree("source", root, nar_hash, tree.tracks, lambda path: untracked(root, path))
        locked: Reference = {**reference, "lastModified": tree.time}
        facts: dict[str, str | int | bool] = {}
        if tree.dirty:
            if tree.head:
                facts["dirtyRev"] = f"{tree.head}-dirty"
                facts["dirtyShortRev"] = f"{tree.head[:7]}-dirty"
                locked |= facts
        else:
            locked["rev"] = tree.head
            if tree.ref:
                locked["ref"] = tree.ref
            if not reference.get("shallow"):
                locked["revCount"] = tree.count
        locked["narHash"] = nar_hash
        return Tree(source, nar_hash, locked, root, facts)

    # Trees from elsewhere

    def _revision(self, reference: Reference, url: str, local: str | None) -> Tree:
        rev, ref, shallow = str(reference.get("rev", "")), str(reference.get("ref", "")), bool(reference.get("shallow"))
        asked: dict[str, object] = {"git": {name: value for name, value in reference.items() if name != "narHash"}}
        answer = self.cache.answer(asked, lasting=bool(rev)) if local is None or rev else None
        if answer is not None and (content := self._cached(answer)) is not None:
            locked = {**reference, **{k: v for k, v in answer.items() if isinstance(v, (str, int))}}
            return self._tree(content, str(answer["narHash"]), locked)
        self._stage(f"fetching {text_of(reference)}")
        with machine("writing to the cache of repositories"):
            repository, rev, ref = git.locate(
                url, ref, rev, self.cache.repository, shallow=shallow, all_refs=bool(reference.get("allRefs"))
            )
        directory, nar_hash = self.of_revision(
            repository,
            url,
            rev,
            submodules=bool(reference.get("submodules")),
            export_ignore=bool(reference.get("exportIgnore")),
        )
        with git.opened(repository) as opened:
            found: dict[str, str | int | bool] = {"rev": rev, "lastModified": opened.time(rev)}
            if not shallow and not opened.shallow:
                found["revCount"] = opened.count(rev)
        if ref:
            found["ref"] = ref
        self.cache.remember(asked, {**found, "narHash": nar_hash})
        return self._tree(directory, nar_hash, {**reference, **found})

    def of_revision(
        self, repository: str, url: str, rev: str, *, submodules: bool = False, export_ignore: bool = False
    ) -> tuple[str, str]:
        """Where the files of a revision are, and their hash."""
        with self.cache.scratch() as scratch:
            place = f"{scratch}/tree"
            kept = self.cache.repository if submodules else None
            git.export(repository, url, rev, place, export_ignore=export_ignore, submodules=kept)
            return self._keep(place)

    def _forge(self, reference: Reference) -> Tree:
        given = {name: value for name, value in reference.items() if name not in ("narHash", "lastModified")}
        if "rev" not in given:
            answer = self.cache.answer({"at": given})
            if answer is None:
                self._stage(f"looking up {text_of(given)}")
                answer = {"rev": self._forges.revision(given, self._downloads.text)}
                self.cache.remember({"at": given}, answer)
            given = {name: value for name, value in given.items() if name != "ref"} | {"rev": str(answer["rev"])}
        asked: dict[str, object] = {"forge": given}
        answer = self.cache.answer(asked, lasting=True)
        content = self._cached(answer) if answer is not None else None
        if answer is None or content is None:
            self._stage(f"fetching {text_of(given)}")
            with self.cache.scratch() as scratch:
                url = self._forges.archive(given)
                self._downloads.fetch(url, f"{scratch}/archive")
                newest = unpack(f"{scratch}/archive", f"{scratch}/tree", url)
                content, nar_hash = self._keep(sole_directory(f"{scratch}/tree"))
            answer = {"narHash": nar_hash, "lastModified": newest}
            self.cache.remember(asked, answer)
        newest = int(str(answer["lastModified"]))
        return self._tree(content, str(answer["narHash"]), {**given, "lastModified": newest})

    def _file(self, reference: Reference) -> Tree:
        """A tree of an archive, or a single file."""
        url = str(reference["url"])
        asked: dict[str, object] = {str(reference["type"]): url}
        answer = self.cache.answer(asked) if not url.startswith("file:") else None
        content = self._cached(answer) if answer is not None else None
        if answer is None or content is None:
            self._stage(f"fetching {url}")
            with self.cache.scratch() as scratch:
                came = self._downloads.fetch(url, f"{scratch}/file")
                found: dict[str, object] = {"immutable": came.immutable}
                if reference["type"] == "tarball":
                    found["lastModified"] = unpack(f"{scratch}/file", f"{scratch}/tree", url)
                    content, nar_hash = self._keep(sole_directory(f"{scratch}/tree"))
                else:
                    os.chmod(f"{scratch}/file", 0o644)
                    content, nar_hash = self._keep(f"{scratch}/file")
            answer = {**found, "narHash": nar_hash}
            self.cache.remember(asked, answer)
        locked: Reference = {**reference}
        if reference["type"] == "tarball":
            locked.setdefault("lastModified", int(str(answer["lastModified"])))
            if answer.get("immutable"):
                locked |= _immutable(str(answer["immutable"]))
        return self._tree(content, str(answer["narHash"]), locked)

    def flat(self, url: str, name: str, promised: str | None) -> tuple[str, Hash]:
        """A single file, known by the hash of its bytes: where it is, and the hash."""
        asked: dict[str, object] = {"flat": url}
        wanted = parse_hash(promised, "sha256") if promised else None
        if wanted is not None and (known := self.cache.answer({"flat-hash": wanted.sri()}, lasting=True)) is not None:
            place = self._cached(known)
            if place is not None:
                return place, wanted
        answer = self.cache.answer(asked) if wanted is None and not url.startswith("file:") else None
        place = self._cached(answer) if answer is not None else None
        if answer is not None and place is not None:
            return place, parse_hash(str(answer["flat"]), "sha256")
        self._stage(f"fetching {url}")
        with self.cache.scratch() as scratch:
            self._downloads.fetch(url, f"{scratch}/file")
            os.chmod(f"{scratch}/file", 0o644)
            with open(f"{scratch}/file", "rb") as file:
                got = Hash("sha256", hashlib.file_digest(file, "sha256").digest())
            if promised:
                self.expect(promised, got.sri(), url)
            place, nar_hash = self._keep(f"{scratch}/file")
        answer = {"narHash": nar_hash, "flat": got.sri()}
        self.cache.remember(asked, answer)
        self.cache.remember({"flat-hash": got.sri()}, answer)
        return place, got

    def _cached(self, answer: Mapping[str, object]) -> str | None:
        """Where the tree of an answer is, if the cache still has it."""
        try:
            content = parse_hash(str(answer["narHash"]), "sha256")
        except (Failure, KeyError):
            return None
        return self.cache.tree(content) if self.cache.has(content) else None

    def _keep(self, made: str) -> tuple[str, str]:
        nar = NarHash(made)
        content = parse_hash(nar.sri(), "sha256")
        return self.cache.keep(made, content), content.sri()


def untracked(root: str, path: str) -> Failure:
    """A file of a work tree that git does not know of is named, and flakes see only what git knows."""
    shown = f"{root}/{path}"
    if not os.path.lexists(shown):
        return failure("flake-file-missing", f"the file `{shown}` does not exist")
    return failure(
        "flake-untracked",
        f"the file `{shown}` is not tracked by git, so the flake does not see it",
        notes=(f"flakes in a git repository consist of the files that git tracks, and this one is in `{root}`",),
        hints=(f"run `git -C {root} add {path}`",),
    )


def _immutable(url: str) -> Reference:
    """The parts of an address at which a server promises to keep something, for the lock file."""
    try:
        parsed = parse_flake_ref(url)
    except Failure:
        return {}
    if parsed["type"] != "tarball" or not str(parsed["url"]).startswith(("https:", "http:")):
        return {}  # a server says nothing of files on this machine
    return {name: value for name, value in parsed.items() if name in ("url", "rev", "revCount", "lastModified")}
