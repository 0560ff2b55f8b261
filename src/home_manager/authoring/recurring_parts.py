"""Parts for shapes that many modules share: a package, and session variables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self, overload

from home_manager.authoring.basic_parts import in_scope, literal
from home_manager.authoring.part import Body, Part, Sink, condition, given
from home_manager.authoring.reading import package_at
from home_manager.authoring.values import exe
from home_manager.options.declaration import Option
from home_manager.options.types.alternatives import NullOr
from home_manager.options.types.scalars import PACKAGE
from home_manager.values import MISSING, Value

if TYPE_CHECKING:
    from home_manager.authoring.options_class import Options
    from home_manager.options.types.public_names import PackageValue

_SAME: Any = object()


class Package(Part):
    """The option `package`, which is installed while the module is on.

    `name` is the package's name below `pkgs` (dots go deeper), `default` another one, `None` for no default, or a
    function of `self`; with `nullable`, the user may set `null` to install nothing. `install=False` only declares.

    With `wrap_path="extraPackages"`, the package is installed with the programs of that option's packages on the search
    path of its main program (or of `program`), unless there are none; `wrap` gives further arguments of wrapProgram, as
    a text or function of `self`. `self._installed("package")` is what is installed.
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
        wrap_path: str = "",
        wrap: str | Body = "",
        program: str | Body = "",
    ) -> None:
        self.package = name
        self.wrap_path = wrap_path
        self.wrap = wrap
        self.program = program
        self.default = name if default is _SAME else default
        self.default_text = default_text
        self.nullable = nullable
        self.example = example
        self.extra = extra
        self.install = install
        self.when = when
        self.doc = doc

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: Options, owner: type) -> PackageValue: ...
    def __get__(self, instance: Options | None, owner: type) -> Any:
        return super().__get__(instance, owner)

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
            package = self.installed(scope)
            return None if package is None else [package]

        yield Sink("home.packages", body, condition(self.when))

    def installed(self, scope: Any) -> Any:
        """The package, wrapped where it has to be."""
        package = self.read(scope)
        packages = scope._read(self.wrap_path) if self.wrap_path else []
        arguments = given(self.wrap, scope)
        if package is None or not (packages or arguments):
            return package
        if packages:
            arguments = f"{arguments} --suffix PATH : {search_path(scope, packages)}".strip()
        return wrapped(scope, package, str(given(self.program, scope)), str(arguments))


def search_path(scope: Any, packages: Any) -> str:
    """The value of PATH for the programs of packages."""
    return str(scope._made(scope.pkgs["lib"]["makeBinPath"], packages))


def wrapped(scope: Any, package: Any, program: str, arguments: str) -> Any:
    """A package whose main program, or the one named, is started through wrapProgram with these arguments."""
    name, version = (scope._made(scope.pkgs["lib"][each], package) for each in ("getName", "getVersion"))
    built = {
        "name": f"{name}-wrapped-{version}",
        "paths": [package],
        "preferLocalBuild": True,
        "nativeBuildInputs": [scope.pkgs["makeWrapper"]],
        "postBuild": f"wrapProgram $out/bin/{program or exe(package).rpartition('/')[2]} {arguments}\n",
    }
    if "meta" in package:
        built["meta"] = package["meta"]
    return scope._made("symlinkJoin", built)


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
