"""Attribute sets: literals, selection, `?`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from home_manager.diagnostics import Failure, Source, Span
from home_manager.nix.coercion import expect_plain_string
from home_manager.nix.errors import eval_error, missing_attribute
from home_manager.nix.nodes.attribute_positions import DynamicOrigins, Origins
from home_manager.nix.nodes.node import Env, Expr, Slot, Thunk, framed, slots
from home_manager.nix.nodes.variables import Local, Variable
from home_manager.nix.quoting import quote_name
from home_manager.nix.type_errors import wrong_type
from home_manager.values.classes import MISSING, Attrs, Value, attribute, offered
from home_manager.values.lazy import Lazy

_new_attrs: Final = Attrs.__new__


class DynamicAttr:
    """An attribute whose name is computed."""

    __slots__ = ("end", "name", "start", "value")

    def __init__(self, name: Expr, value: Expr, start: int, end: int) -> None:
        self.name = name
        self.value = value
        self.start = start
        self.end = end


class AttrSet(Expr):
    """`{ … }` that is not recursive."""

    __slots__ = ("again", "dynamic", "names", "origins", "slots", "values")

    def __init__(
        self,
        source: Source,
        start: int,
        end: int,
        names: tuple[str, ...],
        values: list[Expr],
        origins: Origins,
        dynamic: list[DynamicAttr],
    ) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.names = names
        self.values = values
        self.origins = origins
        self.dynamic = dynamic
        self.slots: list[Slot] | None = None  # made with the second evaluation: most sets of a text have none
        self.again = False

    def eval(self, env: Env) -> Value:
        attrs: Attrs = _new_attrs(Attrs)
        attrs.origin = self.origins
        slots = self.slots
        if slots is not None:
            for slot in slots:
                attrs[slot.name] = Thunk(slot.expr, env) if slot.delay else slot.expr.thunk(env)
        else:
            for name, value in zip(self.names, self.values, strict=True):
                attrs[name] = value.thunk(env)
            if self.again:
                self.slots = [Slot(*each) for each in zip(self.values, self.names, strict=True)]
            self.again = True
        if self.dynamic:
            add_dynamic(attrs, self.dynamic, env, self.source)
        return attrs


class RecursiveAttrSet(Expr):
    """`rec { … }`. The environment holds the attributes in order, then the sources of `inherit (…)`."""

    __slots__ = ("dynamic", "hidden", "names", "origins", "overrides", "values")

    def __init__(
        self,
        source: Source,
        start: int,
        end: int,
        names: list[str],
        values: list[Expr],
        hidden: list[Expr],
        origins: Origins,
        dynamic: list[DynamicAttr],
    ) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.names = names
        self.values = [Slot(value, name) for name, value in zip(names, values, strict=True)]
        self.hidden = slots(hidden)
        self.origins = origins
        self.dynamic = dynamic
        self.overrides = "__overrides" in names

    def eval(self, env: Env) -> Value:
        inner: Env = [env]
        attrs: Attrs = _new_attrs(Attrs)
        for slot in self.values:
            value = Thunk(slot.expr, inner) if slot.delay else slot.expr.thunk(inner)
            inner.append(value)
            attrs[slot.name] = value
        attrs.origin = self.origins
        for slot in self.hidden:
            inner.append(Thunk(slot.expr, inner) if slot.delay else slot.expr.thunk(inner))
        if self.overrides:
            self._override(attrs, inner)
        if self.dynamic:
            add_dynamic(attrs, self.dynamic, inner, self.source)
        return attrs

    def _override(self, attrs: Attrs, inner: Env) -> None:
        """Lets the set in `__overrides` replace attributes, also for the references inside."""
        overrides = attrs["__overrides"]
        while isinstance(overrides, Lazy):
            overrides = overrides.force()
        if not isinstance(overrides, dict):
            failure = wrong_type("a set", overrides, self.span())
            framed(failure, "while evaluating the `__overrides` attribute", self.span())
            raise failure
        for name, value in overrides.items():
            if name in self.names:
                inner[1 + self.names.index(name)] = value
            attrs[name] = value


def dynamic_name(
    each: DynamicAttr, name: Value, attrs: Attrs, places: dict[str, tuple[int, int]], source: Source
) -> str | None:
    """The name that an attribute with this computed name gets; `None` if it is left out."""
    if name is None:
        return None
    if not isinstance(name, str):
        span = each.name.span()
        failure = wrong_type("a string", name, span)
        framed(failure, "while evaluating the name of a dynamic attribute", span)
        raise failure
    text = expect_plain_string(name, "while evaluating the name of a dynamic attribute")
    if text in attrs:
        there = places.get(text)
        before = attrs.position(text) if there is None else Span(source, *there)
        raise eval_error(f"dynamic attribute '{text}' already defined at {before}", each.name.span())
    return text


def add_dynamic(attrs: Attrs, dynamic: Sequence[DynamicAttr], env: Env, source: Source) -> None:
    """Adds the attributes whose names are computed; a name that is null leaves its attribute out."""
    places: dict[str, tuple[int, int]] = {}
    for each in dynamic:
        name = dynamic_name(each, each.name.eval(env), attrs, places, source)
        if name is not None:
            attrs[name] = each.value.thunk(env)
            places[name] = (each.start, each.end)
    if places:
        known = attrs.origin
        attrs.origin = DynamicOrigins(source, known if isinstance(known, Mapping) else None, places)


PathPart = str | Expr


def part_name(part: PathPart, env: Env) -> str:
    """The name that one part of an attribute path stands for."""
    if isinstance(part, str):
        return part
    name = part.eval(env)
    if not isinstance(name, str):
        failure = wrong_type("a string", name, part.span())
        framed(failure, "while evaluating an attribute name", part.span())
        raise failure
    return expect_plain_string(name, "while evaluating an attribute name")


_EVALUATING = "while evaluating the attribute "


class Select(Expr):
    """`base.name`, with one name that is known."""

    __slots__ = ("base", "name", "name_start")

    def __init__(self, source: Source, start: int, end: int, base: Expr, name: str, name_start: int) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.base = base
        self.name = name
        self.name_start = name_start

    def eval(self, env: Env) -> Value:
        try:
            attrs = self.base.eval(env)
        except Failure as failure:
            self.base_failed(failure)
            raise
        try:
            value = attrs[self.name]  # type: ignore[index]
        except (KeyError, TypeError):
            raise self.missing(attrs) from None
        return self.found(attrs, value) if type(value) is not int and isinstance(value, Lazy) else value

    def found(self, attrs: Value, value: Lazy) -> Value:
        """The value of the attribute, which is lazy."""
        if value.state == 2:
            return value.value
        try:
            return value.force()
        except Failure as failure:
            self.value_failed(failure, attrs)
            raise

    def base_failed(self, failure: Failure) -> None:
        """The set has no value. In `a.b.c`, `a.b` is no selection of its own: its step becomes that of the whole."""
        base = self.base
        if not isinstance(base, Select) or base.start != self.start:
            framed(failure, "while selecting an attribute", base.place())
            return
        last = failure.frames[-1] if failure.frames else None
        if last is not None and last.span == base.span() and last.text.startswith(_EVALUATING):
            path = f"{last.text.removeprefix(_EVALUATING)[1:-1]}.{quote_name(self.name)}"
            failure.frames[-1] = replace(last, text=f"{_EVALUATING}'{path}'", span=self.span())

    def value_failed(self, failure: Failure, attrs: Value) -> None:
        """The attribute has no value: says where it was written and where it was asked for."""
        written = attrs.position(self.name) if isinstance(attrs, Attrs) else None
        if written is not None:
            framed(failure, f"from the definition of '{self.shown()}'", written)
        framed(failure, f"{_EVALUATING}'{self.shown()}'", self.span())

    def shown(self) -> str:
        """The path of names up to this one."""
        base = self.base
        name = quote_name(self.name)
        return f"{base.shown()}.{name}" if isinstance(base, Select) and base.start == self.start else name

    def missing(self, attrs: Value) -> Failure:
        if not isinstance(attrs, dict):
            failure = wrong_type("a set", attrs, self.base.span())
            framed(failure, "while selecting an attribute", self.span())
            return failure
        return missing_attribute(self.name, attrs, Span(self.source, self.name_start, self.end))


class SelectVariable(Select):
    """`x.name` for a variable: if the set is there already, so is the attribute, and no thunk is needed."""

    __slots__ = ("index", "level", "steps")

    def __init__(self, source: Source, start: int, end: int, base: Variable, name: str, name_start: int) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.base = base
        self.name = name
        self.name_start = name_start
        self.level = base.level
        self.steps: tuple[None, ...] = (None,) * base.level
        self.index = base.index

    def thunk(self, env: Env) -> Value:
        here = env
        for _ in self.steps:
            here = here[0]
        attrs = here[self.index]
        if isinstance(attrs, Lazy) and attrs.state == 2:
            attrs = attrs.value
        if type(attrs) is Attrs:
            value = attrs.get(self.name, MISSING)
            if value is not MISSING:
                return value
        return Thunk(self, env)


class SelectLocal(SelectVariable):
    """`x.name` for a variable of the innermost scope."""

    __slots__ = ()

    def eval(self, env: Env) -> Value:
        attrs = env[self.index]
        if type(attrs) is not Attrs:
            return super().eval(env)
        value = attrs.get(self.name, MISSING)
        if value is MISSING:
            raise self.missing(attrs)
        return self.found(attrs, value) if type(value) is not int and isinstance(value, Lazy) else value

    def thunk(self, env: Env) -> Value:
        attrs = env[self.index]
        if type(attrs) is Attrs:
            value = attrs.get(self.name, MISSING)
            if value is not MISSING:
                return value
        return Thunk(self, env)


class SelectPath(Expr):
    """`base.a.${b}.c`, with `or default` or without."""

    __slots__ = ("base", "default", "path")

    def __init__(
        self, source: Source, start: int, end: int, base: Expr, path: list[PathPart], default: Expr | None
    ) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.base = base
        self.path = path
        self.default = default

    def eval(self, env: Env) -> Value:
        try:
            value = self.base.eval(env)
        except Failure as failure:
            framed(failure, "while selecting an attribute", self.base.place())
            raise
        return self.within(value, env)

    def within(self, value: Value, env: Env) -> Value:
        """The selection from the value of the base."""
        attrs = value
        try:
            for part in self.path:
                name = part if type(part) is str else part_name(part, env)
                if isinstance(value, Lazy):
                    value = value.value if value.state == 2 else value.force()
                if not isinstance(value, dict):
                    if self.default is not None:
                        return self.default.eval(env)
                    raise wrong_type("a set", value, self.base.span())
                if type(value) is Attrs:
                    found = value.get(name, MISSING)
                else:
                    found = attribute(value, name) if self.default is None else offered(value, name)
                if found is MISSING:
                    if self.default is not None:
                        return self.default.eval(env)
                    raise missing_attribute(name, value, self._span_of(part))
                value = found
            if isinstance(value, Lazy):
                return value.value if value.state == 2 else value.force()
        except Failure as failure:
            self.failed(failure, env, attrs)
            raise
        return value

    def _span_of(self, part: PathPart) -> Span:
        """Where a name stands in the text (its first occurrence after the base: exact enough for a caret)."""
        if not isinstance(part, str):
            return part.span()
        start = self.source.text.find(part, self.base.end, self.end)
        return self.span() if start < 0 else Span(self.source, start, start + len(part))

    def failed(self, failure: Failure, env: Env, here: Value) -> None:
        """Says which selection failed, and where the attribute that was found last was written."""
        names = [(part_again(part, env), part) for part in self.path]
        shown = [_quoted(name, part) for name, part in names]
        written: Span | None = None
        reached = 0
        for name, _ in names:
            if isinstance(here, Lazy):
                here = here.value if here.state == 2 else None
            if name is None or not isinstance(here, dict) or name not in here:
                break
            written = here.position(name) if isinstance(here, Attrs) else None
            here = here[name]
            reached += 1
        if written is not None:
            framed(failure, f"from the definition of '{'.'.join(shown[:reached])}'", written)
        framed(failure, f"{_EVALUATING}'{'.'.join(shown)}'", self.span())


def part_again(part: PathPart, env: Env) -> str | None:
    """The name of one part of an attribute path, for a message: `None` if it has none."""
    try:
        return part_name(part, env)
    except Failure:
        return None


def _quoted(name: str | None, part: PathPart) -> str:
    if name is not None:
        return quote_name(name)
    assert isinstance(part, Expr)
    return f'"${{{part.source.text[part.start : part.end]}}}"'


class HasAttr(Expr):
    """`base ? a.b`."""

    __slots__ = ("base", "path")

    def __init__(self, source: Source, start: int, end: int, base: Expr, path: list[PathPart]) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.base = base
        self.path = path

    def eval(self, env: Env) -> Value:
        try:
            value = self.base.eval(env)
        except Failure as failure:
            framed(failure, "in the argument of '?'", self.base.place())
            raise
        return self.within(value, env)

    def within(self, value: Value, env: Env) -> bool:
        """Whether the value of the base has the attribute."""
        for part in self.path:
            name = part if type(part) is str else part_name(part, env)
            if isinstance(value, Lazy):
                value = value.value if value.state == 2 else value.force()
            if not isinstance(value, dict):
                return False
            value = value.get(name, MISSING) if type(value) is Attrs else offered(value, name)
            if value is MISSING:
                return False
        return True


def select_one(source: Source, start: int, end: int, base: Expr, name: str, name_start: int) -> Expr:
    """The node for a selection of a name that is known, without default."""
    if type(base) is Local:
        return SelectLocal(source, start, end, base, name, name_start)
    if isinstance(base, Variable):
        return SelectVariable(source, start, end, base, name, name_start)
    return Select(source, start, end, base, name, name_start)
