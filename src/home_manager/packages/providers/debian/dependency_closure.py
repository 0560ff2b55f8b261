"""What a package needs to run: its dependencies and theirs, without those that only a whole Debian system uses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from home_manager.diagnostics import failure
from home_manager.packages.providers.debian.package_index import Index, Record
from home_manager.packages.providers.debian.versions import satisfies

# Packages that are left out wherever they are only depended upon, each with the reason.
LEFT_OUT: Mapping[str, str] = {
    "adduser": "makes accounts when a package is installed",
    "base-files": "the skeleton of a whole system",
    "base-passwd": "the accounts of a whole system",
    "ca-certificates": "made on the host by a script; programs read the host's /etc/ssl/certs",
    "ca-certificates-java": "made on the host by a script",
    "cron": "a system service",
    "cron-daemon-common": "a system service",
    "dbus": "the message bus belongs to the host",
    "dbus-bin": "the message bus belongs to the host",
    "dbus-daemon": "the message bus belongs to the host",
    "dbus-session-bus-common": "the message bus belongs to the host",
    "dbus-system-bus-common": "the message bus belongs to the host",
    "dbus-user-session": "the message bus belongs to the host",
    "debconf": "asks questions when a package is installed",
    "debianutils": "used by installation scripts",
    "dmsetup": "manages the host's disks",
    "dpkg": "the package manager of a whole system",
    "emacsen-common": "registers packages when they are installed",
    "gcc-14-base": "documentation only",
    "init": "the host's init",
    "init-system-helpers": "used by installation scripts",
    "install-info": "used by installation scripts",
    "libdebconfclient0": "asks questions when a package is installed",
    "libnss-systemd": "belongs to the host's libc",
    "libpam-modules": "logins belong to the host",
    "libpam-modules-bin": "logins belong to the host",
    "libpam-runtime": "logins belong to the host",
    "libpam-systemd": "logins belong to the host",
    "login": "logins belong to the host",
    "login.defs": "logins belong to the host",
    "logsave": "used by the host's init",
    "lsb-base": "used by init scripts",
    "mailcap": "the host's register of programs",
    "media-types": "the host's register of file types",
    "mime-support": "the host's register of file types",
    "mount": "manages the host's disks",
    "netbase": "the host's /etc/services",
    "openssl": "libraries ask for it to rebuild certificate folders",
    "passwd": "logins belong to the host",
    "policykit-1": "a system service",
    "polkitd": "a system service",
    "procps": "manages the host",
    "sensible-utils": "chooses among the host's programs",
    "ssl-cert": "makes certificates when it is installed",
    "systemd": "the host's init",
    "systemd-sysv": "the host's init",
    "sysvinit-utils": "used by init scripts",
    "tzdata": "the host's time zones",
    "tzdata-legacy": "the host's time zones",
    "ucf": "keeps configuration files when a package is installed",
    "udev": "the host's devices",
    "util-linux": "manages the host",
    "x11-common": "used by init scripts",
    "xdg-user-dirs": "makes folders at login",
    "xserver-common": "the host's display",
}

ALTERNATIVE = re.compile(
    r"\s*([a-z0-9][a-z0-9+.-]*)(?::([\w-]+))?\s*(?:\(\s*(<<|<=|=|>=|>>)\s*([^)\s]+)\s*\))?\s*(?:\[[^\]]*\])?\s*(?:<[^>]*>\s*)*"
)


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to fulfil a dependency: a package, and the relation that its version must fulfil, if any."""

    name: str
    relation: str = ""
    version: str = ""


def alternatives(text: str) -> list[tuple[Alternative, ...]]:
    """The dependencies of a `Depends` field: all must be fulfilled, each in one of several ways."""
    found: list[tuple[Alternative, ...]] = []
    for part in text.split(","):
        ways = []
        for way in part.split("|"):
            match = ALTERNATIVE.fullmatch(way)
            if match:
                ways.append(Alternative(match.group(1), match.group(3) or "", match.group(4) or ""))
        if ways:
            found.append(tuple(ways))
    return found


def closure(
    index: Index,
    roots: Iterable[str],
    *,
    dropped: Mapping[str, frozenset[str]] | None = None,
    added: Mapping[str, tuple[str, ...]] | None = None,
) -> list[Record]:
    """The packages of those names with all that they need: the roots first, in their order.

    `dropped` and `added` say for a package which of its dependencies are left out and which further ones it gets.
    Raises `Failure` where a dependency cannot be fulfilled.
    """
    taken: dict[str, Record] = {}
    waiting: list[Record] = []

    def take(record: Record) -> None:
        if record.name not in taken:
            taken[record.name] = record
            waiting.append(record)

    for name in roots:
        record = index.get(name)
        if record is None:
            raise failure("package-dependencies", f"the suite has no package `{name}`")
        take(record)
    at = 0
    while at < len(waiting):
        record = waiting[at]
        at += 1
        without = (dropped or {}).get(record.name, frozenset())
        for ways in alternatives(record.depends):
            if any(way.name in LEFT_OUT or way.name in without for way in ways):
                continue
            found = _fulfil(index, ways, taken)
            if found is None:
                wanted = " | ".join(f"{w.name} ({w.relation} {w.version})" if w.relation else w.name for w in ways)
                raise failure(
                    "package-dependencies",
                    f"Debian's package `{record.name}` needs `{wanted}`, which the suite does not have",
                    hints=("the archive may be half updated: try again later, or choose another one",),
                )
            take(found)
        for name in (added or {}).get(record.name, ()):
            further = index.get(name)
            if further is not None:
                take(further)
    return waiting


def _fulfil(index: Index, ways: tuple[Alternative, ...], taken: Mapping[str, Record]) -> Record | None:
    """The package for a dependency: one that is taken already, else the first real one, else one that provides it."""
    for way in ways:
        have = taken.get(way.name)
        if have is not None and (not way.relation or satisfies(have.version, way.relation, way.version)):
            return have
    for way in ways:
        for name, version in index.providers(way.name):
            if name in taken and _provided(way, version):
                return taken[name]
    for way in ways:
        record = index.get(way.name)
        if record is not None and (not way.relation or satisfies(record.version, way.relation, way.version)):
            return record
        for name, version in sorted(index.providers(way.name)):
            record = index.get(name)
            if record is not None and _provided(way, version):
                return record
    return None


def _provided(way: Alternative, version: str) -> bool:
    """Whether a provided version fulfils a dependency; without a version only one that asks for none."""
    if not way.relation:
        return True
    return bool(version) and satisfies(version, way.relation, way.version)
