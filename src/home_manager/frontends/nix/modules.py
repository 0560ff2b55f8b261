"""Modules written in Nix, as the option engine takes them: functions, attribute sets and files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from home_manager.diagnostics import Span, failure
from home_manager.frontends.nix.lib.arguments import (
    attribute,
    attrs_of,
    list_of,
    select,
)
from home_manager.frontends.nix.lib.attrset_paths import path_of
from home_manager.frontends.nix.lib.options import check_arguments
from home_manager.frontends.nix.lib.trivial import function_args, is_function
from home_manager.frontends.nix.lib.type_values import ModuleValue, option_of
from home_manager.lazy import Delayed, force
from home_manager.nix.evaluation import call
from home_manager.nix.values import Attrs, Builtin, Function, PathValue, Value
from home_manager.options.evaluation import Evaluation, evaluate
from home_manager.options.module import ModuleSource, ModuleSpec, spec_of

if TYPE_CHECKING:
    from home_manager.frontends.nix.lib.library import Library

UNKNOWN_FILE = "<unknown-file>"
EVALUATION_ARGUMENTS = frozenset(("modules", "prefix", "specialArgs", "class", "args", "check"))


class NixModule:
    """A module made from a value of the language. A file is read when the module gets its arguments."""

    __slots__ = ("file", "key", "library", "value")

    def __init__(self, library: Library, value: Value, file: str, key: str) -> None:
        self.library = library
        self.value = value
        self.file = file
        self.key = key

    @classmethod
    def of(cls, library: Library, value: Value, file: str, key: str) -> ModuleSource:
        """The module that a value stands for: a path is its file, everything else lies in `file`."""
        value = force(value)
        if isinstance(value, ModuleValue):
            return value.source
        if isinstance(value, PathValue | str):
            path = value.text if isinstance(value, PathValue) else str(value)
            if not path.startswith("/"):
                raise failure(
                    "not-a-module",
                    f"the string “{path}” is not an absolute path, so it cannot be imported",
                    notes=(f"imported in `{file}`",),
                )
            return cls(library, value, path, path)
        if isinstance(value, list):
            raise failure(
                "not-a-module",
                "a list cannot be imported as a module",
                notes=(f"imported in `{file}`",),
                hints=("remove one level of brackets",),
            )
        return cls(library, value, file, key)

    def adopt(self, file: str) -> None:
        """Says in which file a module stands that was found inside a type."""
        if self.file == UNKNOWN_FILE:
            self.file = file

    def instantiate(self, arguments: Mapping[str, Value]) -> ModuleSpec:
        """The module with its arguments."""
        value = self.value
        if isinstance(value, PathValue | str):
            value = force(self.library.evaluator.eval_file(self.file))
            if not isinstance(value, Function | dict):
                raise failure("not-a-module", f"the file `{self.file}` is not a module", notes=not_a_module(value))
        if is_function(value):
            value = call(value, self._arguments(value, arguments))
            if not isinstance(value, dict):
                raise failure(
                    "not-a-module", f"the function in `{self.file}` does not return a module", notes=not_a_module(value)
                )
        return self._spec(attrs_of(value))

    def _arguments(self, function: Value, arguments: Mapping[str, Value]) -> Attrs:
        """What a function is called with: everything that all modules get, and whatever it names."""
        # What is there already, without asking for the names of what could be found.
        given = Attrs(dict.items(arguments) if isinstance(arguments, dict) else arguments.items())
        given.setdefault("lib", self.library.root)
        formals = force(function_args(self.library, function)) if not isinstance(function, Builtin) else {}
        assert isinstance(formals, dict)
        for name in formals:
            if name not in given:
                given[name] = arguments[name]
        return given

    def _spec(self, value: dict[str, Value]) -> ModuleSpec:
        kind = attribute(value, "_type", "module")
        if kind in ("if", "override", "merge"):
            return ModuleSpec(self.key, self.file, config=value)
        if kind != "module":
            hints: tuple[str, ...] = ()
            if kind == "flake":
                hints = ("select one of its modules, such as `.homeModules.default`",)
            elif kind == "configuration":
                hints = ("import the modules that make up the configuration instead",)
            raise failure(
                "not-a-module",
                f"expected a module, but found a value of type “{kind}”",
                notes=(f"imported in `{self.file}`",),
                hints=hints,
            )
        spec = spec_of(value, self.file, self.key, self.library.world)
        return replace(spec, options=Declarations(self.library, spec.options, spec.file)) if spec.options else spec


class Declarations(Mapping[str, object]):
    """A tree of declarations in which every `mkOption` is seen as a declaration of the engine."""

    __slots__ = ("_file", "_library", "_tree")

    def __init__(self, library: Library, tree: Mapping[str, object], file: str) -> None:
        self._library = library
        self._tree = tree
        self._file = file

    def __getitem__(self, name: str) -> object:
        entry = force(self._tree[name])
        if not isinstance(entry, dict):
            return entry
        kind = attribute(entry, "_type")
        if kind == "option":
            return option_of(self._library, entry, self._file, self._position(name))
        return Declarations(self._library, entry, self._file) if kind is None or isinstance(kind, dict) else entry

    def _position(self, name: str) -> Span | None:
        return self._tree.position(name) if isinstance(self._tree, Attrs) else None

    def __iter__(self) -> Iterator[str]:
        return iter(self._tree)

    def __len__(self) -> int:
        return len(self._tree)


def not_a_module(value: Value) -> tuple[str, ...]:
    from home_manager.nix.evaluation import show_type

    return (f"it is {show_type(value)}",)


def evaluated(library: Library, given: dict[str, Value]) -> Attrs:
    """`lib.evalModules`: modules made one configuration, each part computed when it is looked at."""
    check_arguments("evalModules", given, EVALUATION_ARGUMENTS)
    modules = list_of(select(given, "modules"))
    special = attrs_of(given.get("specialArgs", Attrs()))
    prefix = tuple(path_of(given.get("prefix", [])))
    class_ = force(given.get("class"))
    kind = Attrs({"modules": modules, "specialArgs": special, "class": class_})
    submodule = Delayed(lambda: call(library.topic("types")["submoduleWith"], kind))

    def extend(arguments: Value) -> Value:
        more = attrs_of(arguments)
        check_arguments("extendModules", more, frozenset(("modules", "specialArgs", "prefix")))
        wider = Attrs({**special, **attrs_of(more.get("specialArgs", Attrs()))})
        extended = Attrs(given)
        extended["modules"] = modules + list_of(more.get("modules", []))
        extended["specialArgs"] = wider
        if "prefix" in more:
            extended["prefix"] = more["prefix"]
        return evaluated(library, extended)

    extend_modules = Builtin("extendModules", 1, extend)
    own: dict[str, Value] = {"args": Attrs({"extendModules": extend_modules, "moduleType": submodule})}
    if "check" in given:
        own["check"] = Attrs({"_type": "override", "priority": 1000, "content": given["check"]})
    sources: list[ModuleSource] = [
        ModuleSpec("lib/modules.nix", "lib/modules.nix", config=Attrs({"_module": Attrs(own)}))
    ]
    if "args" in given:
        config = Attrs({"_module": Attrs({"args": given["args"]})})
        sources.append(ModuleSpec("lib/modules.nix:args", "<unknown-file>", config=config))
    world = library.new_world()
    for index, value in enumerate(modules, 1):
        sources.append(NixModule.of(library, value, UNKNOWN_FILE, f":anon-{index}"))
    arguments = {"lib": library.root, "_class": class_, "_prefix": list(prefix), **special}
    evaluation = evaluate(
        sources, arguments, world=world, prefix=prefix, class_=class_ if isinstance(class_, str) else None
    )
    return configuration(evaluation, extend_modules, submodule, class_)


def configuration(evaluation: Evaluation, extend: Value, submodule: Value, class_: Value) -> Attrs:
    """An evaluation as `evalModules` shows it."""

    def options() -> Value:
        force(evaluation.config)
        return evaluation.options

    def internal() -> Value:
        names = ("args", "check", "freeformType", "specialArgs")
        return Attrs({name: Delayed(lambda name=name: evaluation.value(("_module", name))) for name in names})  # type: ignore[misc]

    return Attrs(
        {
            "_type": "configuration",
            "class": class_,
            "config": Delayed(lambda: evaluation.config),
            "options": Delayed(options),
            "_module": Delayed(internal),
            "type": submodule,
            "extendModules": extend,
            "graph": Delayed(lambda: [Attrs({"key": spec.key, "file": spec.file}) for spec in evaluation.modules]),
        }
    )
