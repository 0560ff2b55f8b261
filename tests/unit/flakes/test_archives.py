"""Archives that want to write elsewhere."""

from __future__ import annotations

import gzip
import io
import stat
import tarfile
import zipfile
from pathlib import Path
from random import Random

import pytest

from home_manager.diagnostics import Failure
from home_manager.flakes.archives import sole_directory, unpack
from home_manager.packages.providers.debian.unpack import unpack as unpack_deb


def member(name: str, kind: bytes = tarfile.REGTYPE, target: str = "", mode: int = 0o644) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname, info.mode = kind, target, mode
    return info


def packed(tmp_path: Path, *members: tarfile.TarInfo) -> str:
    place = tmp_path / "archive.tar"
    with tarfile.open(place, "w") as archive:
        for info in members:
            body = b"text" if info.isreg() else b""
            info.size = len(body)
            archive.addfile(info, io.BytesIO(body))
    return str(place)


@pytest.mark.parametrize(
    "members",
    [
        [member("/etc/passwd")],
        [member("../outside")],
        [member("a/../../outside")],
        [member("link", tarfile.SYMTYPE, ".."), member("link/outside")],
        [member("link", tarfile.SYMTYPE, "/tmp"), member("link", tarfile.DIRTYPE), member("link/outside")],
        [member("hard", tarfile.LNKTYPE, "/etc/passwd")],
        [member("hard", tarfile.LNKTYPE, "../outside")],
        [member("link", tarfile.SYMTYPE, "/etc/passwd"), member("hard", tarfile.LNKTYPE, "link")],
        [member("fifo", tarfile.FIFOTYPE)],
        [member("device", tarfile.CHRTYPE)],
    ],
)
def test_nothing_leaves_the_directory(members: list[tarfile.TarInfo], tmp_path: Path) -> None:
    (tmp_path / "outside").write_text("mine")
    with pytest.raises((Failure, FileExistsError)) as failed:
        unpack(packed(tmp_path, *members), str(tmp_path / "tree"), "http://x/a.tar")
    assert isinstance(failed.value, Failure) and failed.value.diagnostic.code == "archive-damaged"
    assert (tmp_path / "outside").read_text() == "mine"


def test_links_come_out_as_they_are_and_programs_can_be_run(tmp_path: Path) -> None:
    archive = packed(
        tmp_path,
        member("./", tarfile.DIRTYPE),
        member("./program", mode=0o4755),
        member("./away", tarfile.SYMTYPE, "/nowhere"),
        member("./hard", tarfile.LNKTYPE, "./program"),
    )
    unpack(archive, str(tmp_path / "tree"), "http://x/a.tar")
    assert stat.S_IMODE((tmp_path / "tree/program").stat().st_mode) == 0o755
    assert (tmp_path / "tree/away").readlink() == Path("/nowhere")
    assert (tmp_path / "tree/hard").read_text() == "text"
    assert sole_directory(str(tmp_path / "tree")) == str(tmp_path / "tree")


def test_a_zip_file_that_wants_out(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("../outside", "text")
    with pytest.raises(Failure):
        unpack(str(tmp_path / "a.zip"), str(tmp_path / "tree"), "http://x/a.zip")
    assert not (tmp_path / "outside").exists()


@pytest.mark.parametrize(
    "data", [b"", b"no archive at all", b"\x1f\x8b\x08\x00broken", b"\xfd7zXZ\x00broken", b"BZh9broken"]
)
def test_what_is_no_archive(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(data)
    with pytest.raises(Failure) as failed:
        unpack(str(tmp_path / "file"), str(tmp_path / "tree"), "http://x/a.tar")
    assert failed.value.diagnostic.code == "archive-damaged"


def damaged(data: bytes, random: Random) -> bytes:
    """An archive in which some bytes are others, missing, or too many."""
    changed = bytearray(data)
    for _ in range(random.randint(1, 8)):
        at = random.randrange(len(changed))
        match random.choice(("other", "other", "missing", "more")):
            case "other":
                changed[at] = random.choice((0, 255, ord("-"), ord("9"), random.randrange(256)))
            case "missing":
                del changed[at : at + random.randint(1, 20)]
            case _:
                changed[at:at] = random.randbytes(random.randint(1, 20))
    for start in range(0, len(changed) - 511, 512):
        # A header whose sum is wrong is not looked at any further.
        header = changed[start : start + 512]
        if header[257:262] == b"ustar" and random.random() < 0.7:
            changed[start + 148 : start + 156] = b"%06o\0 " % (sum(header[:148]) + sum(header[156:]) + 256)
    return bytes(changed)


@pytest.mark.parametrize("kind", ["tar", "gz", "zip", "deb"])
def test_whatever_is_damaged_is_told(kind: str, tmp_path: Path) -> None:
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name in ("d/a", "d/" + "long" * 40):
            info = tarfile.TarInfo(name)
            info.size, info.mtime, info.pax_headers = 300, 12.5, {"comment": "c" * 20}
            tar.addfile(info, io.BytesIO(b"x" * 300))
        tar.addfile(member("d/l", tarfile.SYMTYPE, "a"))
    data = plain.getvalue()
    if kind == "gz":
        data = gzip.compress(data)
    if kind == "zip":
        plain = io.BytesIO()
        with zipfile.ZipFile(plain, "w") as zipped:
            zipped.writestr("d/a", "x" * 300)
            zipped.writestr("d/b", "")
        data = plain.getvalue()
    if kind == "deb":
        header = f"{'data.tar':<16}{0:<12}{0:<6}{0:<6}{100644:<8}{len(data):<10}`\n"
        data = b"!<arch>\n" + header.encode() + data
    random = Random(kind)
    for number in range(150):
        file = tmp_path / "archive"
        file.write_bytes(damaged(data, random))
        try:
            if kind == "deb":
                unpack_deb(str(file), str(tmp_path / f"{number}"), "x")
            else:
                unpack(str(file), str(tmp_path / f"{number}"), "file:archive")
        except Failure:
            pass
