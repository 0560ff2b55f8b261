"""Programs and parsers that read a generated file, so that an expectation cannot bless what its program rejects.

A parser of the standard library is always asked. A program is asked where it is installed; the suite's summary names
those that were not.
"""

from __future__ import annotations

import ast
import configparser
import fnmatch
import json
import os
import plistlib
import re
import shutil
import subprocess
import tempfile
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from harness import desktop_readers, mail_readers, tool_readers

PROGRAMS = (
    "git", "bash", "zsh", "fish", "tmux", "vim", "systemd-analyze", "msmtp", "mbsync", "notmuch", "newsboat",
    "khal", "khard", "vdirsyncer", "abook", "neomutt",
    *(program for program, *_ in (*desktop_readers.READERS, *tool_readers.READERS)),
)  # fmt: skip
"""The programs that are asked, by name."""


class Rejected(AssertionError):
    """A file that its reader refuses."""


def missing_programs() -> list[str]:
    """The programs that are not installed here."""
    return [name for name in PROGRAMS if shutil.which(name) is None]


def _run(words: list[str], home: Path, accepted: tuple[int, ...] = (0,)) -> str:
    """Runs a reader in an empty home; its complaint, or nothing."""
    environment = {"HOME": str(home), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TERM": "dumb"}
    done = subprocess.run(
        words, env=environment, cwd=home, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30
    )
    if done.returncode not in accepted:
        return done.stdout + done.stderr or f"status {done.returncode}"
    return ""


def _json(path: Path, home: Path) -> str:
    json.loads(path.read_text("utf-8"))
    return ""


def _toml(path: Path, home: Path) -> str:
    # meli reads lines that include other files before it takes the rest for TOML.
    tomllib.loads(re.sub(r"(?m)^include\(.*\)$", "", path.read_text("utf-8")))
    return ""


def _xml(path: Path, home: Path) -> str:
    ElementTree.parse(path)
    return ""


def _plist(path: Path, home: Path) -> str:
    plistlib.loads(path.read_bytes())
    return ""


def _python(path: Path, home: Path) -> str:
    ast.parse(path.read_text("utf-8"))
    return ""


def _ini(path: Path, home: Path) -> str:
    parser = configparser.ConfigParser(strict=False, interpolation=None, allow_no_value=True, delimiters=("=",))
    parser.read_string(path.read_text("utf-8"))
    return ""


def _git(path: Path, home: Path) -> str:
    return _run(["git", "config", "--list", "--file", str(path)], home)


def _bash(path: Path, home: Path) -> str:
    return _run(["bash", "-n", str(path)], home)


def _zsh(path: Path, home: Path) -> str:
    return _run(["zsh", "-f", "-n", str(path)], home)


def _fish(path: Path, home: Path) -> str:
    return _run(["fish", "--no-config", "--no-execute", str(path)], home)


def _tmux(path: Path, home: Path) -> str:
    # `-n` parses without executing, so that no plugin of the file is started; a server must run to read it.
    socket = f"home-manager-test-{os.getpid()}"
    said = _run(
        ["tmux", "-L", socket, "-f", "/dev/null", "new-session", "-d", ";", "source-file", "-n", str(path)], home
    )
    subprocess.run(["tmux", "-L", socket, "kill-server"], capture_output=True)
    # Where the machine has no pseudo-terminals, no server starts and nobody has read anything.
    return "" if "create window failed" in said else said


def _vim(path: Path, home: Path) -> str:
    return _run(["vim", "-e", "-s", "-N", "-i", "NONE", "-u", "NONE", "-c", f"source {path}", "-c", "qall!"], home)


def _unit(path: Path, home: Path) -> str:
    # It also looks for the programs of a unit, which need not exist here; what it says of the file is what counts.
    copy = home / path.name
    copy.write_bytes(path.read_bytes())
    command = ["systemd-analyze", "verify", "--user", "--man=no", str(copy)]
    environment = {"HOME": str(home), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "XDG_RUNTIME_DIR": str(home)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=30)
    return "\n".join(line for line in done.stderr.splitlines() if re.match(rf"{re.escape(str(copy))}:\d+: ", line))


class Reader(NamedTuple):
    """A reader of the files whose target matches one of its patterns; `program` is empty for a parser of ours."""

    patterns: tuple[str, ...]
    program: str
    read: Callable[[Path, Path], str]


READERS = (
    Reader(("*.json",), "", _json),
    Reader(("*.toml",), "", _toml),
    Reader(("*.xml", "*/fontconfig/*.conf"), "", _xml),
    Reader(("*.plist",), "", _plist),
    Reader(("*.py",), "", _python),
    Reader(("*.desktop",), "", _ini),
    Reader((".config/git/config", ".gitconfig"), "git", _git),
    Reader((".bashrc", ".bash_profile", ".bash_login", ".bash_logout", ".profile", "*.sh", "*.bash"), "bash", _bash),
    Reader(desktop_readers.SCRIPTS, "bash", _bash),
    Reader((".zshrc", ".zshenv", ".zprofile", ".zlogin", ".zlogout", "*/.z*", "*.zsh"), "zsh", _zsh),
    Reader(("*.fish",), "fish", _fish),
    Reader(("*/tmux.conf", ".tmux.conf"), "tmux", _tmux),
    *(
        Reader(tuple(patterns), program, read)
        for program, read, *patterns in (*desktop_readers.READERS, *tool_readers.READERS)
    ),
    Reader((".vimrc", "*/vimrc", "*.vim"), "vim", _vim),
    Reader(
        tuple(f".config/systemd/user/*.{kind}" for kind in ("service", "socket", "timer", "target", "path", "slice")),
        "systemd-analyze",
        _unit,
    ),
    Reader((".config/msmtp/config",), "msmtp", mail_readers.msmtp),
    Reader((".config/isyncrc",), "mbsync", mail_readers.mbsync),
    Reader((".config/neomutt/*",), "neomutt", mail_readers.neomutt),
    Reader((".config/notmuch/default/config",), "notmuch", mail_readers.notmuch),
    Reader((".config/newsboat/config",), "newsboat", mail_readers.newsboat),
    Reader((".config/newsboat/urls",), "newsboat", mail_readers.newsboat_feeds),
    Reader((".config/khal/config",), "khal", mail_readers.khal),
    Reader((".config/khard/khard.conf",), "khard", mail_readers.khard),
    Reader((".config/vdirsyncer/config",), "vdirsyncer", mail_readers.vdirsyncer),
    Reader((".config/abook/abookrc",), "abook", mail_readers.abook),
)


def reject_unreadable(target: str, content: bytes) -> None:
    """Raises `Rejected` where a reader of this target refuses the content."""
    for reader in READERS:
        if not any(fnmatch.fnmatch(target, pattern) for pattern in reader.patterns):
            continue
        if reader.program and shutil.which(reader.program) is None:
            continue
        with tempfile.TemporaryDirectory() as scratch:
            path = Path(
                scratch, os.path.basename(target).lstrip(".") if reader.program == "systemd-analyze" else "file"
            )
            path.write_bytes(content)
            home = Path(scratch, "home")
            home.mkdir()
            try:
                said = reader.read(path, home)
            except (ValueError, SyntaxError, configparser.Error, plistlib.InvalidFileException) as error:
                said = f"{type(error).__name__}: {error}"
            if said:
                raise Rejected(f"{reader.program or 'its parser'} refuses {target}:\n{said}")
