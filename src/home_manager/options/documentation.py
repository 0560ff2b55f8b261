"""What there is to know about options without evaluating a configuration: for the manual, `option` and the audit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from home_manager.options.declaration import InContext, Option
from home_manager.options.joining import merged_declaration
from home_manager.options.location import Location, Shared, show_path
from home_manager.options.types.scalars import UNSPECIFIED
from home_manager.values import MISSING, Value
from home_manager.values.lazy import force

if TYPE_CHECKING:
    from home_manager.options.module_catalogue import ModuleCatalogue


@dataclass(frozen=True, slots=True)
class OptionDoc:
    """One option as the manual shows it. `default` and `example` are Nix code or prose, `None` where there is none."""

    path: tuple[str, ...]
    type: str
    default: str | None
    example: str | None
    description: str
    declared_in: tuple[str, ...]
    read_only: bool = False
    internal: bool = False
    visible: bool = True

    @property
    def name(self) -> str:
        return show_path(self.path)


def document(source: ModuleCatalogue | Mapping[str, object]) -> Iterator[OptionDoc]:
    """All options of a catalogue or of a tree, those inside submodules after the one that holds them."""
    tree = source if isinstance(source, Mapping) else source.options
    yield from _tree((), tree, ())


def _tree(path: tuple[str, ...], tree: Mapping[str, object], within: tuple[int, ...]) -> Iterator[OptionDoc]:
    for name in sorted(tree):
        if name == "_module":
            continue
        entry = tree.get(name)
        if isinstance(entry, tuple):
            declarations = [(each.declared_in, each) for each in entry]
            yield from _option(
                (*path, name), merged_declaration(Location((*path, name), Shared()), declarations), within
            )
        elif isinstance(entry, Option):
            yield from _option((*path, name), entry, within)
        elif isinstance(entry, Mapping):
            yield from _tree((*path, name), entry, within)


def _option(path: tuple[str, ...], option: Option, within: tuple[int, ...]) -> Iterator[OptionDoc]:
    type_ = option.type or UNSPECIFIED
    yield OptionDoc(
        path,
        type_.describe(),
        shown(option.default_text) if option.default_text is not MISSING else _default(option),
        shown(option.example) if option.example is not MISSING else None,
        option.description or "",
        (option.declared_in,) if option.declared_in else (),
        option.read_only,
        option.internal,
        option.visible is not False,
    )
    if option.visible in (False, "shallow"):
        return
    for prefix, submodule in type_.inside():
        key = tuple(hash(getattr(module, "key", id(module))) for module in submodule.sub_modules() or (submodule,))
        # A submodule may contain itself.
        if not any(part in within for part in key):
            yield from _tree((*path, *prefix), submodule.sub_options(path), (*within, *key))


def _default(option: Option) -> str | None:
    default = option.default
    if default is MISSING:
        type_ = option.type
        empty = MISSING if type_ is None or type_.sub_modules() is not None else type_.empty()
        return None if empty is MISSING else shown(empty)
    return "" if isinstance(default, InContext) else shown(default)


def shown(value: Value) -> str:
    """A value as Nix code over several lines, as the manual shows defaults and examples."""
    value = force(value)
    if isinstance(value, Mapping) and "_type" in value and "text" in value:
        return str(force(value["text"]))
    # Start-up: only documentation prints values.
    from home_manager.formats import pretty

    text: str = pretty.render(value)
    return text
