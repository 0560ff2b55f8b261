"""Git's configuration files: nixpkgs' `toGitINI`, with subsections and quoted strings."""

from __future__ import annotations

from home_manager.diagnostics import failure
from home_manager.formats import ini
from home_manager.formats.plain import (
    attribute_path,
    attrs_of,
    is_attrs,
    is_derivation,
    items,
    key_value,
    unsupported,
    value_string,
)
from home_manager.values import Value
from home_manager.values.lazy import force

_ESCAPES = str.maketrans({"\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\"})


def render(value: Value) -> str:
    """Sections of settings; deeper attributes become subsections: `url."ssh://x".insteadOf` is in `[url "ssh://x"]`."""
    attrs = attrs_of(value, "a Git configuration", "give an attribute set of sections")
    return ini.render(_flat(attrs), mk_section_name=section_name, mk_key_value=_lines)


class _Nested(str):
    """The path of a section that was nested: what follows the first `.` is a subsection, whatever is in it."""

    __slots__ = ()


def section_name(name: str) -> str:
    """`a.b.c` as `a "b.c"`; a name that somebody wrote with a quote is taken as it is."""
    head, dot, rest = name.partition(".")
    if isinstance(name, _Nested):
        if "\n" in rest or "\0" in rest:
            raise failure("format-invalid-name", f"`{rest!r}` can not be the name of a subsection of Git")
        rest = rest.replace("\\", "\\\\").replace('"', '\\"')
        return f'{head} "{rest}"'
    return f'{head} "{rest}"' if dot and '"' not in name else name


def value_text(value: Value) -> str:
    """A value: strings in double quotes, the rest as bare words."""
    value = force(value)
    return f'"{value.translate(_ESCAPES)}"' if isinstance(value, str) else value_string(value)


_line = key_value(" = ", value_text)


def _lines(key: str, value: Value) -> str:
    if isinstance(value, list | tuple):
        return "\n".join(f"\t{_line(key, force(element))}" for element in value)
    return f"\t{_line(key, value)}"


def _is_section(value: Value) -> bool:
    return is_attrs(value) and not is_derivation(value)


def _flat(attrs: dict[str, Value]) -> dict[str, Value]:
    """Sections without nesting. One whose values are all settings stays as it is, even when it is empty."""
    out: dict[str, Value] = {}
    nested: list[tuple[str, dict[str, Value]]] = []
    for name, section in items(attrs):
        if not is_attrs(section):
            raise unsupported("a Git configuration", attribute_path("", name), section, "settings lie in a section")
        if any(_is_section(inner) for _, inner in items(section)):
            nested.append((name, section))
        else:
            out[name] = section
    for name, section in nested:
        for path, key, setting in _leaves((name,), section):
            known = out.get(path, {})
            assert isinstance(known, dict)
            out[path] = {**known, key: setting}
    return out


def _leaves(path: tuple[str, ...], section: dict[str, Value]) -> list[tuple[str, str, Value]]:
    out: list[tuple[str, str, Value]] = []
    for name, value in items(section):
        if is_attrs(value) and not is_derivation(value):
            out.extend(_leaves((*path, name), value))
        else:
            out.append((_Nested(".".join(path)) if len(path) > 1 else path[0], name, value))
    return out
