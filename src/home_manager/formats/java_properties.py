"""Java's `.properties` files, as `pkgs.formats.javaProperties` writes them: ASCII, everything else as `\\uXXXX`."""

from __future__ import annotations

from home_manager.formats.plain import as_bool_text, attrs_of, items
from home_manager.values import Value

_COMMON = {"\\": "\\\\", "\n": "\\n\\\n", "#": "\\#", "!": "\\!", "\t": "\\t", "\r": "\\r"}
_VALUE = str.maketrans(_COMMON)
_KEY = str.maketrans({**_COMMON, " ": "\\ ", "=": "\\="})


def render(value: Value, *, comment: str = "Generated with Nix") -> str:
    """The properties, one `key = value` each; `comment` stands above them, one `#` line for each of its lines."""
    properties = attrs_of(value, "a properties file")
    head = "".join(f"# {line}\n" for line in comment.splitlines()) or "# \n"
    lines = (f"{name.translate(_KEY)} = {_value(setting)}\n" for name, setting in items(properties))
    return head + "\n" + "".join(_ascii(line) for line in lines)


def _value(value: Value) -> str:
    """A value; a space that begins a line would be dropped by the reader, so it is escaped."""
    text = as_bool_text(value).translate(_VALUE).replace("\n ", "\n\\ ")
    return "\\" + text if text.startswith(" ") else text


def _ascii(text: str) -> str:
    if text.isascii():
        return text
    units = text.encode("utf-16-be", "surrogatepass")
    codes = (int.from_bytes(units[at : at + 2], "big") for at in range(0, len(units), 2))
    return "".join(chr(code) if code < 0x80 else f"\\u{code:04x}" for code in codes)
