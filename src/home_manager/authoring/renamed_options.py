"""Options that are called otherwise now, or are gone: the old name stays declared, forwards and warns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from home_manager.authoring.modules import Module
from home_manager.authoring.part import Part, Sink
from home_manager.authoring.reading import seen
from home_manager.options.declaration import InContext, Option
from home_manager.options.definition import Definition
from home_manager.options.errors.catchable import refused
from home_manager.options.location import parse_path, show_path
from home_manager.options.renames import ALIAS, Alias, Rename, read_removed, removed_assertions
from home_manager.options.types.base import describe_value

if TYPE_CHECKING:
    from home_manager.authoring.options_class import Options


def _absolute(path: str, base: tuple[str, ...]) -> tuple[str, ...]:
    return parse_path(path[1:]) if path.startswith("/") else (*base, *parse_path(path))


def takes_messages(cls: type[Options]) -> bool:
    """Whether the class stands where `warnings` and `assertions` are options: whether it is a module."""
    return issubclass(cls, Module)


class Renamed(Part):
    """An option that moved. Both names are relative to the module, or full paths after a `/`.

    `change` turns the old value into that of the new option: a function of the value, or of `self` and the value.
    `quiet` forwards without a warning: an alias.
    """

    def __init__(
        self,
        old: str,
        new: str,
        *,
        change: Callable[..., Any] | None = None,
        quiet: bool = False,
        visible: bool = False,
    ) -> None:
        self.old = old
        self.new = new
        self.change = change
        self.quiet = quiet
        self.visible = visible

    def read(self, scope: Any) -> Any:
        raise AttributeError(self.old)

    def _rename(self, base: tuple[str, ...]) -> Rename:
        return Rename(_absolute(self.old, base), _absolute(self.new, base), changed=self.change is not None)

    def paths(self, base: tuple[str, ...]) -> tuple[str, ...]:
        """The old option's path from the root of the evaluation."""
        return _absolute(self.old, base)

    def declare(self, cls: type[Options], base: tuple[str, ...]) -> Iterable[tuple[tuple[str, ...], Option]]:
        if self.old.startswith("/"):
            return
        yield parse_path(self.old), self._option(cls, base)

    def outside(self, cls: type[Options], base: tuple[str, ...]) -> Iterable[tuple[tuple[str, ...], Option]]:
        """The declaration where the old name stands outside the module, by its full path."""
        if self.old.startswith("/"):
            yield parse_path(self.old[1:]), self._option(cls, base)

    def _option(self, cls: type[Options], base: tuple[str, ...]) -> Option:
        rename = self._rename(base)
        return Option(
            Alias(lambda: self._described(cls)),
            description=f"Alias of `{rename.new_text}`.",
            apply=InContext(lambda evaluation, _: evaluation.value(rename.new)),
            visible=self.visible,
            declared_in=cls._file(),
        )

    def _described(self, cls: type[Options]) -> str:
        """The description of the type of the new option, where the same class declares that."""
        if not self.new.startswith("/"):
            path = parse_path(self.new)
            for part in cls._parts():
                if part is self:
                    continue
                for names, option in part.declare(cls, ()):
                    if names == path and option.type is not None:
                        return option.type.describe()
        return ALIAS.describe()

    def sinks(self, cls: type[Options], base: tuple[str, ...]) -> Iterable[Sink]:
        rename = self._rename(base)

        def forwarded(scope: Options) -> list[Definition]:
            if not self.quiet and not takes_messages(cls):
                for text in rename.warnings(scope._evaluation):
                    scope._evaluation.shared.frontend.warn(str(text))
            if self.change is None:
                return rename.forwarded(scope._evaluation)
            return rename.forwarded(scope._evaluation, lambda value: self._changed(scope, value))

        yield Sink(_dotted(rename.new), gated=False, definitions=forwarded)
        if not self.quiet and takes_messages(cls):
            yield Sink("warnings", lambda scope: rename.warnings(scope._evaluation), gated=False)

    def _changed(self, scope: Options, value: Any) -> Any:
        assert self.change is not None
        code = getattr(self.change, "__code__", None)
        try:
            if code is not None and code.co_argcount == 2:
                return self.change(scope, seen(value))
            return self.change(seen(value))
        except (AttributeError, KeyError, TypeError, ValueError):
            # The old name has no type that would have refused what the conversion cannot read.
            raise refused(
                "option-type-mismatch",
                f"`{_dotted(_absolute(self.old, scope._base))}` cannot be {describe_value(value)}",
                notes=(
                    f"it is an old name, whose values are converted for `{_dotted(_absolute(self.new, scope._base))}`",
                ),
            ) from None


class Removed(Part):
    """An option that is gone. Whoever defines it is told what to do instead; `old` as with `Renamed`."""

    def __init__(self, old: str, instead: str) -> None:
        self.old = old
        self.instead = instead

    def read(self, scope: Any) -> Any:
        raise AttributeError(self.old)

    def declare(self, cls: type[Options], base: tuple[str, ...]) -> Iterable[tuple[tuple[str, ...], Option]]:
        if not self.old.startswith("/"):
            yield parse_path(self.old), self._option(cls, base)

    def outside(self, cls: type[Options], base: tuple[str, ...]) -> Iterable[tuple[tuple[str, ...], Option]]:
        """The declaration where the old name stands outside the module, by its full path."""
        if self.old.startswith("/"):
            yield parse_path(self.old[1:]), self._option(cls, base)

    def _option(self, cls: type[Options], base: tuple[str, ...]) -> Option:
        old = _absolute(self.old, base)
        instead = self.instead
        return Option(
            ALIAS,
            description="This option has been removed.",
            apply=InContext(lambda evaluation, _: read_removed((*evaluation.prefix, *old), instead)),
            visible=False,
            declared_in=cls._file(),
        )

    def sinks(self, cls: type[Options], base: tuple[str, ...]) -> Iterable[Sink]:
        old = _absolute(self.old, base)
        if not takes_messages(cls):
            # Within a submodule nobody collects assertions; whoever looks at the option fails.
            return
        yield Sink("assertions", lambda scope: removed_assertions(scope._evaluation, old, self.instead), gated=False)


def _dotted(path: tuple[str, ...]) -> str:
    return show_path(path)
