"""Which Debian archive to use: what the user said, else what the machine's apt uses, else the project's own default."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from home_manager.diagnostics import failure

DEFAULT_URL = "https://ftp.debian.org/debian"
DEFAULT_SUITE = "stable"
URL_VARIABLE = "HOME_MANAGER_DEBIAN_URL"
SUITE_VARIABLE = "HOME_MANAGER_DEBIAN_SUITE"

APT_FOLDER = "/etc/apt"
MACHINES = {"x86_64": "amd64", "amd64": "amd64", "aarch64": "arm64", "arm64": "arm64"}
TRIPLETS = {"amd64": "x86_64-linux-gnu", "arm64": "aarch64-linux-gnu"}
LOADERS = {"amd64": "ld-linux-x86-64.so.2", "arm64": "ld-linux-aarch64.so.1"}
SYSTEMS = {"x86_64-linux": "amd64", "aarch64-linux": "arm64"}


@dataclass(frozen=True, slots=True)
class Archive:
    """A Debian archive, one of its suites and an architecture; `chosen_by` says who chose the address."""

    url: str
    suite: str
    architecture: str
    chosen_by: str = ""

    @property
    def triplet(self) -> str:
        """The name of the architecture in library folders."""
        return TRIPLETS[self.architecture]

    @property
    def loader(self) -> str:
        """The file name of the program loader."""
        return LOADERS[self.architecture]

    def at(self, path: str) -> str:
        """The address of a file of the archive."""
        return f"{self.url}/{path}"

    def __str__(self) -> str:
        return f"{self.url} {self.suite}/main ({self.architecture})"


def architecture(system: str = "") -> str:
    """Debian's name of a platform (`x86_64-linux`), or of this machine."""
    found = SYSTEMS.get(system) if system else MACHINES.get(platform.machine().lower())
    if found is None:
        raise failure(
            "platform-without-packages",
            f"there are no Debian packages for `{system or platform.machine()}`",
            notes=("the debian provider knows amd64 and arm64",),
        )
    return found


def choose(
    *,
    url: str = "",
    suite: str = "",
    system: str = "",
    environment: Mapping[str, str] | None = None,
    apt_folder: str = APT_FOLDER,
) -> Archive:
    """The archive to use. `url` and `suite` are what an option or a flag says; empty where neither does."""
    variables = os.environ if environment is None else environment
    kind = architecture(system)
    wanted_suite = suite or variables.get(SUITE_VARIABLE, "") or DEFAULT_SUITE
    for text, who in ((url, "the configuration"), (variables.get(URL_VARIABLE, ""), URL_VARIABLE)):
        if text:
            return Archive(_checked(text, who), wanted_suite, kind, who)
    for text, who in apt_archives(apt_folder):
        return Archive(text, wanted_suite, kind, who)
    return Archive(DEFAULT_URL, wanted_suite, kind, "the built-in default")


def _checked(url: str, who: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]+(/\S*)?", url):
        raise failure(
            "archive-address-invalid",
            f"`{url}` is not the address of a Debian archive",
            notes=(f"it comes from {who}",),
            hints=(f"give the folder that holds `dists` and `pool`, as in {DEFAULT_URL}",),
        )
    return url.rstrip("/")


def apt_archives(folder: str) -> Iterator[tuple[str, str]]:
    """The addresses of Debian's main archive in apt's configuration, each with the file that has it."""
    for path in _apt_files(folder):
        try:
            with open(path, encoding="utf-8", errors="replace") as file:
                text = file.read()
        except OSError:
            continue
        entries = _stanzas(text) if path.endswith(".sources") else _lines(text)
        for url, suites, components in entries:
            if _is_main(url, suites, components):
                yield url.rstrip("/"), path


def _apt_files(folder: str) -> list[str]:
    parts = os.path.join(folder, "sources.list.d")
    try:
        names = sorted(name for name in os.listdir(parts) if name.endswith((".list", ".sources")))
    except OSError:
        names = []
    return [os.path.join(folder, "sources.list"), *(os.path.join(parts, name) for name in names)]


def _lines(text: str) -> Iterator[tuple[str, list[str], list[str]]]:
    """The entries of a `sources.list`: `deb [options] address suite component …`."""
    for line in text.splitlines():
        found = re.match(r"\s*deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)\s+([^#]+)", line)
        if found:
            yield found.group(1), [found.group(2)], found.group(3).split()


def _stanzas(text: str) -> Iterator[tuple[str, list[str], list[str]]]:
    """The entries of a `*.sources` file, one for each address."""
    for stanza in re.split(r"\n\s*\n", re.sub(r"(?m)^#.*\n?", "", text)):
        fields: dict[str, str] = {}
        last = ""
        for line in stanza.splitlines():
            if line[:1].isspace():
                fields[last] = fields.get(last, "") + " " + line.strip()
            elif ":" in line:
                name, _, value = line.partition(":")
                last = name.strip().lower()
                fields[last] = value.strip()
        off = fields.get("enabled", "yes").lower() in ("no", "false", "0")
        if not off and "deb" in fields.get("types", "").split():
            for url in fields.get("uris", "").split():
                yield url, fields.get("suites", "").split(), fields.get("components", "").split()


def _is_main(url: str, suites: Iterable[str], components: Iterable[str]) -> bool:
    """Whether an entry is Debian's main archive: mirrors keep it in a folder called `debian`."""
    return (
        re.match(r"https?://", url) is not None
        and url.rstrip("/").endswith("/debian")
        and "main" in components
        and any(not suite.endswith(("-security", "/updates")) for suite in suites)
    )
