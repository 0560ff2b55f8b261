"""Quadlets: the files that podman makes units of."""

import re
from typing import Any

from home_manager.authoring import *

PRIMITIVE = t.null_or(t.one_of(t.bool, t.int, t.str, t.path))
VALUES = t.attrs_of(t.either(PRIMITIVE, t.list_of(PRIMITIVE)))
SECTIONS = t.attrs_of(t.attrs_of(t.one_of(VALUES, t.list_of(PRIMITIVE), PRIMITIVE)))

MANAGED = {"nix.home-manager.managed": True}
"""The label by which resources of a configuration are known again."""

# The helper that maps users needs more rights than a package can have: it comes from the system.
UIDMAP = "/run/wrappers/bin:/usr/bin:/bin:/usr/sbin:/sbin"

NAMED = {"Container": "ContainerName", "Network": "NetworkName", "Volume": "VolumeName"}
"""The settings that name a resource."""


def joined(one, other):
    """Settings on top of others: sets and lists become one, and a value joins a list of its kind."""
    if isinstance(one, dict) and isinstance(other, dict):
        return {**one, **{name: joined(one.get(name), value) for name, value in other.items()}}
    if one is None or other is None:
        return other if one is None else one
    if isinstance(one, list) and isinstance(other, list):
        return [*one, *other]
    if isinstance(one, list) and one and type(one[0]) is type(other):
        return [*one, other]
    if isinstance(other, list) and other and type(other[0]) is type(one):
        return [one, *other]
    return other


def word(name: str, value) -> str:
    """`name=value` as one word."""
    text = f"{name}={formats.plain.value_string(value)}"
    if not re.search(r"\s", text):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def lines(name: str, value) -> list[str]:
    """The lines of one setting: one for each element of a list and each attribute of a set."""
    if value is None:
        return []
    if isinstance(value, list):
        return [line for each in value for line in lines(name, each)]
    if isinstance(value, dict):
        return [
            f"{name}={word(key, each)}"
            for key, given in value.items()
            for each in (given if isinstance(given, list) else [given])
            if each is not None
        ]
    return [f"{name}={formats.plain.value_string(value)}"]


def text_of(title: str, sections: dict[str, Any]) -> str:
    """A quadlet. It has no blank lines, as podman would put its own settings behind them."""
    written = [f"# {title}"]
    for section, settings in sorted(sections.items()):
        written.append(f"[{section}]")
        written += [line for name, value in sorted(settings.items()) for line in lines(name, value)]
    return "\n".join(written)


def started(definition) -> dict[str, Any]:
    return {"WantedBy": ["default.target", "multi-user.target"] if definition.autoStart else []}


def mistakes(place: str, name: str, extra) -> list[str]:
    """What is wrong with further settings: a resource has to have the name that it is looked for by."""
    found = []
    for section, setting in NAMED.items():
        given = extra.get(section, {}).get(setting, name)
        if given != name:
            found.append(f"{place}.extraConfig.{section}.{setting} is '{given}', but has to be '{name}'.")
    tags = extra.get("Build", {}).get("ImageTag")
    wanted = f"homemanager/{name}"
    if tags is not None and (not isinstance(tags, list) or wanted not in tags):
        found.append(f"{place}.extraConfig.Build.ImageTag has to be a list with '{wanted}' in it.")
    return found


def referred(value: str, kinds: tuple[str, ...], known: set[str]) -> str:
    """A value that may begin with a quadlet of the configuration, as podman knows that."""
    for kind in kinds:
        found = re.match(rf"[a-zA-Z0-9_-]+\.{kind}", value)
        if found and found.group() in known:
            return f"podman-{value}"
    return value
