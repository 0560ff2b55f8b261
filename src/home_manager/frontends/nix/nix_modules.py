"""Modules written in Nix, as the option engine takes them: functions, attribute sets and files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from home_manager.diagnostics import Failure, Span
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
from home_manager.nix.evaluation import call
from home_manager.nix.printer import show_type
from home_manager.options.collect_modules import Node
from home_manager.options.errors.catchable import refused
from home_manager.options.eval_modules import Evaluation, evaluate
from home_manager.options.module import UNKNOWN_FILE, ModuleSource, ModuleSpec, spec_of
from home_manager.options.module_arguments import own_arguments
from home_manager.values import MISSING, Attrs, Builtin, Function, PathValue, Value
from home_manager.values.lazy import Delayed, Lazy, force

if TYPE_CHECKING:
    from home_manager.frontends.nix.lib.library import Library

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
                raise refused(
                    "not-a-module",
                    f"the string “{path}” is not an absolute path, so it cannot be imported",
                    notes=(f"imported in `{file}`",),
                )
            return cls(library, value, path, path)
        if isinstance(value, list):
            raise refused(
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
                raise refused("not-a-module", f"the file `{self.file}` is not a module", notes=not_a_module(value))
        if is_function(value):
            value = call(value, self._arguments(value, arguments))
            if not isinstance(value, dict):
                raise refused(
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
                given[name] = _Argument(arguments, name, self.file)
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
            raise refused(
                "not-a-module",
                f"expected a module, but found a value of type “{kind}”",
                notes=(f"imported in `{self.file}`",),
                hints=hints,
            )
        spec = spec_of(value, self.file, self.key, self.library.shared)
        return replace(spec, options=Declarations(self.library, spec.options, spec.file)) if spec.options else spec


class _Argument(Lazy):
    """An argument that a module names; a failure says which module asked for it."""

    __slots__ = ("arguments", "asked_by", "key")

    def __init__(self, arguments: Mapping[str, Value], key: str, asked_by: str) -> None:
        super().__init__()
        self.arguments = arguments
        self.key = key
        self.asked_by = asked_by

    def compute(self) -> Value:
        try:
            return force(self.arguments[self.key])
        except Failure as problem:
            problem.add_frame(f"while evaluating the module argument `{self.key}` in `{self.asked_by}`")
            raise


class Declarations(Mapping[str, object]):
    """A tree of declarations in which every `mkOption` is seen as a declaration of the engine."""

    __slots__ = ("_file", "_library", "tree")

    def __init__(self, library: Library, tree: Mapping[str, object], file: str) -> None:
        self._library = library
        self.tree = tree
        self._file = file

    enumerable: ClassVar[bool] = True

    def get(self, name: str, default: object = None) -> object:
        entry = self.tree.get(name, MISSING)
        return default if entry is MISSING else self._seen(name, entry)

    def __contains__(self, name: object) -> bool:
        return name in self.tree

    def __getitem__(self, name: str) -> object:
        return self._seen(name, self.tree[name])

    def _seen(self, name: str, entry: object) -> object:
        entry = force(entry)
        if not isinstance(entry, dict):
            return entry
        kind = force(entry["_type"]) if "_type" in entry else None
        if kind == "option":
            return option_of(self._library, entry, self._file, (self.tree, name))
        return Declarations(self._library, entry, self._file) if kind is None or isinstance(kind, dict) else entry

    def position(self, name: str) -> Span | None:
        """Where a name was written."""
        return self.tree.position(name) if isinstance(self.tree, Attrs) else None

    def __iter__(self) -> Iterator[str]:
        return iter(self.tree)

    def __len__(self) -> int:
        return len(self.tree)


def not_a_module(value: Value) -> tuple[str, ...]:
    return (f"it is {show_type(value)}",)


def evaluated(library: Library, given: dict[str, Value]) -> Attrs:
    """`lib.evalModules`: modules made one configuration, each part computed when it is looked at."""
    check_arguments("evalModules", given, EVALUATION_ARGUMENTS)
    special = attrs_of(given.get("specialArgs", Attrs()))
    class_ = force(given.get("class"))
    sources = [
        NixModule.of(library, value, UNKNOWN_FILE, f":anon-{index}")
        for index, value in enumerate(list_of(select(given, "modules")), 1)
    ]
    for name, content in (("args", given.get("args")), ("check", _default(given.get("check")))):
        if name in given:
            library.evaluator.io.warn(
                f"the argument `{name}` of evalModules is deprecated: define _module.{name} instead"
            )
            config = Attrs({"_module": Attrs({name: content})})
            sources.append(ModuleSpec(f"lib/modules.nix:{name}", UNKNOWN_FILE, config=config))
    return configuration(
        library,
        evaluate(
            sources,
            special,
            shared=library.new_shared(),
            prefix=tuple(path_of(given.get("prefix", []))),
            class_=class_ if isinstance(class_, str) else None,
        ),
    )


def _default(value: Value) -> Attrs:
    return Attrs({"_type": "override", "priority": 1000, "content": value})


def configuration(library: Library, evaluation: Evaluation) -> Attrs:
    """An evaluation as `evalModules` shows it."""
    own = own_arguments(evaluation)

    def options() -> Value:
        force(evaluation.config)
        return evaluation.options

    def internal() -> Value:
        force(evaluation.config)
        return evaluation.unchecked_config["_module"]

    return Attrs(
        {
            "_type": "configuration",
            "class": evaluation.class_,
            "config": Delayed(lambda: evaluation.config),
            "options": Delayed(options),
            "_module": Delayed(internal),
            "type": own["moduleType"],
            "extendModules": own["extendModules"],
            "graph": Delayed(lambda: [graph_value(each) for each in evaluation.graph]),
        }
    )


def graph_value(node: Node) -> Attrs:
    """A module of the graph; modules may import each other, so what it imports is shown when somebody looks."""
    return Attrs(
        {
            "key": node.key,
            "file": node.spec.file,
            "imports": Delayed(lambda: [graph_value(each) for each in node.imports]),
            "disabled": node.disabled,
        }
    )
