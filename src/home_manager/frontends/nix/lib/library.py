"""One evaluator's copy of the library: `lib` itself, its topics, and the files in Nix that some of them come from."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from home_manager.diagnostics import Source, failure
from home_manager.frontends.nix.lib.catalogue import EXPORTS, HM_TOPICS, TOPICS
from home_manager.frontends.nix.lib.people import EveryName, person, team
from home_manager.frontends.nix.lib.type_values import LaterType, NixType, TypeValue, known_type
from home_manager.nix.evaluation import call
from home_manager.options.location import Shared
from home_manager.options.types.base import OptionType
from home_manager.values import MISSING, Attrs, Builtin, OpenAttrs, Value
from home_manager.values.lazy import force

if TYPE_CHECKING:
    from home_manager.frontends.nix.lib.topic import Make, Topic
    from home_manager.nix.evaluation import Evaluator
    from home_manager.options.location import Shared
    from home_manager.options.module import ModuleSource
    from home_manager.options.types.base import OptionType

PACKAGE = __package__ or ""
PEOPLE = {"maintainers": person, "teams": team}


@cache
def load(module: str) -> Topic:
    """The topic that a module of this package describes."""
    topic: Topic = import_module(f"{PACKAGE}.{module}").topic
    return topic


class TopicAttrs(OpenAttrs):
    """A topic as an attribute set; its Python modules are imported one after the other until a name is found."""

    __slots__ = ("library", "modules")

    def __init__(self, library: Library, modules: tuple[str, ...]) -> None:
        super().__init__()
        self.library = library
        self.modules = modules

    def find(self, name: str) -> Value:
        for module in self.modules:
            make: Make | None = load(module).entries.get(name)
            if make is not None:
                return make(self.library)
        return MISSING

    def names(self) -> Iterable[str]:
        return [name for module in self.modules for name in load(module).entries]


class Root(OpenAttrs):
    """`lib`: the topics by name, and the names that are re-exported from them."""

    __slots__ = ("library",)

    def __init__(self, library: Library) -> None:
        super().__init__()
        self.library = library

    def find(self, name: str) -> Value:
        if name in TOPICS:
            return self.library.topic(name)
        if name in PEOPLE:
            return EveryName(PEOPLE[name])
        if name == "hm":
            return self.library.home_manager() if self.library.extended else MISSING
        if name == "extend":
            return Builtin("extend", 1, self.library.extend)
        if name == "platforms":
            return self.library.topic("systems")["doubles"]
        if name == "mkEUI64Suffix":
            return self.library.topic("network")["ipv6"]["mkEUI64Suffix"]  # type: ignore[index]
        topic = EXPORTS.get(name)
        if topic == "language":
            return self.library.builtin(name)
        return MISSING if topic is None else self.library.topic(topic)[name]

    def names(self) -> Iterable[str]:
        own = ("extend", "platforms", "mkEUI64Suffix", *(("hm",) if self.library.extended else ()))
        return [*TOPICS, *EXPORTS, *PEOPLE, *own]


class Library:
    """The library of one evaluator. With `extended`, `lib.hm` is there, as inside modules."""

    def __init__(self, evaluator: Evaluator, *, extended: bool = False) -> None:
        self.evaluator = evaluator
        self.extended = extended
        self.root: Value = Root(self)
        """`lib` as its own functions hand it on: with what overlays add, where this is the base of an extended one."""
        self._topics: dict[str, TopicAttrs] = {}
        self._hm: Attrs | None = None
        self._files: dict[str, Attrs] = {}
        self._types: dict[int, tuple[Value, OptionType | None]] = {}
        self._shared: Shared | None = None

    def builtin(self, name: str) -> Value:
        """A function or a value of the language."""
        return force(self.evaluator.builtins[name])

    def topic(self, name: str) -> Attrs:
        """`lib.<name>`"""
        found = self._topics.get(name)
        if found is None:
            found = self._topics[name] = TopicAttrs(self, TOPICS[name])
        return found

    def home_manager(self) -> Attrs:
        """`lib.hm`"""
        if self._hm is None:
            self._hm = Attrs({name: TopicAttrs(self, modules) for name, modules in HM_TOPICS.items()})
            self._hm["maintainers"] = EveryName(person)
        return self._hm

    def nix_file(self, name: str) -> Attrs:
        """The attribute set that a file of this package makes of the library."""
        found = self._files.get(name)
        if found is None:
            here = os.path.dirname(__file__)
            with open(os.path.join(here, name), encoding="utf-8") as file:
                source = Source(f"<lib/{name}>", file.read())
            made = call(self.evaluator.eval_source(source, here), Attrs({"lib": self.root}))
            assert isinstance(made, Attrs)
            found = self._files[name] = made
        return found

    @property
    def shared(self) -> Shared:
        """The shared of types that are used outside of an evaluation of modules."""
        if self._shared is None:
            self._shared = self.new_shared()
        return self._shared

    def new_shared(self) -> Shared:
        """What the evaluations below a new root share: this library's evaluator is their front end."""
        # Circle: modules in Nix are evaluated with the library that they are given.
        from home_manager.frontends.nix.nix_frontend import NixFrontend

        return Shared(NixFrontend(self))

    def module(self, value: Value) -> ModuleSource:
        """A module that stands in a type."""
        # Circle: see `new_shared`.
        from home_manager.frontends.nix.nix_modules import NixModule

        return NixModule.of(self, value, "<unknown-file>", f":anonymous-{id(value)}")

    def type_value(self, type_: OptionType) -> Attrs:
        """A type as an attribute set."""
        if isinstance(type_, NixType) and isinstance(type_.attrs, Attrs):
            return type_.attrs
        return TypeValue(self, lambda: type_)

    def type(self, value: Value) -> OptionType:
        """The type that an attribute set describes; within its own description, one that stands for it."""
        value = force(value)
        shown: OptionType | None = getattr(value, "shown_type", None)
        if shown is not None:
            return shown
        if isinstance(value, OptionType):
            return value
        if not isinstance(value, dict) or force(value.get("_type")) != "option-type":
            raise failure("not-a-type", "the type of an option must be one of `lib.types`")
        known = self._types.get(id(value))
        if known is None:
            self._types[id(value)] = (value, None)
            try:
                known = (value, known_type(self, value))
            except BaseException:
                del self._types[id(value)]
                raise
            self._types[id(value)] = known
        found = known[1]
        if found is not None:
            return found
        attrs = value
        return LaterType(lambda: self.type(attrs))

    def extend(self, overlay: Value) -> Value:
        """`lib.extend`: the library with an overlay on it, which modules that it evaluates get as `lib`."""
        # Start-up: topics of `lib` are loaded by name; this one only where `lib.extend` is used.
        from home_manager.frontends.nix.lib.fixed_points import extended, extensible

        def base(final: Value) -> Value:
            wider = Library(self.evaluator, extended=self.extended)
            own = wider.root
            wider.root = final
            return own

        return extensible("extend", extended(overlay, Builtin("lib", 1, base)))


def build_lib(evaluator: Evaluator) -> Attrs:
    """Nixpkgs' `lib` for an evaluator."""
    return _own(Library(evaluator))


def extended_lib(evaluator: Evaluator) -> Attrs:
    """`lib` as modules get it: with `lib.hm`."""
    return _own(Library(evaluator, extended=True))


def _own(library: Library) -> Attrs:
    root = library.root
    assert isinstance(root, Attrs)
    return root
