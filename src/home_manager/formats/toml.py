"""TOML as `pkgs.formats.toml` writes it: the layout of the `toml` crate's `to_string`.

Settings of a table come before its sub-tables, arrays stay on one line, a list made only of attribute sets becomes an
array of tables, and a string takes the first of these forms that needs no escapes: "…", '…', three double quotes,
three single quotes.
"""

from __future__ import annotations

import re

from home_manager.diagnostics import failure
from home_manager.formats.plain import Plain, attribute_path, plain, unsupported
from home_manager.values import Value

_BARE = re.compile(r"[A-Za-z0-9_-]+\Z")
_ESCAPED = re.compile(r"[\x00-\x1f\x7f]")
_SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def render(value: Value) -> str:
    """The attribute set as a TOML document."""
    data = plain(value, "TOML")
    if not isinstance(data, dict):
        raise unsupported("a TOML document", "", data, "the value of a TOML file is an attribute set")
    parts: list[str] = []
    _table(parts, [], data, is_element=False, path="")
    return "\n".join(parts)


def _table(parts: list[str], keys: list[str], table: dict[str, Plain], *, is_element: bool, path: str) -> None:
    """Appends one text a table: header and settings, then its sub-tables in their order."""
    body: list[str] = []
    children: list[tuple[str, Plain]] = []
    for name, value in table.items():
        if isinstance(value, dict) or _is_tables(value):
            children.append((name, value))
        else:
            body.append(f"{key(name)} = {_value(value, attribute_path(path, name))}\n")
    position = len(parts)
    for name, value in children:
        below = attribute_path(path, name)
        inner = [*keys, key(name)]
        if isinstance(value, dict):
            _table(parts, inner, value, is_element=False, path=below)
        elif isinstance(value, list):
            for index, element in enumerate(value):
                assert isinstance(element, dict)
                _table(parts, inner, element, is_element=True, path=f"{below}[{index}]")
    if keys and (is_element or body or not children):
        dotted = ".".join(keys)
        parts.insert(position, (f"[[{dotted}]]\n" if is_element else f"[{dotted}]\n") + "".join(body))
    elif body:
        parts.insert(position, "".join(body))


def _is_tables(value: Plain) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(element, dict) for element in value)


def _value(value: Plain, path: str) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return string(value)
    if isinstance(value, int):
        if not -(2**63) <= value < 2**63:
            raise failure("format-unsupported-value", f"TOML can not hold the integer {value} at `{path}`")
        return str(value)
    if isinstance(value, float):
        return float_text(value)
    if isinstance(value, list):
        return "[" + ", ".join(_value(element, f"{path}[{index}]") for index, element in enumerate(value)) + "]"
    if isinstance(value, dict):
        if not value:
            return "{}"
        pairs = (f"{key(name)} = {_value(inner, attribute_path(path, name))}" for name, inner in value.items())
        return "{ " + ", ".join(pairs) + " }"
    raise unsupported("TOML", path, value, "leave the attribute out instead")


def float_text(number: float) -> str:
    """A float without exponent, with at least one digit after the point."""
    if number != number:
        return "nan"
    if number in (float("inf"), float("-inf")):
        return "inf" if number > 0 else "-inf"
    text = repr(number)
    if "e" in text:
        from decimal import Decimal

        text = format(Decimal(text), "f")
    return text if "." in text else text + ".0"


def key(name: str) -> str:
    """A key: bare where possible, else quoted."""
    if _BARE.match(name):
        return name
    codes = bool(_ESCAPED.search(name.replace("\t", "")))
    if not codes and "\\" not in name and '"' not in name:
        return _basic(name)
    if not codes and "'" not in name:
        return f"'{name}'"
    return _basic(name)


def string(text: str) -> str:
    """A string in the first form that shows it without escapes."""
    codes = bool(_ESCAPED.search(text.replace("\t", "").replace("\n", "")))
    newline = "\n" in text
    backslash = "\\" in text
    start = "\n" if newline else ""
    if codes:
        return _multiline(text) if newline else _basic(text)
    if not backslash and '"' not in text and not newline:
        return _basic(text)
    if "'" not in text and not newline:
        return f"'{text}'"
    if not backslash and '"""' not in text:
        return _multiline(text)
    if "'''" not in text:
        return f"'''{start}{text}'''"
    return _multiline(text) if newline else _basic(text)


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    return _SHORT.get(character) or f"\\u{ord(character):04X}"


def _basic(text: str) -> str:
    return '"' + re.sub(r'[\x00-\x1f\x7f"\\]', _escape, text) + '"'


def _multiline(text: str) -> str:
    """Three double quotes; newlines stay, and of three quotes in a row the third is escaped."""
    escaped = re.sub(r"[\x00-\x09\x0b-\x1f\x7f\\]", _escape, text)
    escaped = escaped.replace('"""', '""\\"')
    return '"""' + ("\n" if "\n" in text else "") + escaped + '"""'
