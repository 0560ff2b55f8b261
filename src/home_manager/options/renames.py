"""Options under an old name: what is forwarded to the new one, and what the user is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from home_manager.options.definition import Definition, mk_override
from home_manager.options.errors.catchable import refused
from home_manager.options.location import Location, show_path
from home_manager.options.types.base import OptionType
from home_manager.values import Attrs, Value

if TYPE_CHECKING:
    from home_manager.options.eval_modules import Evaluation


class Alias(OptionType):
    """The type of an old name: its values are checked where they are forwarded to. `words` describe that place."""

    __slots__ = ("_words",)
    name = "unspecified"
    phrase = "noun"

    def __init__(self, words: Callable[[], str] | None = None) -> None:
        self._words = words

    def describe(self) -> str:
        return "unspecified value" if self._words is None else self._words()

    def merge(self, place: Location, definitions: Sequence[Definition]) -> Value:
        return None

    def empty(self) -> Value:
        return None


ALIAS = Alias()


@dataclass(frozen=True, slots=True)
class Rename:
    """An option that is now called otherwise, with paths from the root of its evaluation.

    `changed`: the new option has another type, and values are converted on the way.
    """

    old: tuple[str, ...]
    new: tuple[str, ...]
    changed: bool = False

    @property
    def new_text(self) -> str:
        return show_path(self.new)

    def forwarded(self, evaluation: Evaluation, convert: Callable[[Value], Value] | None = None) -> list[Definition]:
        """The definitions of the old name, to be added to those of the new one, with their priority and place."""
        merged = evaluation.slot(self.old).merged()
        definitions = merged.settled()
        if not definitions:
            return []
        priority = merged.priority()
        return [
            Definition(
                mk_override(priority, each.value if convert is None else convert(each.value)), each.file, each.span
            )
            for each in definitions
        ]

    def warnings(self, evaluation: Evaluation) -> list[Value]:
        """What to tell whoever uses the old name."""
        definitions = evaluation.slot(self.old).merged().settled()
        if not definitions:
            return []
        old, new = show_path((*evaluation.prefix, *self.old)), show_path((*evaluation.prefix, *self.new))
        files = show_files(definitions)
        if self.changed:
            text = (
                f"The option `{old}' defined in {files} has been changed to `{new}' that has a different type. "
                f"Please read `{new}' documentation and update your configuration accordingly."
            )
        else:
            text = f"The option `{old}' defined in {files} has been renamed to `{new}'."
        return [OldName(text, text.replace(files, show_places(definitions), 1))]


class OldName(str):
    """The warning about an old name; `placed` says the same with the lines. A generation does not change with these."""

    __slots__ = ("placed",)
    placed: str

    def __new__(cls, text: str, placed: str) -> OldName:
        self = super().__new__(cls, text)
        self.placed = placed
        return self


def show_places(definitions: Sequence[Definition]) -> str:
    """The files of definitions with their lines, where they are known."""
    shown = []
    for each in definitions:
        span = each.span
        shown.append(f"`{each.file}'" if span is None else f"`{each.file}:{span.source.position(span.start)[0]}'")
    return " and ".join(shown)


def show_files(definitions: Sequence[Definition]) -> str:
    """The files of definitions, as messages name them."""
    return " and ".join(f"`{each.file}'" for each in definitions)


def removed_assertions(evaluation: Evaluation, old: tuple[str, ...], instead: str) -> list[Value]:
    """The failed assertion for a definition of an option that is gone."""
    definitions = evaluation.slot(old).merged().settled()
    if not definitions:
        return []
    message = (
        f"The option definition `{show_path(old)}' in {show_files(definitions)} no longer has any effect; "
        f"please remove it.\n{instead}\n"
    )
    return [Attrs({"assertion": False, "message": message})]


def read_removed(old: tuple[str, ...], instead: str) -> Value:
    """Reading an option that is gone is an error."""
    raise refused(
        "option-removed",
        f"the option `{show_path(old)}` can no longer be used since it has been removed",
        notes=(instead,),
    )
