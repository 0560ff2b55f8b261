"""Proof that a suite's `InRelease` comes from Debian and is not out of date.

The public keys of the archive lie beside this file (`keys.asc`, taken from Debian's package debian-archive-keyring:
the automatic and the release keys of the stable releases 11, 12 and 13). A clear-signed text is read by the OpenPGP
library itself, which gives back exactly what was signed: what stands around it is never looked at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from home_manager.diagnostics import failure

KEYS = "keys.asc"


@dataclass(frozen=True, slots=True)
class Release:
    """The signed description of a suite: its fields, and the SHA-256 and size of each of its files."""

    fields: dict[str, str]
    files: dict[str, tuple[str, int]]

    @property
    def codename(self) -> str:
        return self.fields.get("Codename", "")

    @property
    def version(self) -> str:
        return self.fields.get("Version", "")


def archive_keys() -> bytes:
    """The public keys that Debian signs its archive with."""
    from importlib.resources import files

    return (files(__package__) / KEYS).read_bytes()


def verified(signed: bytes, url: str, *, keys: bytes | None = None, now: datetime | None = None) -> Release:
    """The description of a suite, if one of the keys signed it and its time has not run out.

    Raises `Failure` with `archive-untrusted` or `archive-expired`.
    """
    import pysequoia

    certificates = pysequoia.Cert.split_bytes(archive_keys() if keys is None else keys)
    if not signed.lstrip().startswith(b"-----BEGIN PGP SIGNED MESSAGE-----"):
        raise failure(
            "archive-untrusted",
            f"`{url}` is not a signed description of a Debian suite",
            hints=("give the address of a Debian archive: the folder that holds `dists` and `pool`",),
        )
    try:
        text = pysequoia.verify(signed, lambda _: certificates).bytes
    except Exception as problem:  # the library has no exception of its own: its errors are RuntimeError and others
        raise failure(
            "archive-untrusted",
            f"`{url}` is not signed by Debian",
            notes=(str(problem).splitlines()[0] if str(problem) else "the signature could not be read",),
            hints=("choose another archive, or try again: a proxy may have changed the file",),
        ) from None
    if text is None:
        raise failure("archive-untrusted", f"`{url}` holds a signature without a text")
    release = _parsed(text.decode("utf-8", "replace"))
    until = release.fields.get("Valid-Until", "")
    if until:
        end = _time(until)
        if end is None or end < (now or datetime.now(UTC)):
            raise failure(
                "archive-expired",
                f"the description of the suite at `{url}` ran out on {until}",
                notes=("an old one could hide security updates",),
                hints=("choose an archive that is kept up to date, or look at this machine's clock",),
            )
    return release


def _parsed(text: str) -> Release:
    fields: dict[str, str] = {}
    files: dict[str, tuple[str, int]] = {}
    section = ""
    for line in text.splitlines():
        if line.startswith(" "):
            if section == "SHA256":
                parts = line.split()
                if len(parts) == 3 and re.fullmatch(r"[0-9a-f]{64}", parts[0]) and parts[1].isdigit():
                    files[parts[2]] = (parts[0], int(parts[1]))
        else:
            section, _, value = line.partition(":")
            fields[section] = value.strip()
    return Release(fields, files)


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _time(text: str) -> datetime | None:
    """A time as Debian writes it, `Sat, 12 Sep 2026 07:55:41 UTC`, whatever the language of the machine."""
    found = re.fullmatch(r"\w{3}, +(\d+) (\w{3}) (\d{4}) (\d\d):(\d\d):(\d\d) (?:UTC|\+0000)", text)
    if found is None or found.group(2) not in MONTHS:
        return None
    day, _, year, *clock = found.groups()
    month = MONTHS.index(found.group(2)) + 1
    try:
        return datetime(int(year), month, int(day), int(clock[0]), int(clock[1]), int(clock[2]), tzinfo=UTC)
    except ValueError:
        return None  # no calendar has this day, or no clock this hour
