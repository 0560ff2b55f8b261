"""Apple's XML property lists: nixpkgs' `toPlist`."""

from __future__ import annotations

from home_manager.formats.plain import attribute_path, is_derivation, items, string_of, to_string, unsupported
from home_manager.values import PathValue, Value
from home_manager.values.lazy import force

_XML = str.maketrans({'"': "&quot;", "'": "&apos;", "<": "&lt;", ">": "&gt;", "&": "&amp;"})

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple Computer//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
"""


def render(value: Value, *, escape: bool = True) -> str:
    """The property list, without a newline at the end; attributes that are null are left out.

    `escape=False` is the older form, in which strings are taken to be XML already.
    """
    return HEAD + _element("", value, escape, "") + "\n</plist>"


def _element(indent: str, value: Value, escape: bool, path: str) -> str:
    value = force(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return f"{indent}<{'true' if value else 'false'}/>"
    if isinstance(value, int):
        return f"{indent}<integer>{value}</integer>"
    if isinstance(value, float):
        return f"{indent}<real>{to_string(value)}</real>"
    if isinstance(value, str | PathValue) or is_derivation(value) or (isinstance(value, dict) and string_of(value)):
        text = to_string(value)
        return f"{indent}<string>{text.translate(_XML) if escape else text}</string>"
    inner = indent + "\t"
    if isinstance(value, list | tuple):
        lines = [_element(inner, element, escape, f"{path}[{index}]") for index, element in enumerate(value)]
        return "\n".join([f"{indent}<array>", "\n".join(lines), f"{indent}</array>"])
    if isinstance(value, dict):
        lines = []
        for name, element in items(value):
            if element is not None and name != "_module":
                lines.append(f"{inner}<key>{name.translate(_XML) if escape else name}</key>")
                lines.append(_element(inner, element, escape, attribute_path(path, name)))
        return "\n".join([f"{indent}<dict>", "\n".join(lines), f"{indent}</dict>"])
    raise unsupported("a property list", path, value)
