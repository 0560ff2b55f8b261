"""The three kinds of module: programs and services, which are enabled, and modules that are always on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from home_manager.authoring.options_class import Options
from home_manager.authoring.part import Part, Sink
from home_manager.authoring.reading import is_darwin
from home_manager.options.declaration import Option
from home_manager.options.location import parse_path
from home_manager.options.types.scalars import BOOL
from home_manager.values import Attrs, Value

_PLAIN_AREAS = ("core", "misc")


class Module(Options):
    """Options and definitions below a namespace, always on.

    `namespace` is where its options stand; by default the path of its file (`modules/accounts/email.py` is
    `accounts.email`). With `by_mention`, it takes part only in configurations that define one of its options.
    """

    namespace: ClassVar[str | None] = None
    by_mention: ClassVar[bool] = False
    platforms: ClassVar[tuple[str, ...]] = ("linux", "darwin")

    @classmethod
    def _namespace(cls) -> tuple[str, ...]:
        """The path of the module's options."""
        if cls.namespace is not None:
            return parse_path(cls.namespace)
        _, _, inner = cls.__module__.partition("modules.")
        parts = inner.replace("_", "-").split(".")
        if parts[0] in _PLAIN_AREAS:
            raise TypeError(f"{cls.__module__}.{cls.__name__} must say its namespace")
        return tuple(parts[:2])

    @classmethod
    def _title(cls) -> str:
        """The first line of the docstring: what the module is about."""
        return (cls.__doc__ or cls.__name__).strip().splitlines()[0].rstrip(".")


class EnablePart(Part):
    """The option `enable`."""

    def __init__(self, default: bool = False) -> None:
        self.default = default
        self.attribute = "enable"

    def declare(self, cls: type[Options], base: tuple[str, ...]) -> Iterable[tuple[tuple[str, ...], Option]]:
        title = cls._title() if issubclass(cls, Module) else cls.__name__
        description = f"Whether to enable {title}."
        yield ("enable",), Option(BOOL, self.default, example=True, description=description, declared_in=cls._file())


class PlatformPart(Part):
    """The assertion that an enabled module supports the platform."""

    def read(self, scope: Options) -> Any:
        raise AttributeError("platform")

    def sinks(self, cls: type[Options], base: tuple[str, ...]) -> Iterable[Sink]:
        if not issubclass(cls, Module) or set(cls.platforms) == {"linux", "darwin"}:
            return
        module = cls

        def body(scope: Any) -> Value:
            host = "darwin" if is_darwin(scope) else "linux"
            if host in module.platforms:
                return None
            wanted = " or ".join(module.platforms)
            message = f"The module {'.'.join(base)} does not support your platform; it needs {wanted}."
            return [Attrs({"assertion": False, "message": message})]

        yield Sink("assertions", body)


class Program(Module):
    """A program: `enable` is implied, and every definition is made only while it is on."""

    enable: Any = EnablePart()
    _platform: Any = PlatformPart()

    @classmethod
    def _gate(cls, scope: Options) -> Value:
        return scope._evaluation.slot((*scope._base, "enable"))


class Service(Program):
    """A program that runs in the background, on Linux unless `platforms` says more."""

    platforms: ClassVar[tuple[str, ...]] = ("linux",)
