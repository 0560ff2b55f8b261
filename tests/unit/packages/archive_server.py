"""A small Debian archive made by a test: packages, index, signature, and a server on 127.0.0.1."""

from __future__ import annotations

import hashlib
import io
import lzma
import os
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pysequoia


@dataclass(frozen=True)
class Entry:
    """A member of a package's data: text of a file, or target of a link, or something odd by `type`."""

    path: str
    data: bytes = b""
    mode: int = 0o644
    link: str = ""
    type: bytes = tarfile.REGTYPE


def deb(entries: list[Entry], *, postinst: str = "", compression: str = "xz") -> bytes:
    """The bytes of a .deb with these entries."""

    def tar(members: list[Entry]) -> bytes:
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w") as archive:
            for member in members:
                info = tarfile.TarInfo(member.path)
                info.mode = member.mode
                info.type = tarfile.SYMTYPE if member.link and member.type == tarfile.REGTYPE else member.type
                info.linkname = member.link
                info.size = len(member.data)
                archive.addfile(info, io.BytesIO(member.data))
        return out.getvalue()

    control = [Entry("./control", b"Package: x\n")]
    if postinst:
        control.append(Entry("./postinst", postinst.encode(), 0o755))
    packed = tar(entries)
    match compression:
        case "xz":
            packed = lzma.compress(packed)
        case "gz":
            import gzip

            packed = gzip.compress(packed)
    body = b"!<arch>\n"
    for name, data in (
        ("debian-binary", b"2.0\n"),
        ("control.tar.xz", lzma.compress(tar(control))),
        (f"data.tar.{compression}", packed),
    ):
        body += f"{name:<16}{0:<12}{0:<6}{0:<6}{100644:<8}{len(data):<10}`\n".encode() + data + b"\n" * (len(data) % 2)
    return body


@dataclass
class Release:
    """What the server has; change it between requests to be another state of the archive."""

    key: pysequoia.Tsk
    files: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    packages: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    suite: str = "stable"
    further: str = ""
    date: str = "Sat, 06 Sep 2025 08:00:00 UTC"

    @property
    def certificate(self) -> bytes:
        return bytes(self.key.extract_certificate())

    def add(self, name: str, data: bytes, version: str = "1.0-1", **fields: str) -> None:
        """A package in the archive; `fields` are those of its stanza (`Depends="libc6"`)."""
        self.packages.append((name, {"Version": version, **fields}, data))

    def publish(self) -> None:
        """Writes the index and signs it."""
        stanzas = []
        for name, fields, data in self.packages:
            path = f"pool/main/{name[0]}/{name}/{name}_{fields['Version']}_amd64.deb"
            self.files[path] = data
            lines = [
                f"Package: {name}",
                "Architecture: amd64",
                *(f"{k.replace('_', '-')}: {v}" for k, v in fields.items()),
            ]
            lines += [f"Filename: {path}", f"Size: {len(data)}", f"SHA256: {hashlib.sha256(data).hexdigest()}"]
            stanzas.append("\n".join(lines) + "\n")
        index = lzma.compress("\n".join(stanzas).encode())
        digest = hashlib.sha256(index).hexdigest()
        self.files[f"dists/{self.suite}/main/binary-amd64/Packages.xz"] = index
        text = (
            f"Origin: Debian\nSuite: {self.suite}\nCodename: testing-codename\nVersion: 1\n"
            f"Date: {self.date}\n{self.further}SHA256:\n"
            f" {digest} {len(index)} main/binary-amd64/Packages.xz\n"
        )
        signed = pysequoia.sign(self.key.signer(), text.encode(), mode=pysequoia.SignatureMode.CLEAR)
        self.files[f"dists/{self.suite}/InRelease"] = bytes(signed)


def new_release() -> Release:
    """An empty archive with a new key."""
    return Release(pysequoia.Tsk.generate("Test Archive <archive@example.org>"))


@contextmanager
def served(release: Release) -> Iterator[str]:
    """The address of a server that has the files of the archive, with ranges and entity tags."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.lstrip("/")
            release.asked.append(path)
            data = release.files.get(path)
            if data is None:
                self.send_error(404)
                return
            tag = f'"{hashlib.sha256(data).hexdigest()[:16]}"'
            if self.headers.get("If-None-Match") == tag:
                self.send_response(304)
                self.end_headers()
                return
            start = 0
            asked = self.headers.get("Range", "")
            if asked.startswith("bytes="):
                start = int(asked[6:].partition("-")[0])
            self.send_response(206 if start else 200)
            self.send_header("Content-Length", str(len(data) - start))
            self.send_header("ETag", tag)
            self.end_headers()
            self.wfile.write(data[start:])

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def machine_program(name: str) -> tuple[bytes, list[tuple[str, bytes]], str] | None:
    """A program of this machine, its libraries by file name, and the name of its loader; `None` without one."""
    from home_manager.packages.providers.debian import elf

    path = next((p for d in ("/usr/bin", "/bin") if os.path.exists(p := f"{d}/{name}")), "")
    if not path:
        return None
    with open(path, "rb") as file:
        program = file.read()
    if not elf.is_elf(program[:64]) or not elf.interpreter_of(program):
        return None
    loader = elf.interpreter_of(program)
    waiting, libraries = list(elf.read(program).needed), {}
    folders = ("/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib64", "/usr/lib64", "/usr/lib")
    while waiting:
        library = waiting.pop()
        if library in libraries or library == os.path.basename(loader):
            continue
        place = next((p for d in folders if os.path.exists(p := f"{d}/{library}")), "")
        if not place:
            return None
        with open(place, "rb") as file:
            libraries[library] = file.read()
        waiting += elf.read(libraries[library]).needed
    with open(loader, "rb") as file:
        return program, [*libraries.items(), (os.path.basename(loader), file.read())], os.path.basename(loader)
