"""Fetchers, against a server and repositories of the test's own."""

from __future__ import annotations

import functools
import hashlib
import http.server
import io
import json
import tarfile
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from home_manager.diagnostics import Failure
from home_manager.flakes.cache import Cache
from home_manager.flakes.fetched_sources import fetch_source
from home_manager.flakes.fetchers import Fetchers
from home_manager.flakes.forges import Forges, headers
from home_manager.nix.builtins.flakerefs import parse_flake_ref
from unit.flakes.conftest import git, repository, write

REV = "0123456789abcdef0123456789abcdef01234567"


@dataclass
class Server:
    """Answers by path; each request is counted."""

    url: str = ""
    answers: dict[str, bytes] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)


class Handler(http.server.BaseHTTPRequestHandler):
    def __init__(self, server: Server, *words: Any) -> None:
        self.known = server
        super().__init__(*words)

    def do_GET(self) -> None:
        self.known.asked.append(self.path)
        if self.path in self.known.moved:
            self.send_response(302)
            self.send_header("Location", self.known.moved[self.path])
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        body = self.known.answers.get(self.path)
        self.send_response(404 if body is None else 200)
        self.send_header("Content-Length", str(len(body or b"")))
        if self.path in self.known.links:
            self.send_header("Link", self.known.links[self.path])
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *words: object) -> None:
        return None


@pytest.fixture
def server() -> Iterator[Server]:
    known = Server()
    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, known))
    known.url = f"http://127.0.0.1:{running.server_port}"
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield known
    running.shutdown()
    running.server_close()


@pytest.fixture
def fetchers(tmp_path: Path, server: Server) -> Fetchers:
    return Fetchers(Cache(str(tmp_path / "cache")), forges=Forges(server.url))


def tar(files: dict[str, str], when: int = 1_700_000_000, mode: str = "w:gz") -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode=mode) as archive:
        for name, text in files.items():
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(text.encode()), when
            archive.addfile(info, io.BytesIO(text.encode()))
    return held.getvalue()


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:xz", "w:bz2"])
def test_an_archive_loses_its_only_directory(mode: str, fetchers: Fetchers, server: Server) -> None:
    server.answers["/a.tar"] = tar({"top/file": "text", "top/dir/other": "more"}, mode=mode)
    tree = fetchers.fetch(parse_flake_ref(f"{server.url}/a.tar"))
    assert (Path(tree.directory) / "file").read_text() == "text"
    assert (Path(tree.directory) / "dir/other").read_text() == "more"
    assert tree.attributes()["lastModified"] == 1_700_000_000
    assert tree.attributes()["lastModifiedDate"] == "20231114221320"


def test_a_zip_file_is_an_archive(fetchers: Fetchers, server: Server) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("top/file", "text")
    server.answers["/a.zip"] = held.getvalue()
    assert (Path(fetchers.fetch(parse_flake_ref(f"{server.url}/a.zip")).directory) / "file").read_text() == "text"


def test_what_came_is_not_asked_for_again_for_a_while(tmp_path: Path, fetchers: Fetchers, server: Server) -> None:
    server.answers["/a.tar.gz"] = tar({"top/file": "one"})
    reference = parse_flake_ref(f"{server.url}/a.tar.gz")
    first = fetchers.fetch(reference)
    server.answers["/a.tar.gz"] = tar({"top/file": "two"})
    assert Fetchers(Cache(str(tmp_path / "cache"))).fetch(reference).nar_hash == first.nar_hash
    assert server.asked == ["/a.tar.gz"]
    later = Fetchers(Cache(str(tmp_path / "cache"), ttl=0)).fetch(reference)
    assert (Path(later.directory) / "file").read_text() == "two"
    # Both are there, each by its content, and what is locked needs no server.
    server.answers.clear()
    locked = Fetchers(Cache(str(tmp_path / "cache"), ttl=0)).fetch(first.locked)
    assert (Path(locked.directory) / "file").read_text() == "one"


def test_content_that_is_not_what_was_promised(fetchers: Fetchers, server: Server) -> None:
    server.answers["/a.tar.gz"] = tar({"top/file": "one"})
    promised = "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
    with pytest.raises(Failure) as failed:
        fetchers.fetch({"type": "tarball", "url": f"{server.url}/a.tar.gz", "narHash": promised})
    assert failed.value.diagnostic.code == "fetch-hash-mismatch"
    assert promised in failed.value.diagnostic.notes[0]


def test_a_file_is_known_by_its_bytes(fetchers: Fetchers, server: Server) -> None:
    server.answers["/file"] = b"bytes"
    wanted = hashlib.sha256(b"bytes").hexdigest()
    place, got = fetchers.flat(f"{server.url}/file", "file", f"sha256:{wanted}")
    assert Path(place).read_bytes() == b"bytes" and got.base16() == wanted
    fetchers.flat(f"{server.url}/elsewhere", "file", f"sha256:{wanted}")
    assert server.asked == ["/file"]


def test_a_server_that_promises_an_address(fetchers: Fetchers, server: Server) -> None:
    server.answers["/newest.tar.gz"] = tar({"top/file": "one"})
    server.links["/newest.tar.gz"] = f'<{server.url}/one.tar.gz?rev={REV}&revCount=7>; rel="immutable"'
    tree = fetchers.fetch(parse_flake_ref(f"{server.url}/newest.tar.gz"))
    assert tree.locked["url"] == f"{server.url}/one.tar.gz"
    assert (tree.locked["rev"], tree.locked["revCount"]) == (REV, 7)


def test_redirections_are_followed(fetchers: Fetchers, server: Server) -> None:
    server.moved["/old.tar.gz"] = "/new.tar.gz"
    server.answers["/new.tar.gz"] = tar({"top/file": "one"})
    assert (Path(fetchers.fetch(parse_flake_ref(f"{server.url}/old.tar.gz")).directory) / "file").exists()


def test_what_is_not_there(fetchers: Fetchers, server: Server) -> None:
    with pytest.raises(Failure) as failed:
        fetchers.fetch(parse_flake_ref(f"{server.url}/a.tar.gz"))
    assert failed.value.diagnostic.code == "fetch-failed"
    assert "404" in failed.value.diagnostic.notes[0]


@pytest.mark.parametrize(
    ("reference", "lookup", "answer", "archive"),
    [
        ("github:o/r", "/repos/o/r/commits/HEAD", json.dumps({"sha": REV}), f"/o/r/archive/{REV}.tar.gz"),
        ("github:o/r/main", "/repos/o/r/commits/main", json.dumps({"sha": REV}), f"/o/r/archive/{REV}.tar.gz"),
        (
            "gitlab:o/r/main",
            "/api/v4/projects/o%2Fr/repository/commits?ref_name=main",
            json.dumps([{"id": REV}]),
            f"/api/v4/projects/o%2Fr/repository/archive.tar.gz?sha={REV}",
        ),
        ("sourcehut:~o/r/main", "/~o/r/info/refs", f"{REV}\trefs/heads/main\n", f"/~o/r/archive/{REV}.tar.gz"),
    ],
)
def test_a_branch_at_a_forge(
    reference: str, lookup: str, answer: str, archive: str, fetchers: Fetchers, server: Server
) -> None:
    server.answers[lookup] = answer.encode()
    server.answers[archive] = tar({f"r-{REV}/file": "text"})
    tree = fetchers.fetch(parse_flake_ref(reference))
    assert tree.locked["rev"] == REV and "ref" not in tree.locked
    assert sorted(tree.locked) == ["lastModified", "narHash", "owner", "repo", "rev", "type"]
    assert server.asked == [lookup, archive]
    fetchers.forget()
    fetchers.fetch({**parse_flake_ref(reference), "rev": REV} if "/main" not in reference else tree.locked)
    assert len(server.asked) == 2


def test_a_branch_that_the_forge_does_not_have(fetchers: Fetchers, server: Server) -> None:
    server.answers["/repos/o/r/commits/mian"] = b'{"message": "No commit found"}'
    with pytest.raises(Failure) as failed:
        fetchers.fetch(parse_flake_ref("github:o/r/mian"))
    assert failed.value.diagnostic.message == "`github:o/r/mian` has no branch or tag `mian`"


def test_tokens_go_to_their_forge_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIX_CONFIG", "access-tokens = github.com=one github.com/o=two gitlab.com=PAT:three")
    assert headers("https://api.github.com/repos/a/b/commits/HEAD") == {"Authorization": "token one"}
    assert headers("https://github.com/o/b/archive/x.tar.gz") == {"Authorization": "token two"}
    assert headers("https://gitlab.com/api/v4/projects/x") == {"Private-token": "three"}
    assert headers("https://example.org/github.com/o") == {}
    assert headers("http://github.com/o/b") == {}


# Git


def test_a_revision_is_exported_as_it_is_in_the_repository(tmp_path: Path, fetchers: Fetchers) -> None:
    attributes = "ignored export-ignore\nsubst export-subst\ncrlf text eol=crlf\n"
    files = {".gitattributes": attributes, "ignored": "i", "subst": "$Format:%H$\n", "crlf": "a\nb\n"}
    place = repository(tmp_path / "repository", files)
    rev = git(place, "rev-parse", "HEAD").strip()
    tree = fetchers.fetch({"type": "git", "url": f"file://{place}", "rev": rev})
    found = {path.name: path.read_bytes() for path in Path(tree.directory).iterdir()}
    assert found == {name: text.encode() for name, text in files.items()}
    assert tree.locked["revCount"] == 1 and tree.locked["lastModified"] == 1_767_225_600
    left_out = fetchers.fetch({"type": "git", "url": f"file://{place}", "rev": rev, "exportIgnore": True})
    assert not (Path(left_out.directory) / "ignored").exists()


def test_a_remote_repository_is_fetched_once(tmp_path: Path, fetchers: Fetchers) -> None:
    place = repository(tmp_path / "repository", {"file": "one"})
    bare = tmp_path / "bare.git"
    git(tmp_path, "clone", "-q", "--bare", str(place), str(bare))
    tree = fetchers.fetch({"type": "git", "url": f"file://{bare}", "ref": "main"})
    assert (Path(tree.directory) / "file").read_text() == "one"
    assert tree.locked["ref"] == "main"
    bare.rename(tmp_path / "gone")
    fetchers.forget()
    assert fetchers.fetch(tree.locked).nar_hash == tree.nar_hash


def test_a_work_tree_is_what_git_tracks(tmp_path: Path, fetchers: Fetchers) -> None:
    place = repository(tmp_path / "repository", {"file": "one", "dir/gone": "x"})
    clean = fetchers.fetch({"type": "git", "url": f"file://{place}"})
    assert clean.locked["rev"] == git(place, "rev-parse", "HEAD").strip() and clean.origin == str(place)
    write(place, {"new": "n", "file": "changed"})
    (place / "dir/gone").unlink()
    fetchers.forget()
    dirty = fetchers.fetch({"type": "git", "url": f"file://{place}"})
    assert "rev" not in dirty.locked and str(dirty.attributes()["dirtyRev"]).endswith("-dirty")
    accepts = dirty.source.accepts
    assert accepts is not None
    assert [name for name in ("file", "new", "dir", "dir/gone", ".git") if accepts(name)] == ["file"]


def test_submodules_are_part_of_it_if_wanted(tmp_path: Path, fetchers: Fetchers) -> None:
    inner = repository(tmp_path / "inner", {"file": "inside"})
    outer = repository(tmp_path / "outer", {"file": "outside"})
    git(outer, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(inner), "sub")
    git(outer, "commit", "-q", "-m", "second")
    rev = git(outer, "rev-parse", "HEAD").strip()
    without = fetchers.fetch({"type": "git", "url": f"file://{outer}", "rev": rev})
    assert not (Path(without.directory) / "sub/file").exists()
    with_them = fetchers.fetch({"type": "git", "url": f"file://{outer}", "rev": rev, "submodules": True})
    assert (Path(with_them.directory) / "sub/file").read_text() == "inside"
    assert not list(Path(with_them.directory).rglob(".git"))


def test_a_commit_that_does_not_exist(tmp_path: Path, fetchers: Fetchers) -> None:
    place = repository(tmp_path / "repository", {"file": "one"})
    with pytest.raises(Failure) as failed:
        fetchers.fetch({"type": "git", "url": f"file://{place}", "rev": REV})
    assert failed.value.diagnostic.code == "git-failed"


def test_mercurial_is_refused(fetchers: Fetchers) -> None:
    with pytest.raises(Failure) as failed:
        fetchers.fetch(parse_flake_ref("hg+https://example.org/x"))
    assert failed.value.diagnostic.code == "fetch-unsupported"


# The fetching functions of the package set


def test_what_packages_fetch(tmp_path: Path, fetchers: Fetchers, server: Server) -> None:
    server.answers["/a.tar.gz"] = tar({"top/file": "text"})
    tree = fetchers.fetch(parse_flake_ref(f"{server.url}/a.tar.gz"))
    server.asked.clear()
    wanted = {"url": f"{server.url}/elsewhere.tar.gz", "hash": tree.nar_hash}
    fetch_source(fetchers, "fetchFromGitHub", wanted, str(tmp_path / "one"))
    assert (tmp_path / "one/file").read_text() == "text" and server.asked == []
    fetch_source(fetchers, "fetchzip", {"url": f"{server.url}/a.tar.gz", "stripRoot": False}, str(tmp_path / "two"))
    assert (tmp_path / "two/top/file").read_text() == "text"
    server.answers["/file"] = b"bytes"
    sha512 = hashlib.sha512(b"bytes").hexdigest()
    urls = [f"{server.url}/gone", f"{server.url}/file"]
    fetch_source(fetchers, "fetchurl", {"urls": urls, "sha512": sha512, "executable": True}, str(tmp_path / "three"))
    assert (tmp_path / "three").read_bytes() == b"bytes" and (tmp_path / "three").stat().st_mode & 0o100
    place = repository(tmp_path / "repository", {"file": "from git"})
    fetch_source(
        fetchers,
        "fetchgit",
        {"url": f"file://{place}", "rev": "main", "fetchSubmodules": False},
        str(tmp_path / "four"),
    )
    assert (tmp_path / "four/file").read_text() == "from git"


@pytest.mark.parametrize(
    ("kind", "more", "code"),
    [
        ("fetchzip", {"hash": ""}, "fetch-hash-mismatch"),
        ("fetchurl", {"sha512": ""}, "fetch-hash-mismatch"),
        ("fetchzip", {"postFetch": "rm"}, "fetch-unsupported"),
        ("fetchsvn", {}, "fetch-unsupported"),
    ],
)
def test_what_packages_cannot_fetch(
    kind: str, more: dict[str, object], code: str, tmp_path: Path, fetchers: Fetchers, server: Server
) -> None:
    server.answers["/a.tar.gz"] = tar({"top/file": "text"})
    with pytest.raises(Failure) as failed:
        fetch_source(fetchers, kind, {"url": f"{server.url}/a.tar.gz", **more}, str(tmp_path / "out"))
    assert failed.value.diagnostic.code == code
    assert not (tmp_path / "out").exists()
