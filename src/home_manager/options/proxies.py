"""What modules see of an evaluation: `config` and `options`, as attribute sets that are made name by name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from home_manager.diagnostics import Span
from home_manager.options.declaration import InContext
from home_manager.options.definition import Definition
from home_manager.values import MISSING, Attrs, Builtin, OpenAttrs, Value
from home_manager.values.lazy import Delayed, force

if TYPE_CHECKING:
    from home_manager.options.eval_modules import Evaluation
    from home_manager.options.namespace import Namespace, Slot


class OpenConfig(OpenAttrs):
    """The values of options, found by name."""

    __slots__ = ()


class ConfigView(OpenConfig):
    """The values of a namespace in which everything is declared."""

    __slots__ = ("namespace",)

    def __init__(self, namespace: Namespace) -> None:
        super().__init__()
        self.namespace = namespace

    def find(self, name: str) -> Value:
        child = self.namespace.child(name)
        return MISSING if child is None else child.seen()

    def names(self) -> Iterable[str]:
        return self.namespace.names()


class Unchecked(OpenConfig):
    """The values of all options, by name; with a freeform type, of everything else too.

    `internals`: with what lies below `_module`, as modules see it.
    """

    __slots__ = ("evaluation", "internals")

    def __init__(self, evaluation: Evaluation, *, internals: bool = True) -> None:
        super().__init__()
        self.evaluation = evaluation
        self.internals = internals

    def find(self, name: str) -> Value:
        # Circle: a namespace is shown by these proxies, which walk namespaces.
        from home_manager.options.namespace import Slot

        if name == "_module" and not self.internals:
            return MISSING
        child = self.evaluation.namespace.child(name)
        if isinstance(child, Slot):
            return child
        if name == "_module" or self.evaluation.freeform() is None:
            return MISSING if child is None else ConfigView(child)
        extra = self.evaluation.freeform_value()
        if child is None:
            return extra.get(name, MISSING)
        return updated(extra[name], ConfigView(child)) if name in extra else ConfigView(child)

    def names(self) -> Iterable[str]:
        declared = [name for name in self.evaluation.namespace.names() if self.internals or name != "_module"]
        if self.evaluation.freeform() is None:
            return declared
        return list(dict.fromkeys([*declared, *self.evaluation.freeform_value()]))


class OptionsView(OpenAttrs):
    """The declared options of a namespace: each with its value, definitions and declaration."""

    __slots__ = ("_namespace",)

    def __init__(self, namespace: Namespace | Evaluation) -> None:
        super().__init__()
        self._namespace = namespace

    @property
    def namespace(self) -> Namespace:
        """The namespace; that of an evaluation is known once its modules are collected."""
        # Circle: a namespace is shown by these proxies, which walk namespaces.
        from home_manager.options.namespace import Namespace

        found = self._namespace
        return found if isinstance(found, Namespace) else found.namespace

    def find(self, name: str) -> Value:
        # Circle: a namespace is shown by these proxies, which walk namespaces.
        from home_manager.options.namespace import Namespace

        child = self.namespace.child(name)
        if child is None:
            return MISSING
        return OptionsView(child) if isinstance(child, Namespace) else OptionView(child)

    def names(self) -> Iterable[str]:
        return self.namespace.names()


_ASPECTS = (
    "_type",
    "__toString",
    "declarations",
    "declarationPositions",
    "definitions",
    "definitionsWithLocations",
    "files",
    "highestPrio",
    "isDefined",
    "loc",
    "options",
    "type",
    "value",
    "valueMeta",
)


class OptionView(OpenAttrs):
    """One option as an attribute set with `_type = "option"`."""

    __slots__ = ("slot",)

    def __init__(self, slot: Slot) -> None:
        super().__init__()
        self.slot = slot

    def names(self) -> Iterable[str]:
        option = self.slot.option
        given = [name for name in ("default", "defaultText", "example") if self._given(name) is not MISSING]
        given += ["description"] if option.description is not None else []
        given += ["apply"] if option.apply is not None else []
        given += ["internal"] if option.internal else []
        given += ["visible"] if option.visible is not True else []
        given += ["readOnly"] if option.read_only else []
        return [*_ASPECTS, *given]

    def _given(self, name: str) -> Value:
        option = self.slot.option
        return {"default": option.default, "defaultText": option.default_text, "example": option.example}[name]

    def find(self, name: str) -> Value:
        slot = self.slot
        option = slot.option
        match name:
            case "_type":
                return "option"
            case "__toString":
                return Builtin("__toString", 1, lambda _: str(slot.place))
            case "loc":
                return list(slot.place.names)
            case "value":
                return slot
            case "isDefined":
                return Delayed(slot.is_defined)
            case "highestPrio":
                return Delayed(lambda: slot.merged().priority())
            case "definitions":
                return Delayed(lambda: [each.value for each in slot.merged().settled()])
            case "files":
                return Delayed(lambda: [each.file for each in slot.merged().settled()])
            case "definitionsWithLocations":
                return Delayed(lambda: [_located(each) for each in slot.merged().settled()])
            case "declarations":
                return list(slot.files)
            case "declarationPositions":
                return [position_value(file, span) for file, span in slot.positions()]
            case "type":
                return Delayed(lambda: slot.place.shared.frontend.type_value(slot.type))
            case "options":
                return []
            case "valueMeta":
                return Delayed(lambda: slot.merged().meta())
            case "default":
                default = option.default
                if isinstance(default, InContext):
                    given = default
                    return Delayed(lambda: given.function(slot.namespace.evaluation, None))
                return default
            case "defaultText" | "example":
                return self._given(name)
            case "description":
                return MISSING if option.description is None else option.description
            case "apply":
                if option.apply is None:
                    return MISSING
                apply = option.apply
                evaluation = slot.namespace.evaluation

                def run(value: Value) -> Value:
                    if isinstance(apply, InContext):
                        return apply.function(evaluation, force(value))
                    return apply(force(value))

                return Builtin("apply", 1, run)
            case "internal":
                return option.internal or MISSING
            case "visible":
                return MISSING if option.visible is True else option.visible
            case "readOnly":
                return option.read_only or MISSING
        return MISSING


def position_value(file: str, span: Span | None) -> Attrs:
    """Where a declaration was written, as `declarationPositions` shows it."""
    if span is None:
        return Attrs({"file": file, "line": None, "column": None})
    line, column = span.source.position(span.start)
    return Attrs({"file": file, "line": line, "column": column})


def _located(definition: Definition) -> Attrs:
    return Attrs({"file": definition.file, "value": definition.value})


def updated(base: Value, over: Value) -> Value:
    """Two sets joined at every depth; `over` wins."""
    base, over = force(base), force(over)
    if not isinstance(base, dict) or not isinstance(over, dict):
        return over
    result = Attrs(dict(base.items()), origin=(base, over))
    for name, value in over.items():
        result[name] = Delayed(lambda a=base[name], b=value: updated(a, b)) if name in base else value  # type: ignore[misc]
    return result
