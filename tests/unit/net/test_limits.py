"""Answers that are too large, too slow, or never end; redirects that leave the host; archives that fill the disk."""

from __future__ import annotations

import gzip
import io
import lzma
import os
import tarfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from home_manager.diagnostics import Failure
from home_manager.flakes.archives import unpack
from home_manager.flakes.download import Downloads
from home_manager.flakes.fetchers import _immutable
from home_manager.net.http import HttpClient, NoAnswer, chunks
from home_manager.net.limits import Budget, Counted, LimitReached, Limits, Watch
from home_manager.packages.providers.debian.archive_client import Fetcher, Wanted
from home_manager.packages.providers.debian.package_index import parse
from home_manager.packages.providers.debian.unpack import unpack as unpack_deb

Answer = Callable[[BaseHTTPRequestHandler], None]


class Server(ThreadingHTTPServer):
    daemon_threads = True
    answers: dict[str, Answer]
    asked: list[tuple[str, dict[str, str]]]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Server)
        self.server.asked.append((self.path, dict(self.headers.items())))
        try:
            self.server.answers[self.path](self)
        except OSError:
            pass

    def log_message(self, format: str, *words: object) -> None:
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("no_proxy", "*")
    server = Server(("127.0.0.1", 0), _Handler)
    server.answers, server.asked = {}, []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def headed(*headers: tuple[str, str], status: int = 200, body: bytes = b"") -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response_only(status)
        for name, value in headers:
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def dripping(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response_only(200)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    while True:
        handler.wfile.write(b"x")
        time.sleep(0.05)


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response_only(200)
    handler.end_headers()
    while True:
        handler.wfile.write(bytes(1 << 16))


def head_without_end(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.05)


def body(server: Server, path: str, limits: Limits, **more: float) -> bytes:
    client = HttpClient(attempts=1, read_seconds=5.0, **more)  # type: ignore[arg-type]
    url = f"{server.url}{path}"
    return b"".join(chunks(client.open(url), url, limits))


def test_what_comes_too_slowly_is_given_up(server: Server) -> None:
    server.answers["/x"] = dripping
    began = time.monotonic()
    with pytest.raises(NoAnswer, match="less than 512 bytes a second"):
        body(server, "/x", Limits(window=0.5))
    with pytest.raises(NoAnswer, match="was not there after"):
        body(server, "/x", Limits(window=600.0, seconds=0.5))
    assert time.monotonic() - began < 60


def test_what_never_ends_is_given_up(server: Server, tmp_path: Path) -> None:
    server.answers["/x"] = endless
    with pytest.raises(NoAnswer, match="more than the 1 MB"):
        body(server, "/x", Limits(size=1_000_000))
    with pytest.raises(Failure) as failed:
        Downloads().fetch(f"{server.url}/x", str(tmp_path / "x"), Limits(size=1_000_000))
    assert failed.value.diagnostic.code == "fetch-failed"
    assert (tmp_path / "x").stat().st_size < 2_000_000


def test_a_text_is_small(server: Server) -> None:
    server.answers["/x"] = endless
    with pytest.raises(Failure) as failed:
        Downloads().text(f"{server.url}/x")
    assert "16 MB" in failed.value.diagnostic.notes[0]
    with pytest.raises(Failure) as failed:
        Fetcher().get(f"{server.url}/x")
    assert "16 MB" in failed.value.diagnostic.notes[0]


def test_what_says_that_it_is_too_large_is_not_begun(server: Server) -> None:
    server.answers["/x"] = headed(("Content-Length", "99999999999999"))
    with pytest.raises(NoAnswer, match="at most 4 GB are taken"):
        body(server, "/x", Limits())


def test_a_head_without_end_is_given_up(server: Server) -> None:
    server.answers["/x"] = head_without_end
    began = time.monotonic()
    with pytest.raises(NoAnswer, match="no answer came within"):
        body(server, "/x", Limits(), head_seconds=0.5)
    assert time.monotonic() - began < 60


@pytest.mark.parametrize("said", ["abc", "-5", "1e3", "٣", "", "5, 5"])
def test_a_length_that_is_no_number_is_none(server: Server, said: str) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Length: " + said.encode() + b"\r\n\r\nhello")

    server.answers["/x"] = answer
    try:
        assert body(server, "/x", Limits()) in (b"hello", b"")
    except NoAnswer:
        pass  # the library that reads HTTP refuses some of them


def test_an_archive_sends_no_more_than_its_index_says(server: Server, tmp_path: Path) -> None:
    server.answers["/x"] = endless
    wanted = Wanted(f"{server.url}/x", str(tmp_path / "x"), 100_000, "0" * 64)
    with pytest.raises(Failure) as failed:
        Fetcher(attempts=1).fetch([wanted], lambda *_: None)
    assert failed.value.diagnostic.code == "archive-unreachable"
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 500_000


def test_a_kept_file_is_not_trusted_by_its_name(server: Server, tmp_path: Path) -> None:
    import hashlib

    server.answers["/x"] = headed(body=b"right")
    (tmp_path / "x").write_bytes(b"wrong")
    digest = hashlib.sha256(b"right").hexdigest()
    Fetcher().fetch([Wanted(f"{server.url}/x", str(tmp_path / "x"), 5, digest)], lambda *_: None)
    assert (tmp_path / "x").read_bytes() == b"right"


@pytest.mark.parametrize("name", ["Authorization", "Private-token", "PRIVATE-TOKEN", "Cookie", "X-Anything"])
def test_secrets_stay_with_their_host(server: Server, name: str, tmp_path: Path) -> None:
    server.answers["/to-other"] = headed(("Location", f"http://localhost:{server.server_port}/end"), status=302)
    server.answers["/to-same"] = headed(("Location", f"{server.url}/end"), status=302)
    server.answers["/end"] = headed(body=b"there")
    downloads = Downloads(headers=lambda url: {name: "SECRET"})
    for path, expected in (("/to-other", False), ("/to-same", True)):
        server.asked.clear()
        downloads.fetch(f"{server.url}{path}", str(tmp_path / "x"))
        assert [at for at, _ in server.asked] == [path, "/end"]
        assert ("SECRET" in server.asked[0][1].values(), "SECRET" in server.asked[1][1].values()) == (True, expected)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "/etc/passwd", "ftp://x/y", "path:/x"])
def test_no_redirect_leads_into_this_machine(server: Server, url: str, tmp_path: Path) -> None:
    server.answers["/x"] = headed(("Location", url), status=302)
    with pytest.raises((Failure, KeyError)):
        Downloads().fetch(f"{server.url}/x", str(tmp_path / "x"))
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("path", ["/dev/zero", "/dev", "PIPE"])
def test_only_files_of_this_machine_are_fetched(path: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Failure) as failed:
        Downloads().fetch(f"file://{path.replace('PIPE', str(tmp_path / 'pipe'))}", str(tmp_path / "x"))
    assert failed.value.diagnostic.notes == ("it is not a regular file",)


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("file:///home/alice/x.tar.gz", ""),
        ("path:/etc", ""),
        ("git+file:///x", ""),
        ("https://h/x.tar.gz", "https://h/x.tar.gz"),
    ],
)
def test_what_is_immutable_is_elsewhere(server: Server, link: str, expected: str, tmp_path: Path) -> None:
    server.answers["/x"] = headed(("Link", f'<{link}>; rel="immutable"'), body=b"x")
    assert Downloads().fetch(f"{server.url}/x", str(tmp_path / "x")).immutable == expected
    assert _immutable(link) == ({"url": expected} if expected else {})


# Archives


def packed(pieces: dict[str, bytes], count: int = 0) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for name, data in pieces.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
        for number in range(count):
            tar.addfile(tarfile.TarInfo(f"d/{number}"))
    return out.getvalue()


BOMB = bytes(40_000_000)


@pytest.fixture
def little(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits that a test can afford to reach."""
    monkeypatch.setattr("home_manager.net.limits._ALWAYS", 10_000_000)
    monkeypatch.setattr("home_manager.net.limits.ENTRIES", 1000)
    monkeypatch.setattr(Budget, "for_archive", classmethod(lambda cls, size: cls(max(100 * size, 10_000_000), 1000)))


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x/bomb", BOMB)
    return out.getvalue()


@pytest.mark.parametrize(
    "make",
    [
        lambda: gzip.compress(packed({"x/bomb": BOMB})),
        lambda: lzma.compress(packed({"x/bomb": BOMB})),
        lambda: gzip.compress(packed({f"x/{n}": bytes(1_000_000) for n in range(40)})),
        lambda: gzip.compress(packed({"x": b""}, 2000)),
        zipped,
    ],
    ids=["gz", "xz", "many", "count", "zip"],
)
def test_an_archive_that_fills_the_disk_is_not_unpacked(
    make: Callable[[], bytes], tmp_path: Path, little: None
) -> None:
    (tmp_path / "archive").write_bytes(make())
    with pytest.raises(Failure) as failed:
        unpack(str(tmp_path / "archive"), str(tmp_path / "tree"), "https://h/x")
    assert failed.value.diagnostic.code == "archive-damaged"
    assert "is not unpacked" in failed.value.diagnostic.message
    assert sum(each.stat().st_size for each in (tmp_path / "tree").rglob("*") if each.is_file()) < 12_000_000


def test_what_is_packed_well_is_unpacked(tmp_path: Path) -> None:
    (tmp_path / "archive").write_bytes(gzip.compress(packed({"x/zeros": BOMB, "x/a": b"a"})))
    unpack(str(tmp_path / "archive"), str(tmp_path / "tree"), "https://h/x")
    assert (tmp_path / "tree/x/zeros").stat().st_size == len(BOMB)


def test_a_package_that_fills_the_disk_is_not_unpacked(tmp_path: Path, little: None) -> None:
    def member(name: str, data: bytes) -> bytes:
        head = f"{name:<16}{0:<12}{0:<6}{0:<6}{'100644':<8}{len(data):<10}`\n".encode()
        return head + data + b"\n" * (len(data) % 2)

    data = lzma.compress(packed({"usr/share/bomb": BOMB}))
    (tmp_path / "x.deb").write_bytes(b"!<arch>\n" + member("debian-binary", b"2.0\n") + member("data.tar.xz", data))
    with pytest.raises(Failure) as failed:
        unpack_deb(str(tmp_path / "x.deb"), str(tmp_path / "tree"), "x")
    assert failed.value.diagnostic.code == "package-damaged"
    assert "unpacks to more than" in failed.value.diagnostic.message


def test_a_piece_that_is_too_large_is_not_even_made() -> None:
    class Endless(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            assert 0 <= size <= 1001
            return bytes(size)

    with pytest.raises(LimitReached):
        Counted(Endless(), Budget(1000)).read(10**12)  # type: ignore[arg-type]


def test_the_budget_grows_with_the_archive() -> None:
    assert Budget.for_archive(1).bytes_left == 256_000_000
    assert Budget.for_archive(50_000_000).bytes_left == 5_000_000_000
    assert Budget.for_archive(10**12).bytes_left == 16_000_000_000


def test_a_fast_answer_is_never_too_slow() -> None:
    watch = Watch(Limits(window=0.0))
    for _ in range(10):
        time.sleep(0.01)
        watch.came(1000)


def test_tabs_in_an_index_are_no_fields() -> None:
    stanza = "Package: a\tb\nVersion: 1\nArchitecture: all\nFilename: f\nSize: 1\nSHA256: 0\nDescription: x\ty\tz\n"
    (record,) = parse(stanza)
    assert (record.name, record.summary) == ("a b", "x y z")
