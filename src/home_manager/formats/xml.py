"""XML in the Badgerfish style, as `pkgs.formats.xml` writes it (the layout of xmltodict).

An attribute set is an element's content: `@name` is an attribute, `#text` the text, a list repeats its element.
"""

from __future__ import annotations

from home_manager.diagnostics import failure
from home_manager.formats.plain import Plain, plain
from home_manager.values import Value

# A carriage return that is not a number is read as the end of a line.
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_ATTRIBUTE = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def render(value: Value, *, header: bool = True) -> str:
    """A document of one root element; with `header=False` a fragment."""
    data = plain(value, "XML")
    if not isinstance(data, dict) or (header and len(data) != 1):
        raise failure(
            "format-unsupported-value",
            "an XML document has exactly one root element",
            hints=("give an attribute set with one attribute, the name of the root",),
        )
    out = ['<?xml version="1.0" encoding="utf-8"?>\n'] if header else []
    for name, element in data.items():
        if header and isinstance(element, list) and len(element) != 1:
            raise failure(
                "format-unsupported-value", f"the root element `{name}` of an XML document can not be repeated"
            )
        out.extend(_elements(name, element, 0))
        if header:
            break
    return "".join(out) + "\n"


def _scalar(value: Plain) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _attribute(value: Plain) -> str:
    text = _scalar(value).translate(_ATTRIBUTE)
    if '"' not in text:
        return f'"{text}"'
    return f"'{text}'" if "'" not in text else '"' + text.replace('"', "&quot;") + '"'


def _elements(name: str, value: Plain, depth: int) -> list[str]:
    out: list[str] = []
    for element in value if isinstance(value, list) else [value]:
        out.extend(_one(name, element, depth))
    return out


def _one(name: str, value: Plain, depth: int) -> list[str]:
    indent = "  " * depth
    attributes: list[str] = []
    children: list[str] = []
    text = ""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "#text":
                text = _scalar(inner).translate(_TEXT)
            elif key.startswith("@"):
                attributes.append(f" {key[1:]}={_attribute(inner)}")
            else:
                if isinstance(inner, list) and not inner:
                    continue
                children.extend(_elements(key, inner, depth + 1))
    elif isinstance(value, list):
        raise failure("format-unsupported-value", f"XML can not hold a list in a list, at the element `{name}`")
    else:
        text = _scalar(value).translate(_TEXT)
    out = [f"{indent}<{name}{''.join(attributes)}>"]
    if children:
        out.append("\n")
        out.extend(children)
        out.append(text + indent)
    else:
        out.append(text)
    out.append(f"</{name}>" + ("\n" if depth else ""))
    return out
