"""Classes of options: groups, submodules, and what modules are built on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import GeneratorType
from typing import TYPE_CHECKING, Any, ClassVar

from home_manager.authoring.part import Part, Sink
from home_manager.authoring.reading import PackagesView, Record, seen
from home_manager.authoring.recurring_parts import search_path, wrapped
from home_manager.authoring.values import version_at_least
from home_manager.diagnostics import failure
from home_manager.nix.evaluation import call
from home_manager.options.definition import Definition, mk_if, mk_merge
from home_manager.options.eval_modules import Evaluation
from home_manager.options.location import parse_path
from home_manager.options.module import ModuleSource, ModuleSpec
from home_manager.options.namespace import Slot
from home_manager.options.proxies import OpenConfig
from home_manager.options.types.base import OptionType
from home_manager.values import Attrs, Value
from home_manager.values.lazy import Delayed, Lazy, force


class Options:
    """A set of options as a class: `group(Signing)`, `t.submodule(Include)`.

    Instances are views of one evaluation: `self.x` reads an own option, `self["xdg.configHome"]` anyone's.
    `freeform` is the type of further attributes, `extends` the place in another module's submodule that this class
    adds options to (`accounts.email.accounts.<name>.msmtp`).
    """

    freeform: ClassVar[OptionType | None] = None
    extends: ClassVar[str] = ""
    _known_parts: ClassVar[tuple[Part, ...] | None] = None

    if TYPE_CHECKING:
        # The value of a submodule is a record, which a type checker takes for an instance of the submodule's class.
        get: Any
        items: Any
        keys: Any
        values: Any

        def __contains__(self, name: object) -> bool: ...
        def __iter__(self) -> Iterator[str]: ...

    __slots__ = ("_base", "_evaluation")

    def __init__(self, evaluation: Evaluation, base: tuple[str, ...]) -> None:
        self._evaluation = evaluation
        self._base = base

    def __init_subclass__(cls, **keywords: Any) -> None:
        super().__init_subclass__(**keywords)
        package, _, _ = __name__.rpartition(".")
        if cls.__module__.rpartition(".")[0] == package:
            return
        taken = {name for each in cls.__mro__ if each.__module__.rpartition(".")[0] == package for name in vars(each)}
        for name in vars(cls):
            if name in taken and name.startswith("_") and not name.startswith("__"):
                raise failure(
                    "reserved-name",
                    f"the class `{cls.__qualname__}` of `{cls.__module__}` defines `{name}`, which the framework uses",
                    hints=("give it another name; names without an underscore in front are yours",),
                )

    # What authors use

    def __getitem__(self, path: str) -> Any:
        """The value of any option of the configuration, by its full path."""
        root = self._evaluation.shared.root
        assert root is not None
        return seen(root.value(path))

    @property
    def pkgs(self) -> Any:
        """The package set, its attributes computed as they are read."""
        root = self._evaluation.shared.root
        assert root is not None
        packages = root.module_argument("pkgs")
        assert isinstance(packages, dict)
        return PackagesView(packages)

    def _is_on(self, platform: str) -> bool:
        """Whether the configuration is for `linux` or for `darwin`."""
        host = self.pkgs["stdenv"]["hostPlatform"]
        return force(host["isLinux" if platform == "linux" else "isDarwin"]) is True

    @property
    def _name(self) -> str:
        """The attribute name of the submodule that this is."""
        name = self._evaluation.name
        assert name is not None
        return name

    def _option(self, path: str) -> Slot:
        """An own option itself: whether it is defined, with which priority, by which definitions."""
        return self._evaluation.slot((*self._base, *parse_path(path)))

    def _root_option(self, path: str) -> Slot:
        """Any option of the configuration itself, by its full path."""
        root = self._evaluation.shared.root
        assert root is not None
        return root.slot(parse_path(path))

    def _argument(self, name: str) -> Any:
        """A module argument of this evaluation."""
        return seen(self._evaluation.module_argument(name))

    def _environment(self, name: str) -> str:
        """A variable of the environment in which the configuration is built; empty where it is not set."""
        return self._evaluation.shared.frontend.environment(name)

    def _values(self) -> Record:
        """All own options as one record, to be rendered or gone over."""
        value = self._evaluation.unchecked_config
        for name in self._base:
            inner = force(value[name])
            assert isinstance(inner, OpenConfig)
            value = inner
        assert isinstance(value, OpenConfig)
        return Record(value)

    def _made(self, builder: Value, *arguments: Value) -> Any:
        """What a function of the package set makes of these arguments: `self._made("writeText", "name", text)`.

        The function may also be given itself: `self._made(self.package["override"], {…})`.
        """
        return call(force(self.pkgs[builder] if isinstance(builder, str) else builder), *arguments)

    def _installed(self, part: str = "package") -> Any:
        """The package that is installed for an option `Package`: wrapped, where its `wrap_path` has packages."""
        return getattr(type(self), part).installed(self)

    def _wrapped(self, package: Any, arguments: str, *, program: str = "") -> Any:
        """A package whose main program (or `program`) is started through wrapProgram with these arguments."""
        return wrapped(self, package, program, arguments)

    def _search_path(self, packages: Sequence[Any]) -> str:
        """The value of `PATH` for the programs of packages."""
        return search_path(self, packages)

    def _in_text(self, value: Any) -> str:
        """A value as it appears within a text: a file of the user's is copied to the store, a package is its path."""
        return value if isinstance(value, str) else str(self._made(self.pkgs["lib"]["concatStrings"], [value]))

    def _takes_part(self, path: str) -> bool:
        """Whether anything names the module at a path; asking does not load it, and one that nothing names is off."""
        root = self._evaluation.shared.root
        assert root is not None
        return root.session is not None and root.session.takes_part(parse_path(path))

    def _has_option(self, path: str) -> bool:
        """Whether there is an option, or there are options below, a path: modules that the user imports bring others."""
        root = self._evaluation.shared.root
        assert root is not None
        here: object = root.unchecked_config
        for name in parse_path(path):
            if not isinstance(here, OpenConfig) or name not in here:
                return False
            here = force(here[name])
        return True

    def _state_at_least(self, release: str) -> bool:
        """Whether the configuration asks for the defaults of a release or of a later one."""
        return version_at_least(self["home.stateVersion"], release)

    # What the framework uses

    def _outermost(self, name: str) -> Value:
        """The value of an own option without what is inside it."""
        return self._evaluation.value((*self._base, *parse_path(name)))

    def _read(self, name: str) -> Any:
        return seen(self._evaluation.value((*self._base, *parse_path(name))))

    @classmethod
    def _parts(cls) -> tuple[Part, ...]:
        """The parts of the class, in the order in which they are written, inherited ones first."""
        known: tuple[Part, ...] | None = vars(cls).get("_known_parts")
        if known is None:
            known = tuple(cls._find_parts())
            cls._known_parts = known
        return known

    @classmethod
    def _find_parts(cls) -> Iterator[Part]:
        found: dict[str, object] = {}
        for each in reversed(cls.__mro__):
            for name, value in vars(each).items():
                if name == "_known_parts":
                    continue
                if isinstance(value, Part) or (isinstance(value, tuple) and value and isinstance(value[0], Part)):
                    found[name] = value
                elif name in found:
                    del found[name]
        for value in found.values():
            if isinstance(value, Part):
                yield value
            elif isinstance(value, tuple):
                yield from value

    @classmethod
    def _tree(cls, base: tuple[str, ...] = ()) -> dict[str, Any]:
        """The declarations of the class as a tree; `base` is where it stands in its evaluation."""
        tree: dict[str, Any] = {}
        for part in cls._parts():
            for path, option in part.declare(cls, base):
                here = tree
                for name in path[:-1]:
                    here = here.setdefault(name, {})
                here[path[-1]] = option
        return tree

    @classmethod
    def _sinks(cls, base: tuple[str, ...] = ()) -> list[Sink]:
        return [
            replace(sink, position=part.position) if part.position and not sink.position else sink
            for part in cls._parts()
            for sink in part.sinks(cls, base)
        ]

    @classmethod
    def _gate(cls, scope: Options) -> Value:
        """The condition that all gated definitions stand under; `True` for none."""
        return True

    @classmethod
    def _file(cls) -> str:
        """The file of the class, as it is shown: `modules/programs/bat.py`."""
        module = cls.__module__.removeprefix("home_manager.")
        return module.replace(".", "/") + ".py"

    @classmethod
    def __module_source__(cls) -> ModuleSource:
        return ClassModule(cls)


class ClassModule:
    """A class of options as a module: the inside of a submodule."""

    __slots__ = ("_options", "base", "cls", "file", "key")

    def __init__(self, cls: type[Options], base: tuple[str, ...] = ()) -> None:
        self.cls = cls
        self.base = base
        self.file = cls._file()
        self.key = f"{cls.__module__}.{cls.__qualname__}"
        self._options: Mapping[str, object] | None = None

    def instantiate(self, arguments: Mapping[str, Value]) -> ModuleSpec:
        evaluation = arguments.evaluation  # type: ignore[attr-defined]
        if self._options is None:
            tree: Any = self.cls._tree(self.base)
            for name in reversed(self.base):
                tree = {name: tree}
            self._options = tree
        sinks = self.cls._sinks(self.base)
        config: Value = None
        if sinks:
            scope = self.cls(evaluation, self.base)
            config = mk_merge(
                [nested(sink.names(self.base), inner) for sink in sinks for inner in inner_values(scope, sink)]
            )
        return ModuleSpec(self.key, self.file, options=self._options or {}, config=config, freeform=self.cls.freeform)


def inner_values(scope: Options, sink: Sink) -> list[Value]:
    """What a sink of a submodule's class defines, as values."""
    if sink.definitions is None:
        return [contributed(scope, sink)]
    complete = sink.definitions

    def definitions() -> Value:
        return mk_merge(
            [Attrs({"_type": "definition", "file": each.file, "value": each.value}) for each in complete(scope)]
        )

    return [Delayed(definitions)]


def nested(names: tuple[str, ...], value: Value) -> Value:
    """A value within sets of one attribute each."""
    for name in reversed(names):
        value = Attrs({name: value})
    return value


class Gate(Lazy):
    """The condition of a definition: the module is enabled, and its `when` holds."""

    __slots__ = ("scope", "sink")

    def __init__(self, scope: Options, sink: Sink) -> None:
        super().__init__()
        self.scope = scope
        self.sink = sink

    def compute(self) -> object:
        if self.sink.gated and force(self.scope._gate(self.scope)) is not True:
            return False
        return self.sink.when is None or self.sink.when(self.scope)


def contributed(scope: Options, sink: Sink) -> Value:
    """The value of a sink's definition: its body, run when somebody looks, under its conditions."""
    content = Delayed(lambda: run_body(scope, sink))
    if sink.when is None and (not sink.gated or scope._gate(scope) is True):
        return content
    return mk_if(Gate(scope, sink), content)


def run_body(scope: Options, sink: Sink) -> Value:
    """What a body returns, or all that it yields; nothing where it returns `None`."""
    assert sink.body is not None
    result = sink.body(scope)
    if isinstance(result, GeneratorType):
        return mk_merge(list(result))
    return mk_merge([]) if result is None else result


def defined(scope: Options, sink: Sink, file: str) -> list[Definition]:
    """The definitions of a sink."""
    if sink.definitions is not None:
        return sink.definitions(scope)
    return [Definition(contributed(scope, sink), file)]
