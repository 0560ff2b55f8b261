"""Tools for development that read a generated file."""

from __future__ import annotations

from pathlib import Path

from harness.desktop_readers import complaint, failure


def hg(path: Path, home: Path) -> str:
    return failure(["hg", "config"], home, HGRCPATH=str(path))


def kak(path: Path, home: Path) -> str:
    command = f"try %{{ source {path}; quit 0 }} catch %{{ echo -to-file /dev/stderr %val{{error}}; quit 1 }}"
    return failure(["kak", "-ui", "dummy", "-e", command], home)


def ledger(path: Path, home: Path) -> str:
    return failure(["ledger", "--init-file", str(path), "-f", "/dev/null", "balance"], home)


def aws_configuration(path: Path, home: Path) -> str:
    return complaint(["aws", "configure", "list"], home, "arse", AWS_CONFIG_FILE=str(path))


def aws_credentials(path: Path, home: Path) -> str:
    return complaint(["aws", "configure", "list"], home, "arse", AWS_SHARED_CREDENTIALS_FILE=str(path))


READERS = (
    ("hg", hg, ".config/hg/hgrc"),
    ("kak", kak, ".config/kak/kakrc"),
    ("ledger", ledger, ".config/ledger/ledgerrc"),
    ("aws", aws_configuration, ".aws/config"),
    ("aws", aws_credentials, ".aws/credentials"),
)
