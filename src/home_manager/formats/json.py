"""JSON as `pkgs.formats.json` writes it (jq's layout), and the one-line form of `builtins.toJSON`."""

from __future__ import annotations

import json

from home_manager.formats.plain import Plain, plain
from home_manager.values import Value


def float_text(number: float) -> str:
    """A float as Nix writes it in JSON: the shortest digits, an exponent from 1e15 on and below 1e-4."""
    if number != number or number in (float("inf"), float("-inf")):
        return "null"
    sign, digits, point = _digits(number)
    size = len(digits)
    if size <= point <= 15:
        text = digits + "0" * (point - size) + ".0"
    elif 0 < point <= 15:
        text = f"{digits[:point]}.{digits[point:]}"
    elif -4 < point <= 0:
        text = "0." + "0" * -point + digits
    else:
        exponent = point - 1
        mantissa = digits[0] + ("." + digits[1:] if size > 1 else "")
        text = f"{mantissa}e{'-' if exponent < 0 else '+'}{abs(exponent):02d}"
    return sign + text


def _digits(number: float) -> tuple[str, str, int]:
    """Sign, shortest digits without zeros at the ends, and the place of the decimal point after the first of them."""
    text = repr(number)
    sign = "-" if text[0] == "-" else ""
    mantissa, _, exponent = text.lstrip("-").partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = whole + fraction
    point = len(whole) + int(exponent or 0)
    leading = len(digits) - len(digits.lstrip("0"))
    digits = digits[leading:].rstrip("0")
    if not digits:
        return sign, "0", 1
    return sign, digits, point - leading


def compact(value: Value, *, escape_slash: bool = False) -> str:
    """What `builtins.toJSON` gives: no spaces, sorted attributes."""
    text = "".join(_chunks(plain(value), None, ""))
    return text.replace("/", "\\/") if escape_slash else text


def render(value: Value) -> str:
    """The value as a JSON file: two spaces a level, sorted keys, a newline at the end."""
    return "".join(_chunks(plain(value), "\n", "")) + "\n"


def string(text: str) -> str:
    """One JSON string, characters beyond ASCII as they are."""
    return json.dumps(text, ensure_ascii=False)


def _chunks(value: Plain, line: str | None, indent: str) -> list[str]:
    """The parts of the text; `line` is the newline of the spread-out form, or `None` for the compact one."""
    if isinstance(value, str):
        text = string(value)
        return [text if line is None else text.replace("\x7f", "\\u007f")]
    if isinstance(value, float):
        return [float_text(value)]
    if isinstance(value, dict | list):
        opening, closing = "{}" if isinstance(value, dict) else "[]"
        if not value:
            return [opening + closing]
        inner = "" if line is None else line + indent + "  "
        out = [opening]
        first = True
        if isinstance(value, dict):
            colon = ":" if line is None else ": "
            for name, element in value.items():
                out.append(inner if first else "," + inner)
                out.append(string(name) + colon)
                out.extend(_chunks(element, line, indent + "  "))
                first = False
        else:
            for element in value:
                out.append(inner if first else "," + inner)
                out.extend(_chunks(element, line, indent + "  "))
                first = False
        out.append(("" if line is None else line + indent) + closing)
        return out
    return ["null" if value is None else "true" if value is True else "false" if value is False else str(value)]
