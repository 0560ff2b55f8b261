"""systemd unit files as Home Manager writes them, and nixpkgs' `formats.systemd`."""

from __future__ import annotations

import re

from home_manager.formats import ini
from home_manager.formats.plain import as_bool_text, attribute_path, attrs_of, items, value_string
from home_manager.values import Value

_SAFE = str.maketrans({"@": "-", ":": "-", "\\": "-", "[": "", "]": ""})


def render(value: Value) -> str:
    """The text of a unit: settings that are null or an empty list are left out, and then sections without settings.

    A list gives one line an element.
    """
    unit = attrs_of(value, "a systemd unit")
    sections: dict[str, Value] = {}
    for name, section in items(unit):
        section = attrs_of(
            section, "a systemd unit", "every attribute is a section, a set of settings", attribute_path("", name)
        )
        kept = {key: setting for key, setting in items(section) if setting is not None and setting != []}
        if kept:
            sections[name] = kept
    return ini.render(sections, mk_key_value=_unit_line, lists_as_duplicate_keys=True)


def _unit_line(key: str, value: Value) -> str:
    text = as_bool_text(value)
    return f"{key}={_assignment(text) if key == 'Environment' else text}"


_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*=")
_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\t": "\\t"})


def _assignment(text: str) -> str:
    """One or several assignments of `Environment=`. A single value with spaces is quoted, or systemd would split it."""
    words = text.split()
    if "'" in text or '"' in text or not words or all(_NAME.match(each) for each in words):
        return text if "\n" not in text else '"' + text.translate(_ESCAPES).replace('"', '\\"') + '"'
    return '"' + text.translate(_ESCAPES) + '"' if _NAME.match(text) else text


def render_settings(value: Value) -> str:
    """nixpkgs' `formats.systemd`: spaces around the sign, and a comment in place of a setting that is null."""
    return ini.render(value, mk_key_value=_settings_line, lists_as_duplicate_keys=True)


def _settings_line(key: str, value: Value) -> str:
    return f"# {key} is unset" if value is None else f"{key} = {value_string(value)}"


def store_name(file_name: str) -> str:
    """The name of a unit's file as a name in the store, where some characters are not allowed."""
    return file_name.translate(_SAFE)
