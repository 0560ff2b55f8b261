"""The parts that everything else is made of: options, groups, and definitions with a body."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar, cast, overload

from home_manager.authoring.file_places import Place
from home_manager.authoring.part import Body, Part, Sink, condition, given, is_value
from home_manager.authoring.reading import seen
from home_manager.options.declaration import InContext, Option
from home_manager.options.eval_modules import Evaluation
from home_manager.options.types.base import OptionType
from home_manager.values import MISSING, Attrs, Value
from home_manager.values.lazy import Delayed

if TYPE_CHECKING:
    from typing import Unpack

    from home_manager.authoring.options_class import Options
    from home_manager.options.types.public_names import Typed

T = TypeVar("T")
Group = TypeVar("Group", bound="Options")


def literal(text: str) -> Attrs:
    """A text that stands for a default or an example in the documentation, as Nix code."""
    return Attrs({"_type": "literalExpression", "text": text})


class OptionPart(Part):
    """One option."""

    def __init__(
        self,
        type: OptionType,
        *,
        default: Any = MISSING,
        default_text: str | None = None,
        example: Any = MISSING,
        doc: str = "",
        apply: Callable[..., Value] | None = None,
        read_only: bool = False,
        internal: bool = False,
        visible: bool | str = True,
        name: str = "",
    ) -> None:
        self.type = type
        self.default = default
        self.default_text = default_text
        self.example = example
        self.doc = doc
        self.apply = apply
        self.read_only = read_only
        self.internal = internal
        self.visible = visible
        self.attribute = name

    def declare(self, cls: type[Options], base: tuple[str, ...]) -> Iterable[tuple[tuple[str, ...], Option]]:
        default = self.default
        if default is not MISSING and callable(default) and not is_value(default) and not isinstance(default, dict):
            default = in_scope(cls, base, default)
        yield (
            (self.attribute,),
            Option(
                self.type,
                default,
                MISSING if self.default_text is None else literal(self.default_text),
                self.example,
                self.doc or None,
                None if self.apply is None else applied(cls, base, self.apply),
                self.read_only,
                self.internal,
                self.visible,
                declared_in=cls._file(),
            ),
        )


def in_scope(cls: type[Options], base: tuple[str, ...], function: Body) -> InContext:
    """A default that is a function of `self`."""
    return InContext(lambda evaluation, _: function(cls(evaluation, base)))


def applied(cls: type[Options], base: tuple[str, ...], function: Callable[..., Value]) -> InContext:
    """An `apply` of the value, or of `self` and the value."""
    code = getattr(function, "__code__", None)
    if code is not None and code.co_argcount == 2:

        def run(evaluation: Evaluation, value: Value) -> Value:
            return function(cls(evaluation, base), seen(value))

        return InContext(run)
    return InContext(lambda _, value: function(seen(value)))


class OptionKeywords(TypedDict, total=False):
    """What `option` takes besides the type."""

    default: Any
    default_text: str | None
    example: Any
    doc: str
    read_only: bool
    internal: bool
    visible: bool | str
    name: str


@overload
def option(type: Typed[T], **keywords: Unpack[OptionKeywords]) -> T: ...
@overload
def option(
    type: OptionType, *, apply: Callable[..., Value] | None = ..., **keywords: Unpack[OptionKeywords]
) -> Any: ...
def option(type: OptionType, **keywords: Any) -> Any:
    """An option; see the cookbook. `default` and `apply` may be functions of `self` (`apply` of `self, value`)."""
    return OptionPart(type, **keywords)


class GroupPart(Part):
    """Options one level deeper."""

    def __init__(self, cls: type[Options], name: str = "") -> None:
        self.cls = cls
        self.attribute = name

    def read(self, scope: Options) -> Any:
        return self.cls(scope._evaluation, (*scope._base, self.attribute))

    def declare(self, cls: type[Options], base: tuple[str, ...]) -> Iterable[tuple[tuple[str, ...], Option]]:
        inner = (*base, self.attribute)
        for part in self.cls._parts():
            for path, declared in part.declare(self.cls, inner):
                yield (self.attribute, *path), declared

    def sinks(self, cls: type[Options], base: tuple[str, ...]) -> Iterable[Sink]:
        inner = (*base, self.attribute)
        group = self.cls

        def within(function: Callable[[Any], Any] | None) -> Callable[[Any], Any] | None:
            if function is None:
                return None
            return lambda scope: function(group(scope._evaluation, (*scope._base, self.attribute)))

        for part in group._parts():
            for sink in part.sinks(group, inner):
                path = f".{self.attribute}{sink.path}" if sink.path.startswith(".") else sink.path
                yield Sink(path, within(sink.body), within(sink.when), sink.gated, within(sink.definitions))


def group(cls: type[Group], *, name: str = "") -> Group:
    """The options of a class below the attribute's name."""
    return cast(Group, GroupPart(cls, name))


class DefinesPart(Part):
    """A definition with a body."""

    def __init__(self, sink: str, body: Body, when: Any, always: bool) -> None:
        self.sink = sink
        self.body = body
        self.when = when
        self.always = always

    def read(self, scope: Options) -> Any:
        return lambda: self.body(scope)

    def sinks(self, cls: type[Options], base: tuple[str, ...]) -> Iterable[Sink]:
        yield Sink(self.sink, self.body, condition(self.when), not self.always)


def defines(sink: str, *, when: Any = None, always: bool = False) -> Callable[[Body], Any]:
    """A function of `self` whose result, or every value that it yields, defines the option `sink`.

    A sink that starts with a dot is an own option. `always`: also while the module is not enabled.
    """
    return lambda body: DefinesPart(sink, body, when, always)


def activation_step(
    name: str | Body,
    *,
    after: str | Sequence[str] = (),
    before: str | Sequence[str] = (),
    when: Any = None,
    always: bool = False,
) -> Callable[[Body], Any]:
    """A function of `self` that returns shell code, which a switch runs as the step `name`, or `None` for no step.

    `after` and `before` name other steps; what changes something in the home belongs after `writeBoundary`.
    """
    earlier, later = ([each] if isinstance(each, str) else list(each) for each in (after, before))

    def decorate(body: Body) -> Any:
        def step(scope: Any) -> Value:
            code = body(scope)
            return (
                None
                if code is None
                else Attrs({given(name, scope): Attrs({"data": code, "before": later, "after": earlier})})
            )

        return DefinesPart("home.activation", step, when, always)

    return decorate


def config_file(
    file: str | Body,
    *,
    when: Any = None,
    below: str = "xdg.configFile",
    darwin: str | Body | None = None,
    darwin_below: str = "home.file",
    always: bool = False,
    **entry: Any,
) -> Callable[[Body], Any]:
    """A function of `self` that returns the text of a file below the directory for configuration.

    `below="home.file"` for a file below the home, `darwin` where macOS has it elsewhere; further keywords are options of
    the file (`onChange=…`).
    """
    return lambda body: FilePart(body, Place(file, below, darwin, darwin_below, entry), when, always)


class FilePart(Part):
    """A file whose text is the result of a function of `self`."""

    def __init__(self, body: Body, place: Place, when: Any, always: bool) -> None:
        self.body = body
        self.place = place
        self.when = when
        self.always = always

    def read(self, scope: Options) -> Any:
        return lambda: self.body(scope)

    def sinks(self, cls: type[Options], base: tuple[str, ...]) -> Iterable[Sink]:
        sinks = self.place.sinks(self.content, condition(self.when))
        return [replace(sink, gated=not self.always) for sink in sinks]

    def content(self, scope: Any) -> dict[str, Value]:
        return {"text": Delayed(lambda: self.body(scope))}

    def stored(self, scope: Any) -> list[str]:
        """The store path of the file, unless it is not there."""
        holds = condition(self.when)
        return [self.place.stored(scope, self.content(scope))] if holds is None or holds(scope) else []


def _entries(body: Body, make: Callable[[Any], Value]) -> Body:
    def run(scope: Any) -> Value:
        result = body(scope)
        if result is None:
            return []
        return [make(each) for each in ([result] if isinstance(result, (str, dict)) else result)]

    return run


@overload
def check(body: Body, /) -> Any: ...
@overload
def check(*, when: Any = None, always: bool = False) -> Callable[[Body], Any]: ...
def check(body: Body | None = None, *, when: Any = None, always: bool = False) -> Any:
    """A function of `self` that yields a message for each thing that is wrong; any stops the build."""

    def decorate(function: Body) -> Any:
        def message(text: Any) -> Value:
            return Attrs({"assertion": False, "message": text})

        return DefinesPart("assertions", _entries(function, message), when, always)

    return decorate if body is None else decorate(body)


@overload
def warn(body: Body, /) -> Any: ...
@overload
def warn(*, when: Any = None, always: bool = False) -> Callable[[Body], Any]: ...
def warn(body: Body | None = None, *, when: Any = None, always: bool = False) -> Any:
    """A function of `self` that yields warnings."""

    def decorate(function: Body) -> Any:
        return DefinesPart("warnings", _entries(function, lambda text: cast(Value, text)), when, always)

    return decorate if body is None else decorate(body)
