"""scfg, a format of directives: `lib.hm.generators.toSCFG`."""

from __future__ import annotations

from home_manager.diagnostics import failure
from home_manager.formats.plain import attrs_of, elements_of, to_string, unsupported
from home_manager.values import PathValue, Value
from home_manager.values.lazy import force

_ESCAPES = str.maketrans({'"': '\\"', "\\": "\\\\", "\r": "\\r", "\n": "\\n", "\t": "\\t"})
_SPECIAL = frozenset("\"\\\r\n\t '{}")


def render(value: Value) -> str:
    """A list of directives `{ name, params, children }`; one whose only content is null is left out."""
    directives = elements_of(value, "an scfg file", "give a list of directives")
    return "\n".join(_directives(directives, "")) + "\n" if directives else ""


def _directives(directives: list[Value], path: str) -> list[str]:
    out: list[str] = []
    for index, element in enumerate(directives):
        here = f"{path}[{index}]"
        directive = attrs_of(element, "an scfg file", "a directive is `{ name, params, children }`", here)
        if "name" not in directive:
            raise failure("format-unsupported-value", f"the scfg directive at `{here}` has no name")
        parameters = force(directive.get("params"))
        children = force(directive.get("children"))
        if ("params" in directive or "children" in directive) and not children and _is_null(directive, parameters):
            continue
        text = _word(directive["name"], here)
        if isinstance(parameters, list | tuple):
            text += " " + " ".join(_word(parameter, f"{here}.params") for parameter in parameters)
        if isinstance(children, list | tuple):
            inner = "\n".join(_directives(list(children), f"{here}.children"))
            text += " {\n" + "\n".join("\t" + line for line in inner.split("\n")) + "\n}"
        out.append(text)
    return out


def _is_null(directive: dict[str, Value], parameters: Value) -> bool:
    if "params" not in directive:
        return True
    return isinstance(parameters, list) and len(parameters) == 1 and force(parameters[0]) is None


def _word(value: Value, path: str) -> str:
    value = force(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | PathValue):
        text = to_string(value)
        return f'"{text.translate(_ESCAPES)}"' if not text or not _SPECIAL.isdisjoint(text) else text
    if isinstance(value, int | float):
        return to_string(value)
    raise unsupported("an scfg directive", path, value)
