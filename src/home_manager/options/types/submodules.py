"""Types whose values are configurations of their own: submodules, and modules kept for later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from home_manager.diagnostics import Failure
from home_manager.nix.errors import stack_overflow
from home_manager.options.definition import Definition
from home_manager.options.errors.catchable import refused
from home_manager.options.location import Location, Shared, show_path
from home_manager.options.module import UNKNOWN_FILE, ModuleSource, ModuleSpec, source_of
from home_manager.options.proxies import Unchecked
from home_manager.options.types.base import OptionType, is_text, phrase, show_value, text_of
from home_manager.values import Attrs, Function, PathValue, Value
from home_manager.values.lazy import Delayed, force

if TYPE_CHECKING:
    from home_manager.options.eval_modules import Evaluation


LEVELS = 1000
"""So many names may lead to a submodule; Nix has no room for as many, and one whose default contains itself has no end."""


def endless(place: Location) -> Failure:
    """The failure for a submodule inside of itself without end."""
    problem = stack_overflow()
    shown = f"{show_path(place.names[:6])}…"
    note = f"`{shown}` goes on for more than {LEVELS} levels"
    problem.diagnostic = replace(
        problem.diagnostic,
        notes=(note,),
        hints=("give an option that holds its own type the default `null` (with `lib.types.nullOr`), not `{ }`",),
    )
    return problem


def is_module(value: Value) -> bool:
    """Whether a forced value may stand for a module: a set, a function or a path."""
    return isinstance(value, (dict, Function)) or (
        isinstance(value, PathValue) or (is_text(value) and text_of(value).startswith("/"))
    )


class Submodule(OptionType):
    """An attribute set with its own options.

    `shorthand`: definitions are taken as the configuration itself, not as modules; `None` leaves it to another
    declaration of the same option. `modules` may be sources or values that a front end turns into modules; `world` is
    how it does that where there is no evaluation to say so: for documentation.
    """

    __slots__ = ("_description", "class_", "modules", "shared", "shorthand", "special_args")
    name = "submodule"

    def __init__(
        self,
        modules: Sequence[object],
        *,
        special_args: Mapping[str, Value] | None = None,
        shorthand: bool | None = False,
        description: str | None = None,
        class_: str | None = None,
        shared: Shared | None = None,
    ) -> None:
        self.modules = tuple(modules)
        self.special_args = special_args or {}
        self.shorthand = shorthand
        self._description = description
        self.class_ = class_
        self.shared = shared

    @property
    def coherent(self) -> bool:
        return True

    def describe(self) -> str:
        if self._description is not None:
            return self._description
        freeform = self.freeform()
        return self.name if freeform is None else f"open submodule of {phrase(freeform, 'noun', 'composite')}"

    def freeform(self) -> OptionType | None:
        """The type of the attributes that no option declares, if such are allowed; needs no configuration."""
        for module in self.modules:
            if isinstance(module, ModuleSpec) and module.freeform is not None:
                return module.freeform
        if all(
            isinstance(module, ModuleSpec) and not module.imports and module.config is None for module in self.modules
        ):
            return None
        return self._documented().freeform()

    def _documented(self) -> Evaluation:
        # Circle: the value of a submodule is an evaluation, whose options have types.
        from home_manager.options.eval_modules import Evaluation

        shared = (self.shared or Shared()).again()
        sources = self._sources("<documentation>", shared)
        return Evaluation(shared, sources, self.special_args, Location(("‹name›",), shared), True, self.class_)

    def accepts(self, value: Value) -> bool:
        return is_module(value)

    def _sources(self, file: str, shared: Shared) -> list[ModuleSource]:
        return [source_of(module, file, f"{file}:{n}", shared) for n, module in enumerate(self.modules)]

    def merge(self, place: Location, definitions: Sequence[Definition]) -> Value:
        # Circle: the value of a submodule is an evaluation, whose options have types.
        from home_manager.options.eval_modules import Evaluation

        if place.depth > LEVELS:
            raise endless(place)
        shared = place.shared
        # nixpkgs has a declaration import the modules of its type, so their definitions come before those of the option.
        sources: list[ModuleSource] = [ModuleSpec(":type", UNKNOWN_FILE, self._sources(UNKNOWN_FILE, shared))]
        for n, definition in enumerate(definitions):
            value = definition.value
            key = f":definition-{n}"
            if isinstance(value, dict) and self.shorthand:
                sources.append(ModuleSpec(key, definition.file, config=value))
            else:
                inner = source_of(value, definition.file, f"{key}-module", shared)
                sources.append(ModuleSpec(key, definition.file, [inner]))
        return Evaluation(shared, sources, self.special_args, place, True, self.class_).config

    def meta(self, place: Location, definitions: Sequence[Definition], value: Value) -> Attrs:
        show = place.shared.frontend.configuration

        def configuration() -> Value:
            config = force(value)
            assert isinstance(config, Unchecked)
            return show(config.evaluation)

        return Attrs({"configuration": Delayed(configuration)})

    def empty_at(self, place: Location) -> Value:
        return self.merge(place, [])

    def empty(self) -> Value:
        return Attrs()

    def sub_options(self, prefix: tuple[str, ...]) -> Mapping[str, object]:
        evaluation = self._documented()
        return evaluation.declared_tree()

    def inside(self) -> Sequence[tuple[tuple[str, ...], OptionType]]:
        return [((), self)]

    def sub_modules(self) -> Sequence[ModuleSource] | None:
        return self.modules  # type: ignore[return-value]

    def with_modules(self, modules: Sequence[object]) -> Submodule:
        return Submodule(
            modules,
            special_args=self.special_args,
            shorthand=self.shorthand,
            description=self._description,
            class_=self.class_,
            shared=self.shared,
        )

    def combined(self, other: OptionType) -> OptionType | None:
        """Both sets of modules, those of the later declaration first."""
        if not isinstance(other, Submodule):
            return None

        def agree(what: str, mine: object, theirs: object) -> object:
            if mine is None or theirs is None or mine == theirs:
                return theirs if mine is None else mine
            shown = f": {show_value(mine)} and {show_value(theirs)}"
            raise refused("submodule-declarations", f"a submodule is declared twice with different {what}{shown}")

        if set(self.special_args) & set(other.special_args):
            raise refused("submodule-declarations", "a submodule is declared twice with the same special arguments")
        return Submodule(
            (*other.modules, *self.modules),
            special_args={**self.special_args, **other.special_args},
            shorthand=agree("`shorthandOnlyDefinesConfig`", self.shorthand, other.shorthand),  # type: ignore[arg-type]
            description=agree("descriptions", self._description, other._description),  # type: ignore[arg-type]
            class_=agree("classes", self.class_, other.class_),  # type: ignore[arg-type]
            shared=self.shared or other.shared,
        )

    def nested(self) -> Mapping[str, OptionType]:
        freeform = self.freeform()
        return {} if freeform is None else {"freeformType": freeform}


class DeferredModule(OptionType):
    """A module to be imported elsewhere in the configuration."""

    __slots__ = ("shared", "static")
    name = "deferredModule"
    phrase = "noun"

    def __init__(self, static: Sequence[object] = (), shared: Shared | None = None) -> None:
        self.static = tuple(static)
        self.shared = shared

    def describe(self) -> str:
        return "module"

    def accepts(self, value: Value) -> bool:
        return is_module(value)

    def merge(self, place: Location, definitions: Sequence[Definition]) -> Value:
        imports: list[Value] = list(self.static)
        for each in definitions:
            where = f"{each.file}, via option {show_path(place.names)}"
            imports.append(Attrs({"_file": where, "imports": [each.value]}))
        return Attrs({"imports": imports})

    def combined(self, other: OptionType) -> OptionType | None:
        if not isinstance(other, DeferredModule):
            return None
        return DeferredModule((*self.static, *other.static), self.shared or other.shared)

    def sub_modules(self) -> Sequence[ModuleSource] | None:
        return self.static  # type: ignore[return-value]

    def with_modules(self, modules: Sequence[object]) -> OptionType:
        return DeferredModule(modules, self.shared)

    def sub_options(self, prefix: tuple[str, ...]) -> Mapping[str, object]:
        return Submodule(self.static, shared=self.shared).sub_options(prefix)


def freeform_of(value: Value, shared: Shared) -> OptionType | None:
    """The freeform type that a value of `_module.freeformType` stands for."""
    value = force(value)
    if value is None or isinstance(value, OptionType):
        return value
    found = shared.frontend.type(value)
    if found is not None:
        return found
    raise refused("freeform-type", "`_module.freeformType` must be a type")
