"""Programs for mail, calendars and contacts that read their generated files; none of them reaches a server.

Each function gives what the program says against the file, or nothing.
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path


def _said(words: list[str], home: Path) -> tuple[int, str]:
    environment = {"HOME": str(home), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TERM": "dumb"}
    done = subprocess.run(
        words, env=environment, cwd=home, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30
    )
    return done.returncode, done.stdout + done.stderr


def _with_certificates(path: Path, home: Path) -> Path:
    """The file with certificates that are there, and without commands: mbsync and msmtp look for what it names."""
    certificates, copy = home / "certificates.pem", home / path.name
    certificates.write_text("")
    text = re.sub(r"(?m)^(CertificateFile|tls_trust_file) .*$", rf"\1 {certificates}", path.read_text("utf-8"))
    copy.write_text(re.sub(r"(?m)^passwordeval .*$", "", text), "utf-8")
    return copy


def msmtp(path: Path, home: Path) -> str:
    if "account" not in path.read_text("utf-8"):
        return ""
    words = ["msmtp", "-C", str(_with_certificates(path, home)), "--pretend", "--account=default", "bob@example.org"]
    status, said = _said(words, home)
    return said if status else ""


def mbsync(path: Path, home: Path) -> str:
    file = _with_certificates(path, home)
    # Release 1.5 gave the setting another name; older ones know the first alone.
    if re.search(r"isync 1\.[0-4]\.", _said(["mbsync", "--version"], home)[1]):
        file.write_text(
            file.read_text("utf-8").replace("TLSType", "SSLType").replace("TLSVersions", "SSLVersions"), "utf-8"
        )
    _, said = _said(["mbsync", "-c", str(file), "--list", "no-such-channel"], home)
    return "\n".join(line for line in said.splitlines() if line.startswith(f"{file}:"))


def neomutt(path: Path, home: Path) -> str:
    if path.read_text("utf-8").count("set header_cache"):
        return ""  # the main file has accounts sourced and mailboxes looked for, which are not here
    _, said = _said(["neomutt", "-n", "-F", str(path), "-Q", "realname"], home)
    return "\n".join(line for line in said.splitlines() if line.startswith(("Error in", "Warning in")))


def notmuch(path: Path, home: Path) -> str:
    status, said = _said(["notmuch", f"--config={path}", "config", "list"], home)
    return said if status else ""


def newsboat(path: Path, home: Path) -> str:
    feeds = home / "urls"
    feeds.write_text("https://example.org/feed\n")
    status, said = _said(["newsboat", "-C", str(path), "-u", str(feeds), "-c", str(home / "cache.db"), "-e"], home)
    return said if status else ""


def newsboat_feeds(path: Path, home: Path) -> str:
    config = home / "config"
    config.write_text("")
    status, said = _said(["newsboat", "-C", str(config), "-u", str(path), "-c", str(home / "cache.db"), "-e"], home)
    return said if status else ""


def khal(path: Path, home: Path) -> str:
    _, said = _said(["khal", "-c", str(path), "printcalendars"], home)
    # Which calendars there are khal finds out in directories that are not here.
    lines = [line for line in said.splitlines() if line.startswith(("critical:", "error:"))]
    return "\n".join(line for line in lines if "default_calendar" not in line and "is not valid" not in line)


def khard(path: Path, home: Path) -> str:
    _, said = _said(["khard", "-c", str(path), "addressbooks"], home)
    return "\n".join(
        line for line in said.splitlines() if line.startswith("Error in config file: ") and line[22:].strip()
    )


def vdirsyncer(path: Path, home: Path) -> str:
    status, said = _said(["vdirsyncer", "-c", str(path), "showconfig"], home)
    return said if status else ""


def abook(path: Path, home: Path) -> str:
    words = ["abook", "--config", str(path), "--convert", "--informat", "abook", "--infile", "/dev/null"]
    _, said = _said([*words, "--outformat", "csv", "--outfile", str(home / "out.csv")], home)
    return "\n".join(line for line in said.splitlines() if line.startswith(f"{path}:"))
