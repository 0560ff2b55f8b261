"""`pkgs.formats`: for each file format the type of its values and a function that makes a file of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import home_manager.formats
from home_manager.nix.evaluation import call
from home_manager.values import Attrs, Builtin, Function, Value
from home_manager.values.lazy import Delayed, force

TypeOf = Callable[[str, Mapping[str, Value]], Value]
"""The type of a format's values, given the format's name and options; option types are a layer of their own."""

RENDERERS: Mapping[str, tuple[str, str]] = {
    "json": ("json", "render"),
    "yaml": ("yaml", "render"),
    "yaml_1_1": ("yaml", "render"),
    "yaml_1_2": ("yaml", "render_1_2"),
    "toml": ("toml", "render"),
    "ini": ("ini", "render"),
    "iniWithGlobalSection": ("ini", "render_with_global_section"),
    "gitIni": ("git_ini", "render"),
    "keyValue": ("keyvalue", "render"),
    "javaProperties": ("java_properties", "render"),
    "xml": ("xml", "render"),
    "plist": ("plist", "render"),
    "lua": ("lua", "render"),
    "systemd": ("systemd", "render_settings"),
    "hjson": ("json", "render"),
}
"""Formats of nixpkgs: our renderer's module and function."""


def format_set(pkgs: Callable[[], Mapping[str, Value]], type_of: TypeOf) -> Attrs:
    """The value of `pkgs.formats`."""

    def one(name: str) -> Builtin:
        return Builtin(name, 1, lambda options: _format(pkgs, type_of, name, options))

    found: dict[str, Value] = {name: one(name) for name in RENDERERS}
    # This one takes no options in nixpkgs.
    found["systemd"] = Delayed(lambda: _format(pkgs, type_of, "systemd", Attrs()))
    return Attrs(found)


def _format(pkgs: Callable[[], Mapping[str, Value]], type_of: TypeOf, name: str, options: Value) -> Attrs:
    given = force(options)
    chosen: dict[str, Value] = dict(given.items()) if isinstance(given, dict) else {}

    def generate(file_name: Value, value: Value) -> Value:
        return call(pkgs()["writeText"], file_name, render(name, value, chosen))

    return Attrs(
        {"type": Delayed(lambda: type_of(name, chosen)), "generate": Builtin("generate", 2, generate), "lib": Attrs()}
    )


def render(name: str, value: Value, options: Mapping[str, Value]) -> str:
    """The text of a value in a format, with the options of nixpkgs' function of that name."""
    module, function = RENDERERS[name]
    renderer = getattr(home_manager.formats, module)
    if function == "render_1_2":
        return str(renderer.render(value, version="1.2"))
    words: dict[str, object] = {}
    if force(options.get("listsAsDuplicateKeys", False)):
        words["lists_as_duplicate_keys"] = True
    to_value = force(options.get("listToValue", None))
    if isinstance(to_value, Function):
        words["list_to_value"] = lambda items: call(to_value, items)
    if "mkKeyValue" in options:
        make = options["mkKeyValue"]
        words["mk_key_value"] = lambda key, item: str(force(call(make, key, item)))
    if "mkSectionName" in options:
        section = options["mkSectionName"]
        words["mk_section_name"] = lambda title: str(force(call(section, title)))
    if name == "javaProperties":
        words["comment"] = str(force(options.get("comment", "Generated with Nix")))
    if name == "lua":
        words["multiline"] = force(options.get("multiline", True)) is True
        words["as_bindings"] = force(options.get("asBindings", False)) is True
    if name == "xml":
        words["header"] = force(options.get("withHeader", True)) is True
    if name == "plist":
        words["escape"] = force(options.get("escape", True)) is True
    if name == "iniWithGlobalSection":
        whole = force(value)
        parts = whole if isinstance(whole, dict) else {}
        value = Attrs(
            {"globalSection": parts.get("globalSection", Attrs()), "sections": parts.get("sections", Attrs())}
        )
    return str(getattr(renderer, function)(value, **words))
