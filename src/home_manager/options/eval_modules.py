"""The evaluation of modules: collecting them, and asking for the values of their options."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from home_manager.diagnostics import Diagnostic, Failure, Severity, Source, failure
from home_manager.options.collect_modules import Node, collect
from home_manager.options.definition import Definition, Pushed, Turn, push_down
from home_manager.options.errors import option_errors
from home_manager.options.errors.check_everything import (
    by_source,
    defined_slots,
    doubts_in,
    mistakes_of_what_was_read,
    was_read,
    with_labels_of,
)
from home_manager.options.location import Location, Shared, parse_path
from home_manager.options.module import UNKNOWN_FILE, ModuleSource, ModuleSpec, source_of
from home_manager.options.module_arguments import INTERNAL, INTERNAL_FILE, INTERNAL_WITHIN, Arguments, own_arguments
from home_manager.options.module_catalogue import ModuleCatalogue, Session
from home_manager.options.namespace import Namespace, Pushing, Slot, Tree, unknown_in
from home_manager.options.proxies import OptionsView, Unchecked
from home_manager.options.types.base import OptionType
from home_manager.options.types.submodules import Submodule, freeform_of
from home_manager.values import Attrs, Value
from home_manager.values.lazy import Delayed, force

GIVEN_LATER = frozenset(("pkgs", "config", "options", "osConfig", "nixosConfig", "darwinConfig"))
"""Arguments that every configuration has, but not before its modules are known."""

UNREAD = "nothing reads the option now, so the home is made without it"


class Evaluation:
    """Modules evaluated together. Nothing is computed before it is asked for."""

    def __init__(
        self,
        shared: Shared,
        modules: Sequence[ModuleSource],
        special_args: Mapping[str, Value],
        place: Location | None = None,
        named: bool = False,
        class_: str | None = None,
        catalogue: ModuleCatalogue | None = None,
        check: bool = True,
        first: int | None = None,
    ) -> None:
        self.shared = shared
        self.special_args = special_args
        self.place = Location((), shared) if place is None else place
        self.named = named
        self.catalogue = catalogue
        self.session: Session | None = None
        if shared.root is None:
            shared.root = self
        self._check = check
        self._class = class_
        self._given = tuple(modules)
        self._first = len(self._given) if first is None else first
        self._collected = False
        self._modules: list[ModuleSpec] = []
        self._namespace: Namespace | None = None
        self._config: Attrs | None = None
        self._shown: Attrs | None = None
        self._freeform: list[OptionType | None] = []
        self._own: dict[str, Value] | None = None
        self._graph: list[Node] = []
        self._freeform_value = Delayed(self._merged_freeform)

    def _collect(self) -> Namespace:
        if self._collected:
            raise failure(
                "infinite-recursion",
                "the imports of a module depend on the configuration",
                hints=("use `mkIf` in `config`, and pass what decides about `imports` among the special arguments",),
            )
        self._collected = True
        try:
            arguments = Arguments(self, self._class)
            collected = collect(
                self._given, arguments, self.shared, self._class, self.special_args, self.catalogue, self._first
            )
        except BaseException as problem:
            self._collected = False
            if isinstance(problem, Failure) and self.shared.root is self:
                # There are no options yet that more could be said of.
                problem.about = None
                self.shared.frontend.suggest(problem, self)
            raise
        # Definitions of what is imported come before those of what imports it, and later modules before earlier ones.
        found = collected.modules[::-1]
        self._graph = collected.graph
        self._modules = [spec for spec, _ in found]
        trees: list[Tree] = [(spec.file, spec.options) for spec in self._modules if spec.options]
        trees.append((INTERNAL_FILE, INTERNAL_WITHIN if self.named else INTERNAL))
        catalogue = self.catalogue
        if catalogue is not None:
            if collected.disabled:
                self.catalogue = catalogue = catalogue.without(collected.disabled)
            self.session = catalogue.session(self)
            trees.append(("", catalogue.options))
        pushing = _Root(self.place, found)
        return Namespace(self, self.place, trees, pushing)

    # What can be asked

    @property
    def name(self) -> str | None:
        """The last of the names that lead here, which a submodule knows as `name`; None at the root."""
        if not self.named:
            return None
        return self.prefix[-1] if self.prefix else ""

    @property
    def prefix(self) -> tuple[str, ...]:
        """The names that lead to this evaluation, which are those of the option that it is the value of."""
        return self.place.names

    @property
    def namespace(self) -> Namespace:
        """The root of the option tree, which is there once all modules are collected."""
        if self._namespace is None:
            self._namespace = self._collect()
        return self._namespace

    @property
    def modules(self) -> list[ModuleSpec]:
        """The modules in the order of their definitions."""
        _ = self.namespace
        return self._modules

    @property
    def sources(self) -> list[Source]:
        """The texts that the modules were written in, as far as they say where their definitions stand."""
        found: dict[int, Source] = {}
        for spec in self.modules[::-1]:
            if isinstance(spec.config, Attrs):
                spans = (spec.config.position(name) for name in dict.keys(spec.config))
                span = next((each for each in spans if each is not None), None)
                if span is not None:
                    found.setdefault(id(span.source), span.source)
        return list(found.values())

    @property
    def graph(self) -> list[Node]:
        """The modules that were given, each with what it imports."""
        _ = self.namespace
        return self._graph

    @property
    def class_(self) -> str | None:
        """The class that all modules must have, if they have one."""
        return self._class

    @property
    def unchecked_config(self) -> Attrs:
        """The values of all options, as modules see them."""
        if self._config is None:
            self._config = Unchecked(self)
        return self._config

    @property
    def config(self) -> Attrs:
        """The values of all options, after the check that every definition has an option."""
        if self._check:
            self._check = False
            for problem in self.unknown():
                raise problem
        if self._shown is None:
            self._shown = Unchecked(self, internals=False)
        return self._shown

    @property
    def options(self) -> Attrs:
        """The declared options with their values and definitions, as module arguments show them."""
        return OptionsView(self)

    def find(self, names: tuple[str, ...]) -> Namespace | Slot | None:
        """The namespace or option at a path from the root of this evaluation."""
        here: Namespace | Slot | None = self.namespace
        for name in names:
            if not isinstance(here, Namespace):
                return None
            here = here.child(name)
        return here

    def slot(self, path: str | tuple[str, ...]) -> Slot:
        """The option at a path; it must be declared."""
        names = parse_path(path) if isinstance(path, str) else path
        found = self.find(names)
        if not isinstance(found, Slot):
            raise self._absent(names)
        return found

    def value(self, path: str | tuple[str, ...]) -> Value:
        """The value at a path, which may go on inside an option's value; forced at its outermost layer."""
        names = parse_path(path) if isinstance(path, str) else path
        here: Value = self.unchecked_config
        for index, name in enumerate(names):
            here = force(here)
            if not isinstance(here, dict) or name not in here:
                raise self._absent(names[: index + 1])
            here = here[name]
        return force(here)

    def definitions(self, path: str | tuple[str, ...]) -> list[Definition]:
        """The definitions of an option that count, without properties; the default where nothing overrides it."""
        return self.slot(path).merged().settled()

    def mentions(self, names: tuple[str, ...]) -> bool:
        """Whether a module that was given (not one of the catalogue) defines something at or below a path."""
        here: Namespace | Slot | None = self.namespace
        for name in names[:-1]:
            if isinstance(here, Slot):
                return False
            if here is None or not any(name in pushed.attrs for pushed in here.pushing.get()):
                return False
            here = here.child(name)
        return isinstance(here, Namespace) and any(names[-1] in pushed.attrs for pushed in here.pushing.get())

    def module_argument(self, name: str) -> Value:
        """An argument by name: a special one, or one of `_module.args`."""
        if name in self.special_args:
            return force(self.special_args[name])
        if self._collected and self._namespace is None and name not in GIVEN_LATER:
            raise failure(
                "module-argument",
                f"no special argument is called `{name}`, and `imports` can use no other",
                hints=(f"pass it among the special arguments: extraSpecialArgs = {{ inherit {name}; }};",),
            )
        args = self._arguments()
        if name not in args:
            raise failure(
                "module-argument",
                f"no module argument is called `{name}`",
                hints=(f"define it with `_module.args.{name} = …;` or pass it among the special arguments",),
            )
        return force(args[name])

    def _arguments(self) -> dict[str, Value]:
        if self.defines_internals():
            args = force(self.slot(("_module", "args")))
            assert isinstance(args, dict)
            return args
        if self._own is None:
            self._own = own_arguments(self)
        return self._own

    def defines_internals(self) -> bool:
        """Whether a module defines something below `_module`, which few do."""
        return any("_module" in each.attrs for each in self.namespace.pushing.get())

    def module_type(self) -> Submodule:
        """The type of submodules that have all modules of this evaluation."""
        return Submodule(self._given, special_args=self.special_args, class_=self._class, shared=self.shared)

    def extended(
        self,
        modules: Sequence[object],
        special_args: Mapping[str, Value] | None = None,
        prefix: tuple[str, ...] | None = None,
    ) -> Evaluation:
        """An evaluation of the same modules and some more: a specialisation."""
        shared = self.shared.again() if self.shared.root is self else self.shared
        sources = [
            source_of(each, UNKNOWN_FILE, f":extended-{n}", shared) for n, each in enumerate(modules, len(self._given))
        ]
        return Evaluation(
            shared,
            [*self._given, *sources],
            {**self.special_args, **(special_args or {})},
            Location((lambda: self.prefix) if prefix is None else prefix, shared),
            self.named,
            self._class,
            self.catalogue,
            first=self._first,
        )

    def freeform(self) -> OptionType | None:
        """The type of what no option declares, if that is allowed."""
        if not self._freeform:
            found: OptionType | None = None
            if self.defines_internals():
                found = freeform_of(self.slot(("_module", "freeformType")), self.shared)
            self._freeform.append(found)
        return self._freeform[0]

    def freeform_value(self) -> Attrs:
        """What the definitions without option come to, by the freeform type."""
        value = self._freeform_value.force()
        assert isinstance(value, Attrs)
        return value

    def _merged_freeform(self) -> Attrs:
        freeform = self.freeform()
        assert freeform is not None
        definitions: list[Definition] = []
        for path, definition in self.namespace.unmatched():
            value: Value = definition.value
            for name in reversed(path[1:]):
                value = Attrs({name: value})
            origin = definition.span
            spans = {} if origin is None else {path[0]: origin}
            definitions.append(Definition(Attrs({path[0]: value}, origin=spans), definition.file, origin))
        if not definitions:
            return Attrs()
        value = force(freeform.merge(self.place, definitions))
        assert isinstance(value, dict)
        return value if isinstance(value, Attrs) else Attrs(value)

    def declared_tree(self) -> Mapping[str, object]:
        """All declarations as a tree of `Option`, for documentation."""
        return _tree(self.namespace)

    # What is wrong

    def unknown(self) -> list[Failure]:
        """A failure for each definition without option; none where a freeform type takes them or the check is off."""
        if self.freeform() is not None:
            return []
        if self.defines_internals():
            checked = force(self.slot(("_module", "check")))
            if checked is False:
                return []
        unmatched = sorted(self.namespace.unmatched(), key=lambda each: each[0])
        return [unknown_in(self.namespace, path, definition) for path, definition in unmatched]

    def failures(self, *problems: Failure) -> list[Diagnostic]:
        """Every independent mistake in what was read; `problems` are those that readers met."""
        found: dict[tuple[str, str], Diagnostic] = {}
        _ = self.namespace

        def note(problem: Failure) -> None:
            self.shared.frontend.suggest(problem, self)
            for diagnostic in problem.finished():
                name = diagnostic.code, diagnostic.message
                known = found.get(name)
                found[name] = diagnostic if known is None else with_labels_of(known, diagnostic)

        try:
            for unknown in self.unknown():
                note(unknown)
        except Failure as problem:
            note(problem)
        mistakes_of_what_was_read(self.namespace, note)
        for met in problems:
            self.shared.frontend.suggest(met, self)
            for diagnostic in met.finished():
                found.setdefault((diagnostic.code, diagnostic.message), diagnostic)
        return sorted(found.values(), key=by_source)

    def doubts(self, own: Callable[[str], bool]) -> list[Diagnostic]:
        """What is wrong with definitions in the user's `own` files that nobody read, where no value need be computed."""
        found: dict[tuple[str, str], Diagnostic] = {}
        for slot in defined_slots(self.namespace, lambda problem: None):
            if was_read(slot, self.shared.failed):
                continue
            try:
                for definition, doubt in doubts_in(slot):
                    if not own(definition.file):
                        continue
                    self.shared.frontend.suggest(doubt, self)
                    for each in doubt.finished():
                        found.setdefault(
                            (each.code, each.message),
                            replace(each, severity=Severity.WARNING, notes=(*each.notes, UNREAD)),
                        )
            except Failure:
                # Neither its declarations are anybody's business before it is read.
                continue
        return sorted(found.values(), key=by_source)

    def _absent(self, names: tuple[str, ...]) -> Failure:
        siblings: list[str] = []
        parent = self.find(names[:-1])
        if isinstance(parent, Namespace):
            siblings = parent.names()
        elsewhere = self.catalogue.named(names[-1]) if self.catalogue is not None and names else ()
        return option_errors.unknown((*self.prefix, *names), Definition(None, "a read of it"), siblings, elsewhere)


class _Root(Pushing):
    """The definitions at the root of an evaluation: one attribute set and more for each module."""

    __slots__ = ("modules",)

    def __init__(self, place: Location, modules: Sequence[tuple[ModuleSpec, Turn]]) -> None:
        super().__init__(None, place, "")
        self.modules = modules

    def compute(self) -> object:
        found: list[Pushed] = []
        for spec, turn in self.modules:
            if spec.freeform is not None:
                own = Attrs({"_module": Attrs({"freeformType": spec.freeform})})
                found.append(Pushed(own, spec.file, (), turn))
            if spec.config is None:
                continue
            wrong = push_down(spec.config, spec.file, (), turn, found)
            if wrong is not None:
                raise option_errors.not_a_namespace(self.place, Definition(wrong, spec.file), wrong)
        return found


def _tree(namespace: Namespace) -> dict[str, object]:
    result: dict[str, object] = {}
    for name in namespace.names():
        child = namespace.child(name)
        if isinstance(child, Slot):
            result[name] = child.option
        elif child is not None:
            result[name] = _tree(child)
    return result


def evaluate(
    modules: Sequence[ModuleSource],
    special_args: Mapping[str, Value] | None = None,
    *,
    shared: Shared | None = None,
    prefix: tuple[str, ...] = (),
    class_: str | None = None,
    check: bool = True,
    catalogue: ModuleCatalogue | None = None,
) -> Evaluation:
    """Modules, made one configuration."""
    shared = Shared() if shared is None else shared
    return Evaluation(shared, modules, special_args or {}, Location(prefix, shared), False, class_, catalogue, check)
