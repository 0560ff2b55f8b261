"""The option tree of one evaluation, walked when it is asked: namespaces, and slots for options."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from home_manager.diagnostics import Diagnostic, Failure, Span
from home_manager.options.declaration import InContext, Option
from home_manager.options.definition import OPTION_DEFAULT, Definition, Pushed, mk_option_default, push_down, tag
from home_manager.options.errors import option_errors
from home_manager.options.joining import merged_declaration
from home_manager.options.location import Location
from home_manager.options.merging import Merged, checked_merge
from home_manager.options.module import ModuleSpec
from home_manager.options.proxies import ConfigView
from home_manager.options.types.base import OptionType
from home_manager.options.types.scalars import UNSPECIFIED
from home_manager.options.types.submodules import Submodule
from home_manager.values import MISSING, Attrs, Value
from home_manager.values.lazy import Delayed, Lazy, force

if TYPE_CHECKING:
    from home_manager.options.eval_modules import Evaluation

Tree = tuple[str, Mapping[str, object]]
"""A file, and the mapping of declarations that it has at one place."""


MANY = 5
"""From how many trees on a namespace remembers which of them declares what."""


class Pushing(Lazy):
    """The attribute sets of definitions at a namespace, in order; lazy, so that a circle in them is found."""

    __slots__ = ("key", "parent", "place")

    def __init__(self, parent: Pushing | None, place: Location, key: str) -> None:
        super().__init__()
        self.parent = parent
        self.place = place
        self.key = key

    def name(self) -> str:
        return str(self.place)

    def get(self) -> list[Pushed]:
        return self.force()  # type: ignore[return-value]

    def compute(self) -> object:
        assert self.parent is not None
        found: list[Pushed] = []
        for each in self.parent.get():
            if self.key in each.attrs:
                wrong = push_down(each.value(self.key), each.file, (), each.turn, found)
                if wrong is not None:
                    raise option_errors.not_a_namespace(self.place, each.definition(self.key), wrong)
        return found


class Namespace:
    """A place in the option tree that has options below it."""

    __slots__ = ("_asked", "_known", "children", "evaluation", "place", "pushing", "trees")

    def __init__(self, evaluation: Evaluation, place: Location, trees: list[Tree], pushing: Pushing) -> None:
        self.evaluation = evaluation
        self.place = place
        self.trees = trees
        self.pushing = pushing
        self.children: dict[str, Namespace | Slot | None] = {}
        self._known: dict[str, list[Tree]] | None = None
        self._asked: list[Tree] = trees

    def seen(self) -> Attrs:
        """The namespace among the values of options."""
        return ConfigView(self)

    def child(self, name: str) -> Namespace | Slot | None:
        """The namespace or option of that name, or `None` where nothing is declared."""
        found = self.children.get(name, MISSING)
        if found is MISSING:
            found = self.children[name] = self._make(name)
        return found  # type: ignore[return-value]

    def _declaring(self, name: str) -> list[Tree]:
        """The trees that may declare a name. Of many, only those are asked that cannot tell what they have."""
        if len(self.trees) < MANY:
            return self.trees
        if self._known is None:
            self._known, self._asked = {}, []
            for file, tree in self.trees:
                # The catalogue's tree loads modules by name, and comes last.
                if not getattr(tree, "enumerable", isinstance(tree, dict)):
                    self._asked.append((file, tree))
                    continue
                for each in tree:
                    self._known.setdefault(each, []).append((file, tree))
        known = self._known.get(name)
        return self._asked if known is None else [*known, *self._asked]

    def _make(self, name: str) -> Namespace | Slot | None:
        options: list[tuple[str, Option]] = []
        trees: list[Tree] = []
        shared = self.place.shared
        for file, tree in self._declaring(name):
            entry = tree.get(name, MISSING)
            if entry is MISSING:
                continue
            entry = force(entry)
            if isinstance(entry, Option):
                options.append((entry.declared_in or file, _placed(entry, tree, name)))
            elif isinstance(entry, tuple):
                options.extend((each.declared_in or file, each) for each in entry)
            elif isinstance(entry, Mapping):
                if "_type" in entry and not isinstance(force(entry["_type"]), (Option, Mapping)):
                    made = shared.frontend.option(entry, file) if tag(entry) == "option" else None
                    if made is None:
                        raise option_errors.not_a_declaration(self.place / name, entry, file)
                    options.append((file, _placed(made, tree, name)))
                else:
                    trees.append((file, entry))
            else:
                raise option_errors.not_a_declaration(self.place / name, entry, file)
        place = self.place / name
        if trees and options:
            if not all(isinstance(option.type, Submodule) for _, option in options):
                raise option_errors.parent_of_options(place, options[0], trees)
            for file, tree in trees:
                inner = ModuleSpec(f"{file}:{place}", file, options=tree)
                options.append((file, Option(Submodule([inner], shorthand=None), span=_first_place(tree))))
            trees = []
        if options:
            return Slot(self, place, name, options)
        if trees:
            return Namespace(self.evaluation, place, trees, Pushing(self.pushing, place, name))
        return None

    def names(self) -> list[str]:
        """Every declared name at this place."""
        return list(dict.fromkeys(name for _, tree in self.trees for name in tree))

    def unmatched(self) -> Iterable[tuple[tuple[str, ...], Definition]]:
        """Definitions below this place that belong to no option, with their path from here."""
        seen: set[str] = set()
        for pushed in self.pushing.get():
            for name in pushed.attrs:
                child = self.child(name)
                if child is None:
                    yield (name,), pushed.definition(name)
                elif isinstance(child, Namespace) and name not in seen:
                    seen.add(name)
                    for path, definition in child.unmatched():
                        yield (name, *path), definition


class Slot(Lazy):
    """An option in one evaluation: its declarations, its definitions, and its value as what it computes."""

    __slots__ = ("_definitions", "_option", "declarations", "key", "namespace", "place", "result")

    def __init__(
        self,
        namespace: Namespace,
        place: Location,
        key: str,
        declarations: list[tuple[str, Option]],
        definitions: list[Definition] | None = None,
    ) -> None:
        self.state = 0
        self.namespace = namespace
        self.place = place
        self.key = key
        self.declarations = declarations
        self._option: Option | None = declarations[0][1] if len(declarations) == 1 else None
        self._definitions = definitions
        self.result: Merged | None = None

    @property
    def option(self) -> Option:
        """The declaration, merged where there are several."""
        if self._option is None:
            self._option = merged_declaration(self.place, self.declarations)
        return self._option

    @property
    def type(self) -> OptionType:
        return self.option.type or UNSPECIFIED

    @property
    def files(self) -> list[str]:
        """Where the option is declared."""
        return [file for file, _ in self.positions()]

    def positions(self) -> list[tuple[str, Span | None]]:
        """The file of each declaration, and its place there where it is known."""
        return [place for file, option in self.declarations for place in option.declared or ((file, option.span),)]

    def definitions(self) -> list[Definition]:
        """All definitions with their properties, without the default, in the order in which they are merged."""
        found = self._definitions
        if found is None:
            key = self.key
            pushed = [each for each in self.namespace.pushing.get() if key in each.attrs]
            found = [each.definition(key) for each in pushed]
            session = self.namespace.evaluation.session
            if session is not None:
                more = session.definitions(self.place.names[len(self.namespace.evaluation.prefix) :])
                if more:
                    # What the walk came to last is merged first.
                    given = [(each.turn, definition) for each, definition in zip(pushed, found, strict=True)]
                    found = [each for _, each in sorted([*more, *given], key=lambda pair: pair[0], reverse=True)]
            self._definitions = found
        return found

    def merged(self) -> Merged:
        """The definitions with the default among them, and what they come to before `apply`."""
        if self.result is None:
            definitions = self.definitions()
            option = self.option
            default = option.default
            if default is not MISSING:
                if isinstance(default, InContext):
                    default = _InContext(default, self.namespace.evaluation)
                file = option.declared_in or self.declarations[0][0]
                if not definitions:
                    value = force(default)
                    if not isinstance(value, dict) or "_type" not in value:
                        only = Definition(value, file, option.origin)
                        self.result = Merged(self.place, self.type, [only])
                        self.result.settle_as(only, OPTION_DEFAULT)
                        return self.result
                definitions = [Definition(mk_option_default(default), file, option.origin), *definitions]
            if option.read_only and len(definitions) > 1:
                raise option_errors.read_only(self.place, definitions, self.files)
            self.result = Merged(self.place, self.type, definitions)
        return self.result

    def seen(self) -> Value:
        """The option among the values of options."""
        return self

    def is_defined(self) -> bool:
        return bool(self.merged().settled())

    def is_set(self) -> bool:
        """Whether a definition counts, and not the default alone."""
        return self.merged().priority() < OPTION_DEFAULT

    def compute(self) -> Value:
        try:
            option = self.option
            apply = option.apply
            value = self._by_default(option) if self.result is None and not self.definitions() else MISSING
            if value is MISSING:
                merged = self.merged()
                value = merged.force() if merged.settled() else self.type.empty_at(self.place)
                if value is MISSING:
                    if apply is None or isinstance(apply, InContext):
                        raise option_errors.undefined(self.place, self.files)
                    # A function that does not look at the value makes one of nothing.
                    return apply(Delayed(self._undefined))
            if apply is None:
                return value
            value = force(value)
            if isinstance(apply, InContext):
                return apply.function(self.namespace.evaluation, value)
            return apply(value)
        except Failure as problem:
            self.place.shared.failed.add(self)
            if problem.diagnostic.code == "option-type-mismatch" and not problem.frames:
                problem.diagnostic = _with_declaration(problem.diagnostic, self.files)
            problem.add_frame(f"while evaluating {self.place}", self.span())
            raise

    def _undefined(self) -> Value:
        raise option_errors.undefined(self.place, self.files)

    def _by_default(self, option: Option) -> Value:
        """What comes of the default alone, where it has no properties, or `MISSING`.

        Most options have no definition but their default; it need not be put among the definitions to be merged.
        """
        default = option.default
        if default is MISSING or isinstance(default, InContext):
            return MISSING
        value = force(default)
        if isinstance(value, dict) and "_type" in value:
            return MISSING
        type_ = option.type or UNSPECIFIED
        if type_.plain and type_.accepts(value):
            return value
        only = Definition(value, option.declared_in or self.declarations[0][0], option.origin)
        return checked_merge(self.place, type_, (only,))

    def name(self) -> str:
        return str(self.place)

    def span(self) -> Span | None:
        for definition in self._definitions or ():
            if definition.span is not None:
                return definition.span
        return next((option.span for _, option in self.declarations if option.span is not None), None)


def _placed(option: Option, tree: Mapping[str, object], name: str) -> Option:
    """The declaration with its span, where the tree knows it."""
    position = getattr(tree, "position", None)
    if option.origin is None and position is not None:
        span = position(name)
        if span is not None:
            return option.placed(span)
    return option


def _first_place(tree: Mapping[str, object]) -> Span | None:
    """Where the first of the declarations in a tree was written."""
    position = getattr(tree, "position", None)
    return None if position is None else next((span for name in tree if (span := position(name)) is not None), None)


class _InContext(Lazy):
    """A default that is computed in its evaluation."""

    __slots__ = ("evaluation", "given")

    def __init__(self, given: InContext, evaluation: Evaluation) -> None:
        super().__init__()
        self.given = given
        self.evaluation = evaluation

    def compute(self) -> Value:
        return self.given.function(self.evaluation, None)


def _with_declaration(diagnostic: Diagnostic, files: list[str]) -> Diagnostic:
    return replace(diagnostic, notes=diagnostic.notes + option_errors.declared_in(files))


def unknown_in(namespace: Namespace, path: tuple[str, ...], definition: Definition) -> Failure:
    """The failure for a definition without option, with the names that may have been meant."""
    here: Namespace | Slot | None = namespace
    for name in path[:-1]:
        here = here.child(name) if isinstance(here, Namespace) else None
    siblings = here.names() if isinstance(here, Namespace) else []
    elsewhere: list[tuple[str, ...]] = []
    if isinstance(here, Namespace):
        for sibling in siblings[:200]:
            inner = dict(here.children).get(sibling) if len(siblings) > 40 else here.child(sibling)
            if isinstance(inner, Namespace) and path[-1] in inner.names():
                elsewhere.append((*namespace.place.names, *path[:-1], sibling, path[-1]))
    catalogue = namespace.evaluation.catalogue
    if catalogue is not None:
        elsewhere.extend(catalogue.named(path[-1]))
    return option_errors.unknown((*namespace.place.names, *path), definition, siblings, list(dict.fromkeys(elsewhere)))
