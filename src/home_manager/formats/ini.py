"""INI files: nixpkgs' `toINI`, `toINIWithGlobalSection` and `pkgs.formats.ini`."""

from __future__ import annotations

from collections.abc import Callable

from home_manager.formats import keyvalue
from home_manager.formats.plain import KeyValue, attribute_path, attrs_of, escape_characters, items
from home_manager.values import Value
from home_manager.values.lazy import force

DEFAULT_SECTION_NAME = escape_characters("[", "]")


def render(
    value: Value,
    *,
    mk_section_name: Callable[[str], str] = DEFAULT_SECTION_NAME,
    mk_key_value: KeyValue = keyvalue.DEFAULT,
    lists_as_duplicate_keys: bool = False,
    list_to_value: keyvalue.ListToValue | None = None,
) -> str:
    """An attribute set of sections, with a blank line between two of them."""
    sections = attrs_of(value, "an INI file", "give an attribute set of sections")
    texts: list[str] = []
    for name, section in items(sections):
        section = attrs_of(
            section, "an INI file", "every attribute is a section, a set of keys", attribute_path("", name)
        )
        body = keyvalue.render(
            section,
            mk_key_value=mk_key_value,
            lists_as_duplicate_keys=lists_as_duplicate_keys,
            list_to_value=list_to_value,
        )
        texts.append(f"[{mk_section_name(name)}]\n{body}")
    return "\n".join(texts)


def render_with_global_section(
    value: Value,
    *,
    mk_section_name: Callable[[str], str] = DEFAULT_SECTION_NAME,
    mk_key_value: KeyValue = keyvalue.DEFAULT,
    lists_as_duplicate_keys: bool = False,
    list_to_value: keyvalue.ListToValue | None = None,
) -> str:
    """`{ globalSection, sections }`: the settings of `globalSection` come first, under no header."""
    parts = attrs_of(value, "an INI file", "give `globalSection` and `sections`")
    head = force(parts.get("globalSection", {}))
    text = ""
    if head != {}:
        text = keyvalue.render(
            head,
            mk_key_value=mk_key_value,
            lists_as_duplicate_keys=lists_as_duplicate_keys,
            list_to_value=list_to_value,
        )
        text += "\n"
    return text + render(
        parts.get("sections", {}),
        mk_section_name=mk_section_name,
        mk_key_value=mk_key_value,
        lists_as_duplicate_keys=lists_as_duplicate_keys,
        list_to_value=list_to_value,
    )
