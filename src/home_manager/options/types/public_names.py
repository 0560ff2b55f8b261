"""The types under the names by which modules use them: `t.attrs_of(t.str)`.

`Typed` tells the type checker what the values of an option are, so that `self.theme.nonsense` is an error where `theme` is a
text. It is no class of its own when the program runs.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, cast, overload

from home_manager.options.declaration import Option
from home_manager.options.location import Shared
from home_manager.options.types import format_values, scalars
from home_manager.options.types.alternatives import Anything, CoercedTo, Either, Narrowed, NullOr, Recursive, Unique
from home_manager.options.types.alternatives import one_of as _one_of
from home_manager.options.types.base import Described, OptionType
from home_manager.options.types.compound import OVERLAY, SELECTOR, AttrsOf, AttrTag, FunctionTo, ListOf, NonEmptyListOf
from home_manager.options.types.home_manager import GVARIANT, DagOf
from home_manager.options.types.home_manager import font as _font
from home_manager.options.types.kinds import OPTION_TYPE
from home_manager.options.types.specialisation import Variant
from home_manager.options.types.submodules import DeferredModule, Submodule
from home_manager.values import Value

T = TypeVar("T")

if TYPE_CHECKING:

    class Typed(OptionType, Generic[T]):
        """A type whose values are known to the type checker."""


class PackageValue(Protocol):
    """A package as module authors see it: in a text its path, in brackets its attributes."""

    def __getitem__(self, name: builtins.str, /) -> Any: ...
    def __contains__(self, name: object, /) -> builtins.bool: ...
    def get(self, name: builtins.str, default: Any = None, /) -> Any:
        """An attribute of the package, or `default`."""
        ...


bool = cast("Typed[builtins.bool]", scalars.BOOL)
bool_by_or = cast("Typed[builtins.bool]", scalars.BOOL_BY_OR)
int = cast("Typed[builtins.int]", scalars.INT)
float = cast("Typed[builtins.float]", scalars.FLOAT)
number = Either(scalars.INT, scalars.FLOAT)
number_between = scalars.number_between
number_nonnegative = scalars.NUMBER_NONNEGATIVE
number_positive = scalars.NUMBER_POSITIVE
between = scalars.between
unsigned = cast("Typed[builtins.int]", scalars.UNSIGNED)
positive = cast("Typed[builtins.int]", scalars.POSITIVE)
u8, u16, u32 = scalars.U8, scalars.U16, scalars.U32
s8, s16, s32 = scalars.S8, scalars.S16, scalars.S32
port = cast("Typed[builtins.int]", scalars.U16)

str = cast("Typed[builtins.str]", scalars.STR)
non_empty_str = cast("Typed[builtins.str]", scalars.NON_EMPTY_STR)
single_line_str = cast("Typed[builtins.str]", scalars.SINGLE_LINE_STR)
str_matching = scalars.str_matching
separated_string = scalars.separated_string
lines = cast("Typed[builtins.str]", scalars.LINES)
commas = cast("Typed[builtins.str]", scalars.COMMAS)
env_var = cast("Typed[builtins.str]", scalars.ENV_VAR)

path = scalars.PATH
path_in_store = scalars.PATH_IN_STORE
external_path = scalars.EXTERNAL_PATH
path_with = scalars.path_with
package = cast("Typed[PackageValue]", scalars.PACKAGE)
shell_package = cast("Typed[PackageValue]", scalars.SHELL_PACKAGE)
pkgs = scalars.PKGS

anything = Anything()
raw = scalars.RAW
unspecified = scalars.UNSPECIFIED
attrs = scalars.ATTRS
lua_inline = scalars.LUA_INLINE
option_type = OPTION_TYPE
selector_function = SELECTOR
overlay_function = OVERLAY
gvariant = GVARIANT
font = _font()
deferred_module = DeferredModule()

json = format_values.JSON
toml = format_values.TOML
yaml = format_values.YAML
ini = format_values.ini
ini_section = format_values.ini_section
ini_atom = format_values.ini_atom
key_value = format_values.key_value
git_ini = format_values.git_ini
atom = format_values.atom
serializable = format_values.serializable


@overload
def list_of(element: Typed[T]) -> Typed[list[T]]: ...
@overload
def list_of(element: OptionType) -> Typed[list[Any]]: ...
def list_of(element: OptionType) -> OptionType:
    return ListOf(element)


def non_empty_list_of(element: OptionType) -> OptionType:
    return NonEmptyListOf(element)


@overload
def attrs_of(element: Typed[T], *, placeholder: builtins.str = "name") -> Typed[dict[builtins.str, T]]: ...
@overload
def attrs_of(element: OptionType, *, placeholder: builtins.str = "name") -> Typed[dict[builtins.str, Any]]: ...
def attrs_of(element: OptionType, *, placeholder: builtins.str = "name") -> OptionType:
    return AttrsOf(element, placeholder=placeholder)


def lazy_attrs_of(element: OptionType, *, placeholder: builtins.str = "name") -> OptionType:
    return AttrsOf(element, lazy=True, placeholder=placeholder)


def attr_tag(tags: Mapping[builtins.str, Option]) -> OptionType:
    return AttrTag(tags)


def null_or(element: OptionType) -> OptionType:
    return NullOr(element)


def either(left: OptionType, right: OptionType) -> OptionType:
    return Either(left, right)


def one_of(*types: OptionType) -> OptionType:
    return _one_of(types)


def enum(*values: Value) -> OptionType:
    return scalars.Enum(values)


def uniq(element: OptionType, message: builtins.str = "") -> OptionType:
    return Unique(element, message)


def coerced_to(source: OptionType, convert: Callable[[Any], Any], final: OptionType) -> OptionType:
    """`final`, or a value of `source` that `convert` turns into one."""
    return CoercedTo(source, convert, final)


def narrowed(element: OptionType, condition: Callable[[Any], Any]) -> OptionType:
    """A type with a further condition on its values (nixpkgs' `addCheck`)."""
    return Narrowed(element, condition)


def described(
    inner: OptionType,
    description: builtins.str,
    *,
    name: builtins.str | None = None,
    class_: builtins.str | None = None,
) -> OptionType:
    """A type under other words: where the catalogue calls it by a name of its own."""
    return Described(inner, description, name, class_)


def recursive(
    description: builtins.str, build: Callable[[OptionType], OptionType], *, class_: builtins.str | None = "conjunction"
) -> OptionType:
    """A type in terms of itself: `t.recursive("X value", lambda value: t.either(t.str, t.list_of(value)))`."""
    return Recursive(description, build, class_)


def function_to(element: OptionType) -> OptionType:
    return FunctionTo(element)


def dag_of(element: OptionType) -> OptionType:
    return DagOf(element)


@overload
def submodule(module: type[T], /) -> Typed[T]: ...
@overload
def submodule(*modules: object, shared: Shared | None = None) -> OptionType: ...
def submodule(*modules: object, shared: Shared | None = None) -> OptionType:
    """An attribute set with its own options: classes of `Options`, or modules."""
    return Submodule(_modules(modules), shorthand=True, shared=shared)


def submodule_with(
    modules: Sequence[object],
    *,
    special_args: Mapping[builtins.str, Value] | None = None,
    shorthand: builtins.bool | None = False,
    description: builtins.str | None = None,
    class_: builtins.str | None = None,
    shared: Shared | None = None,
) -> OptionType:
    return Submodule(
        _modules(modules),
        special_args=special_args,
        shorthand=shorthand,
        description=description,
        class_=class_,
        shared=shared,
    )


def deferred_module_with(static: Sequence[object], *, shared: Shared | None = None) -> OptionType:
    return DeferredModule(_modules(static), shared)


def variant(*modules: object) -> OptionType:
    """The whole configuration again, with some modules more: `specialisation.<name>.configuration`."""
    return Variant(_modules(modules))


def _modules(modules: Sequence[object]) -> list[object]:
    return [getattr(module, "__module_source__", lambda module=module: module)() for module in modules]
