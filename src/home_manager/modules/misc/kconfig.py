"""`qt.kde.settings`: settings of KDE's programs, which rewrite their files themselves."""

import json
import shlex
from collections.abc import Iterator
from typing import Any

from home_manager.authoring import *


def of_leaf(value) -> str:
    """The arguments for a value; `null` deletes the key."""
    if value is None:
        return "--delete"
    if isinstance(value, bool):
        return f"--type bool -- {json.dumps(value)}"
    return f"-- {shlex.quote(formats.plain.to_string(value))}"


def leaves(path: tuple[str, ...], value) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(value, dict):
        for name, inner in sorted(value.items()):
            yield from leaves((*path, name), inner)
    else:
        yield path, value


class KdeSettings(Module):
    """Settings of KDE"""

    namespace = "qt.kde"
    by_mention = True

    settings = option(
        t.attrs_of(
            t.recursive(
                "KDE option value",
                lambda value: t.null_or(t.one_of(t.bool, t.int, t.float, t.str, t.path, t.attrs_of(value))),
            )
        ),
        default={},
        example={"powermanagementprofilesrc": {"AC": {"HandleButtonEvents": {"lidAction": 32}}}},
        doc="Settings by file, groups and key, which a switch writes with `kwriteconfig6`. `null` deletes a key; what is "
        "no longer set here stays as it is.",
    )

    @activation_step("kconfig", after="writeBoundary", when=settings)
    def write(self):
        lines = []
        for (file, *groups, key), value in leaves((), self.settings):
            names = " ".join(f"--group {shlex.quote(group)}" for group in groups)
            program = f"{force_path(self.pkgs, 'kdePackages', 'kconfig')}/bin/kwriteconfig6"
            lines.append(
                f"run {program} --file '{self['xdg.configHome']}/{file}' {names} --key {shlex.quote(key)} {of_leaf(value)}"
            )
        qdbus = f"{force_path(self.pkgs, 'kdePackages', 'qttools')}/bin/qdbus"
        notify = f"{self.pkgs['dbus']}/bin/dbus-send /KGlobalSettings org.kde.KGlobalSettings.notifyChange"
        lines += [
            f'run {qdbus} org.kde.KWin /KWin reconfigure || echo "KWin reconfigure failed"',
            "for changeType in {0..10}; do",
            f'  run {notify} int32:$changeType int32:0 || echo "KGlobalSettings.notifyChange $changeType failed"',
            "done",
        ]
        return "\n".join(lines) + "\n"


def force_path(packages, *names: str):
    """A package inside a set of packages."""
    from home_manager.authoring.values import computed

    for name in names:
        packages = computed(packages[name])
    return packages
