"""Modules as the engine sees them: declarations and definitions, from whichever front end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from home_manager.diagnostics import Span
from home_manager.options.definition import mk_merge, tag
from home_manager.options.errors.catchable import refused
from home_manager.values import Attrs, Function, Value
from home_manager.values.lazy import force

if TYPE_CHECKING:
    from home_manager.options.location import Shared
    from home_manager.options.types.base import OptionType


UNKNOWN_FILE = "<unknown-file>"
"""Where a module lies of which nobody says it."""


class ModuleSource(Protocol):
    """Something that becomes a module once it is given its arguments: a Nix function, a file, a Python class."""

    @property
    def key(self) -> str: ...
    @property
    def file(self) -> str: ...
    def instantiate(self, arguments: Mapping[str, Value]) -> ModuleSpec: ...


@dataclass(frozen=True, slots=True, eq=False)
class ModuleSpec:
    """A module with its arguments applied.

    `options` is a tree of mappings whose leaves are `Option`s (or sets with `_type = "option"`); `config` any value,
    with properties; `imports` module sources, or values for `Shared.to_module`; `disabled` keys of modules to leave out.
    `imports_span` is where the imports were written.
    """

    key: str
    file: str
    imports: Sequence[object] = ()
    options: Mapping[str, object] = field(default_factory=dict)
    config: Value = None
    class_: str | None = None
    disabled: Sequence[object] = ()
    freeform: OptionType | None = None
    imports_span: Span | None = None

    def instantiate(self, arguments: Mapping[str, Value]) -> ModuleSpec:
        return self


_STRUCTURED = frozenset(
    ("_class", "_file", "key", "disabledModules", "imports", "options", "config", "meta", "freeformType")
)
_SHORT = frozenset(("_class", "_file", "key", "disabledModules", "require", "imports", "freeformType"))


def spec_of(value: dict[str, Value], file: str, key: str, shared: Shared) -> ModuleSpec:
    """The module that an attribute set describes, in the long form (`options`, `config`) or the short one."""

    def get(name: str, default: Value) -> Value:
        return force(value[name]) if name in value else default

    file = str(get("_file", file))
    key = str(get("key", key))
    freeform = get("freeformType", None)
    imports = _items(get("imports", []), file)
    if "config" in value or "options" in value:
        extra = [name for name in value if name not in _STRUCTURED]
        if extra:
            name = extra[0]
            raise refused(
                "module-stray-attribute",
                f"the module has the attribute `{name}` beside `config` or `options`",
                span=value.position(name) if isinstance(value, Attrs) else None,
                notes=(f"in `{file}`",),
                hints=(f"move `{', '.join(extra)}` into `config`",),
            )
        options = get("options", {})
        config: Value = value.get("config", {})
        if "meta" in value:
            config = mk_merge([config, Attrs({"meta": value["meta"]})])
    else:
        options = {}
        config = Attrs({name: value[name] for name in value if name not in _SHORT}, origin=(value, value))
        imports = [*_items(get("require", []), file), *imports]
    if not isinstance(options, dict):
        raise refused(
            "option-declaration", "the declarations of options are not an attribute set", notes=(f"in `{file}`",)
        )
    if freeform is not None and isinstance(freeform, dict):
        freeform = shared.frontend.type(freeform) or freeform
    class_ = get("_class", None)
    return ModuleSpec(
        key,
        file,
        imports,
        options,
        config,
        class_ if isinstance(class_, str) else None,
        _items(get("disabledModules", []), file),
        freeform,  # type: ignore[arg-type]
        value.position("imports") if isinstance(value, Attrs) else None,
    )


def _items(value: Value, file: str) -> list[Value]:
    if not isinstance(value, list):
        raise refused("imports-not-a-list", "the imports of a module must be a list", notes=(f"in `{file}`",))
    return value


def source_of(value: object, file: str, key: str, shared: Shared) -> ModuleSource:
    """The module source for an import or a definition of a submodule: a source already, or made by the front end."""
    if isinstance(value, ModuleSpec) or (
        not isinstance(value, (dict, list, Function)) and hasattr(value, "instantiate")
    ):
        return value  # type: ignore[return-value]
    forced = force(value)
    made = shared.frontend.module(forced, file, key)
    if made is not None:
        return made
    if isinstance(forced, ModuleSpec) or hasattr(forced, "instantiate"):
        return forced  # type: ignore[return-value]
    if not isinstance(forced, dict):
        raise refused(
            "not-a-module", "a module must be an attribute set or a function", notes=(f"imported in `{file}`",)
        )
    kind = tag(forced)
    if kind in ("if", "override"):
        return ModuleSpec(key, file, config=forced)
    if kind not in (None, "module"):
        raise refused(
            "not-a-module", f"expected a module, found a value of type `{kind}`", notes=(f"imported in `{file}`",)
        )
    return spec_of(forced, file, key, shared)
