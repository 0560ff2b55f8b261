"""Parts that are an option and the files that it makes: settings in a format, lines, and sets of files by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from home_manager.authoring.basic_parts import OptionPart
from home_manager.authoring.file_places import Place, file_entry
from home_manager.authoring.formats import Format
from home_manager.authoring.part import Body, Sink, condition, given
from home_manager.options.definition import mk_order
from home_manager.options.types.alternatives import Either
from home_manager.options.types.alternatives import one_of as types_one_of
from home_manager.options.types.base import OptionType
from home_manager.options.types.compound import AttrsOf
from home_manager.options.types.scalars import LINES, PATH
from home_manager.values import MISSING, Value
from home_manager.values.lazy import Delayed

if TYPE_CHECKING:
    from home_manager.authoring.options_class import Options


class OneFile(OptionPart):
    """An option with one file, which is there while a condition holds."""

    place: Place | None
    when: Any

    def condition(self) -> Body | None:
        """When the file is there."""
        return condition(self if self.when is None else self.when)

    def content(self, scope: Any) -> dict[str, Value]:
        """The file: its text, or its source."""
        raise NotImplementedError

    def stored(self, scope: Any) -> list[str]:
        """The store path of the file, unless it is not there: what a unit is restarted with."""
        holds = self.condition()
        if self.place is None or not (holds is None or holds(scope)):
            return []
        return [self.place.stored(scope, self.content(scope))]


class Settings(OneFile):
    """An option for the settings of a program, and the file that they are written to unless they are empty.

    `format` gives type and renderer (`formats.toml`); `file` is the file's name, or a function of `self`, below
    `xdg.configFile` or the option `below`; `darwin` and `darwin_below` say otherwise for that system. `type` and
    `render` replace those of the format; where the type has paths or texts too, these are the file as it is. `header`
    is put before the text, `extra` names an option of lines that follow it (after `between`, where both are given).
    `when` replaces "not empty", and further keywords are options of the file (`onChange=…`).
    """

    def __init__(
        self,
        format: Format | None,
        *,
        file: str | Body | None,
        default: Any = None,
        default_text: str = "",
        type: OptionType | None = None,
        example: Any = MISSING,
        doc: str = "",
        render: Callable[[Any, Any], str] | None = None,
        header: str | Body = "",
        extra: str = "",
        between: str = "",
        below: str = "xdg.configFile",
        darwin: str | Body | None = None,
        darwin_below: str = "home.file",
        when: Any = None,
        apply: Callable[..., Value] | None = None,
        name: str = "",
        **entry: Any,
    ) -> None:
        if default is None and not (type and type.accepts(None)):
            default = {}
        if type is None:
            assert format is not None
            type = format.type
        super().__init__(
            type,
            default=default,
            default_text=default_text or None,
            example=example,
            doc=doc,
            apply=apply,
            name=name,
        )
        self.format = format
        self.place = None if file is None else Place(file, below, darwin, darwin_below, entry)
        self.render = render
        self.header = header
        self.extra = extra
        self.between = between
        self.when = when

    def sinks(self, cls: type[Options], base: tuple[str, ...]) -> Iterable[Sink]:
        return () if self.place is None else self.place.sinks(self.content, self.condition())

    def condition(self) -> Body | None:
        return condition((self, self.extra)) if self.extra and self.when is None else super().condition()

    def content(self, scope: Any) -> dict[str, Value]:
        # A path or a text may stand in place of settings.
        if self.type.accepts("/") and not (self.header or self.extra):
            return file_entry(scope, self.read(scope), lambda _: self.text(scope), texts=self.type.accepts("\n"))
        return {"text": Delayed(lambda: self.text(scope))}

    def text(self, scope: Any) -> str:
        """The text of the file."""
        value = self.read(scope)
        extra = scope._read(self.extra) if self.extra else ""
        text = ""
        if value or not extra:
            text = rendered(self, scope, value)
        return f"{given(self.header, scope)}{text}{self.between if text and extra else ''}{extra}"


def rendered(part: Settings | Files, scope: Any, value: Any) -> str:
    """The text for settings: by the part's own function, else by its format."""
    if part.render is not None:
        return part.render(scope, value)
    assert part.format is not None
    return part.format.render(value)


class ExtraText(OneFile):
    """An option of lines, and where they go: into a file, or to the end of another option of lines.

    `file` below `xdg.configFile` (or `below`), elsewhere on macOS with `darwin`; or `sink` for an option; `order` places
    the text among others. With the type `t.either(t.path, t.lines)` the file may be given instead of its text.
    """

    def __init__(
        self,
        *,
        file: str | Body | None = None,
        below: str = "xdg.configFile",
        darwin: str | Body | None = None,
        darwin_below: str = "home.file",
        sink: str = "",
        order: int | None = None,
        default: Any = "",
        type: OptionType = LINES,
        example: Any = MISSING,
        doc: str = "",
        when: Any = None,
        name: str = "",
        **entry: Any,
    ) -> None:
        super().__init__(type, default=default, example=example, doc=doc, name=name)
        self.place = None if file is None else Place(file, below, darwin, darwin_below, entry)
        self.sink = sink
        self.order = order
        self.when = when

    def sinks(self, cls: type[Options], base: tuple[str, ...]) -> Iterable[Sink]:
        if self.sink:
            return [Sink(self.sink, self.ordered, self.condition())]
        return () if self.place is None else self.place.sinks(self.content, self.condition())

    def ordered(self, scope: Any) -> Value:
        """The text at its place among others."""
        value: Value = Delayed(lambda: self.read(scope))
        return value if self.order is None else mk_order(self.order, value)

    def content(self, scope: Any) -> dict[str, Value]:
        return file_entry(scope, self.read(scope)) if self.type.accepts("/") else {"text": self.ordered(scope)}


class Files(OptionPart):
    """An option of files by name: themes, layouts, scripts, each a path, a text or, with a `format`, settings.

    `file` is what they are called, with `{name}` in it, or a function of `self` and the name. `type` is the type of
    each; `render` makes the text of one from `self` and its value. The other keywords are those of `Settings`.
    """

    def __init__(
        self,
        file: str | Callable[[Any, str], str],
        format: Format | None = None,
        *,
        type: OptionType | None = None,
        default: Any = None,
        example: Any = MISSING,
        doc: str = "",
        render: Callable[[Any, Any], str] | None = None,
        below: str = "xdg.configFile",
        darwin: str | Callable[[Any, str], str] | None = None,
        darwin_below: str = "home.file",
        when: Any = None,
        lazy: bool = False,
        name: str = "",
        **entry: Any,
    ) -> None:
        if type is None:
            type = Either(PATH, LINES) if format is None else types_one_of((format.type, PATH, LINES))
        super().__init__(
            AttrsOf(type, lazy=lazy), default={} if default is None else default, example=example, doc=doc, name=name
        )
        self.format = format
        self.place = Place(file, below, darwin, darwin_below, entry)
        self.texts = type.accepts("\n")
        self.render = render
        self.when = when

    def sinks(self, cls: type[Options], base: tuple[str, ...]) -> Iterable[Sink]:
        return self.place.sinks_of(self.files, condition(self if self.when is None else self.when))

    def files(self, scope: Any, file: Any) -> dict[str, dict[str, Value]]:
        """The entries of all files, given where they lie."""

        def place(name: str) -> str:
            return file.replace("{name}", name) if isinstance(file, str) else str(file(scope, name))

        def entry(value: Any) -> dict[str, Value]:
            return file_entry(scope, value, lambda each: rendered(self, scope, each), texts=self.texts)

        return {place(name): entry(value) for name, value in self.read(scope).items()}
