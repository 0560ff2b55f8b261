"""Parts for shapes that many modules share: a package, a settings file, a text that goes into a file, variables."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from home_manager.authoring.basic_parts import in_scope, literal
from home_manager.authoring.formats import Format
from home_manager.authoring.part import Body, Part, Sink, condition, given
from home_manager.diagnostics import failure
from home_manager.options.declaration import Option
from home_manager.options.types.alternatives import NullOr
from home_manager.options.types.base import OptionType
from home_manager.options.types.scalars import LINES, PACKAGE
from home_manager.values import MISSING, Attrs, Value
from home_manager.values.lazy import Delayed, force

if TYPE_CHECKING:
    from home_manager.authoring.options_class import Options

_SAME: Any = object()


def package_at(scope: Any, path: str) -> Value:
    """A package of the set by its dotted name: `python3Packages.requests`."""
    here: Value = scope.pkgs
    for name in path.split("."):
        here = force(here)
        if not isinstance(here, dict) or name not in here:
            raise failure("package-missing", f"there is no package `pkgs.{path}`")
        here = here[name]
    return force(here)


class Package(Part):
    """The option `package`, which is installed while the module is on.

    `name` is the package's name below `pkgs` (dots go deeper), `default` another one, `None` for no default, or a
    function of `self`; with `nullable`, the user may set `null` to install nothing. `install=False` only declares.
    """

    def __init__(
        self,
        name: str,
        *,
        default: Any = _SAME,
        default_text: str = "",
        nullable: bool = False,
        example: str = "",
        extra: str = "",
        install: bool = True,
        when: Any = None,
        doc: str = "",
    ) -> None:
        self.package = name
        self.default = name if default is _SAME else default
        self.default_text = default_text
        self.nullable = nullable
        self.example = example
        self.extra = extra
        self.install = install
        self.when = when
        self.doc = doc

    def declare(self, cls: type[Options], base: tuple[str, ...]) -> Iterable[tuple[tuple[str, ...], Option]]:
        default: Value = MISSING
        text: Value = MISSING
        if isinstance(self.default, str):
            path = self.default
            default = in_scope(cls, base, lambda scope: package_at(scope, path))
            text = literal(self.default_text or f"pkgs.{path}")
        elif self.default is not None:
            default = in_scope(cls, base, self.default)
            text = literal(self.default_text) if self.default_text else MISSING
        elif self.nullable:
            default = None
        doc = self.doc or f"The {self.package.rpartition('.')[2]} package to use."
        yield (
            (self.attribute,),
            Option(
                NullOr(PACKAGE) if self.nullable else PACKAGE,
                default,
                text,
                literal(self.example) if self.example else MISSING,
                f"{doc} {self.extra}".strip(),
                declared_in=cls._file(),
            ),
        )

    def sinks(self, cls: type[Options], base: tuple[str, ...]) -> Iterable[Sink]:
        if not self.install:
            return

        def body(scope: Any) -> Value:
            package = self.read(scope)
            return None if package is None else [package]

        yield Sink("home.packages", body, condition(self.when))


class Settings(Part):
    """An option for the settings of a program, and the file that they are written to unless they are empty.

    `format` gives type and renderer (`formats.toml`); `file` is the file's name, or a function of `self`, below
    `xdg.configFile` or the option `below`; `darwin` and `darwin_below` say otherwise for that system. `type` and
    `render` replace those of the format, `header` is put before the text, `when` replaces "not empty", and further
    keywords are options of the file (`onChange=…`).
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
        below: str = "xdg.configFile",
        darwin: str | Body | None = None,
        darwin_below: str = "home.file",
        when: Any = None,
        apply: Callable[..., Value] | None = None,
        name: str = "",
        **entry: Any,
    ) -> None:
        self.format = format
        self.file = file
        self.default = {} if default is None and not (type and type.accepts(None)) else default
        self.default_text = default_text
        self.type = type
        self.example = example
        self.doc = doc
        self.render = render
        self.header = header
        self.below = below
        self.darwin = darwin
        self.darwin_below = darwin_below
        self.when = when
        self.apply = apply
        self.attribute = name
        self.entry = entry

    def declare(self, cls: type[Options], base: tuple[str, ...]) -> Iterable[tuple[tuple[str, ...], Option]]:
        from home_manager.authoring.basic_parts import OptionPart

        kind = self.type
        if kind is None:
            assert self.format is not None
            kind = self.format.type
        part = OptionPart(
            kind,
            default=self.default,
            default_text=self.default_text or None,
            example=self.example,
            doc=self.doc,
            apply=self.apply,
            name=self.attribute,
        )
        yield from part.declare(cls, base)

    def sinks(self, cls: type[Options], base: tuple[str, ...]) -> Iterable[Sink]:
        if self.file is None:
            return
        when = condition(self.when if self.when is not None else self)

        def on_darwin(scope: Any) -> bool:
            return self.darwin is not None and is_darwin(scope)

        def write(file: str | Body) -> Body:
            def body(scope: Any) -> Value:
                extra = {name: given(value, scope) for name, value in self.entry.items()}
                return Attrs({given(file, scope): Attrs({"text": Delayed(lambda: self.text(scope)), **extra})})

            return body

        assert when is not None
        yield Sink(self.below, write(self.file), lambda scope: when(scope) and not on_darwin(scope))
        if self.darwin is not None:
            yield Sink(self.darwin_below, write(self.darwin), lambda scope: when(scope) and on_darwin(scope))

    def text(self, scope: Any) -> str:
        """The text of the file."""
        value = self.read(scope)
        if self.render is not None:
            text = self.render(scope, value)
        else:
            assert self.format is not None
            text = self.format.render(value)
        return str(given(self.header, scope)) + text


class ExtraText(Part):
    """An option of lines, and where they go: into a file, or to the end of another option of lines.

    `file` below `xdg.configFile` (or `below`), or `sink` for an option; `order` places the text among others.
    """

    def __init__(
        self,
        *,
        file: str | Body | None = None,
        below: str = "xdg.configFile",
        sink: str = "",
        order: int | None = None,
        default: Any = "",
        type: OptionType = LINES,
        example: Any = MISSING,
        doc: str = "",
        name: str = "",
    ) -> None:
        self.file = file
        self.below = below
        self.sink = sink
        self.order = order
        self.default = default
        self.type = type
        self.example = example
        self.doc = doc
        self.attribute = name

    def declare(self, cls: type[Options], base: tuple[str, ...]) -> Iterable[tuple[tuple[str, ...], Option]]:
        from home_manager.authoring.basic_parts import OptionPart

        part = OptionPart(self.type, default=self.default, example=self.example, doc=self.doc, name=self.attribute)
        yield from part.declare(cls, base)

    def sinks(self, cls: type[Options], base: tuple[str, ...]) -> Iterable[Sink]:
        from home_manager.options.definition import mk_order

        def text(scope: Any) -> Value:
            value: Value = Delayed(lambda: self.read(scope))
            return value if self.order is None else mk_order(self.order, value)

        def in_file(scope: Any) -> Value:
            return Attrs({given(self.file, scope): Attrs({"text": text(scope)})})

        if self.sink:
            yield Sink(self.sink, text, condition(self))
        elif self.file is not None:
            yield Sink(self.below, in_file, condition(self))


class Variables(Part):
    """Session variables that are set while the module is on: values, or functions of `self`; `None` leaves one out."""

    def __init__(
        self, variables: Any = None, /, *, when: Any = None, sink: str = "home.sessionVariables", **more: Any
    ) -> None:
        self.variables = variables
        self.more = more
        self.when = when
        self.sink = sink

    def read(self, scope: Any) -> Any:
        base = given(self.variables, scope) or {}
        values = {name: given(value, scope) for name, value in {**base, **self.more}.items()}
        return {name: value for name, value in values.items() if value is not None}

    def sinks(self, cls: type[Options], base: tuple[str, ...]) -> Iterable[Sink]:
        yield Sink(self.sink, self.read, condition(self.when))


def is_darwin(scope: Any) -> bool:
    """Whether the configuration is for macOS."""
    return package_at(scope, "stdenv.hostPlatform.isDarwin") is True


def application_support(path: str, *, unless_xdg: bool = False) -> Callable[[Any], str]:
    """Where macOS wants a program's file, for `Settings(darwin=…)`: `application_support("tealdeer/config.toml")`.

    `unless_xdg`: where the configuration wants the directories of XDG, the file lies in that of configuration.
    """

    def place(scope: Any) -> str:
        below = scope["xdg.configHome"] if unless_xdg and scope["xdg.enable"] else "Library/Application Support"
        return f"{below}/{path}"

    return place


def file_entry(scope: Any, given: Any) -> dict[str, Value]:
    """An option that takes a text or a file, as an entry of `xdg.configFile`: a path, or a file of the store, is the source."""
    in_store = isinstance(given, str) and scope._made(scope.pkgs["lib"]["isStorePath"], given)
    return {"text": given} if isinstance(given, str) and not in_store else {"source": given}
