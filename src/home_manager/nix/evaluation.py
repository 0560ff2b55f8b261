"""The evaluator, with the operations on values: the module that front ends import.

ev = Evaluator(io, store_dir="/nix/store")
value = ev.eval_file("/home/alice/home.nix")
call(value, {"pkgs": pkgs})
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from home_manager.diagnostics import Failure, Label, Source
from home_manager.nix.arithmetic import add, divide, multiply, subtract
from home_manager.nix.builtins.table import all_builtins
from home_manager.nix.coercion import (
    Copier,
    coerce_to_path,
    coerce_to_string,
    context_of,
    deep_force,
    expect_attrs,
    expect_bool,
    expect_float,
    expect_function,
    expect_int,
    expect_list,
    expect_plain_string,
    expect_string,
    with_context,
)
from home_manager.nix.comparison import equal, is_derivation, less, merge_sort
from home_manager.nix.deep_stack import with_deep_stack
from home_manager.nix.errors import eval_error, throw, wrong_argument
from home_manager.nix.io import NixIO
from home_manager.nix.lowering.ir_cache import SMALLEST, ParsedFiles, names_digest
from home_manager.nix.lowering.lower import build
from home_manager.nix.lowering.resolve import resolve
from home_manager.nix.nodes.functions import (
    Code,
    Lambda,
    LazyCall,
    Partial,
    call,
    call_values,
    formal_positions,
    function_arguments,
)
from home_manager.nix.nodes.node import Expr
from home_manager.nix.path_text import canonical
from home_manager.nix.printer import preview, print_value, show_type, type_name
from home_manager.nix.python_values import from_python, to_python
from home_manager.nix.runtime import Runtime
from home_manager.nix.syntax import ast as syntax
from home_manager.nix.syntax.lint_settings import NO_LINTS, Lints
from home_manager.nix.syntax.parser import parse
from home_manager.values import MISSING, Attrs, Builtin, PathValue, Value
from home_manager.values.lazy import Delayed, Lazy, force

UNPREFIXED: Final = (
    frozenset(("true", "false", "null", "builtins", "import", "scopedImport", "derivation", "derivationStrict"))
    | frozenset(("abort", "throw", "break", "isNull", "map", "removeAttrs", "toString", "baseNameOf", "dirOf"))
    | frozenset(("fromTOML", "placeholder", "fetchGit", "fetchMercurial", "fetchTarball", "fetchTree"))
)
"""The built-ins that are global by their own name; the others have `__` before it."""


CORE: Final = "/__corepkgs__/"
"""Where the files of `<nix/…>` seem to lie, which are part of the language and not of the machine."""

CORE_FILES: Final = frozenset((f"{CORE}fetchurl.nix",))


class Evaluator:
    """One evaluation: the built-ins, the files read so far, and the way to the machine.

    `lints` are checks of style, `features` the experimental ones that are wanted (`parse-toml-timestamps` is one).
    `search_path` are the pairs of prefix and path that `<…>` looks through, as `builtins.nixPath` has them.
    `extra_globals` are names that every file sees, like the built-ins. `parsed` is the cache of parsed files.
    """

    def __init__(
        self,
        io: NixIO,
        *,
        store_dir: str,
        pure: bool = False,
        search_path: Iterable[tuple[str, str]] = (),
        max_call_depth: int = 10_000,
        pipe_operators: bool = True,
        features: Iterable[str] = (),
        lints: Lints = NO_LINTS,
        extra_globals: Mapping[str, Value] | None = None,
        parsed: ParsedFiles | None = None,
    ) -> None:
        self.io: Final = io
        self.store_dir: Final = store_dir
        self.pure: Final = pure
        self.search_path: Final = list(search_path)
        self.max_call_depth: Final = max_call_depth
        self.pipe_operators: Final = pipe_operators
        self.features: Final = frozenset(features)
        self.lints: Final = lints
        self.runtime: Final = Runtime(io, store_dir, max_call_depth)
        self.builtins: Final = Attrs()
        self.globals: Final[dict[str, Value]] = {}
        self._files: dict[str, Lazy] = {}
        self._resolved: dict[str, str] = {}
        self._install(extra_globals or {})
        self._parsed: Final = parsed if lints is NO_LINTS else None
        self._names = b""

    def _install(self, extra: Mapping[str, Value]) -> None:
        constants: list[tuple[str, Value]] = [("true", True), ("false", False), ("null", None)]
        for each in (*constants, *all_builtins(self)):
            name, value = (each.name, each) if isinstance(each, Builtin) else each
            self.builtins[name] = value
            self.globals[name if name in UNPREFIXED else f"__{name}"] = value
        self.builtins["builtins"] = self.globals["builtins"] = self.builtins
        self.globals.update(extra)

    # How deep calls are nested

    @property
    def depth(self) -> int:
        return self.runtime.depth

    @depth.setter
    def depth(self, depth: int) -> None:
        self.runtime.depth = depth

    # Texts and files

    def parse(self, source: Source, base: str) -> Expr:
        """The expression in a text, its variables resolved; relative paths start from the directory `base`."""
        return self.resolve(self.parse_syntax(source, base), source)

    def parse_syntax(self, source: Source, base: str) -> syntax.Node:
        """The expression in a text as it was written; `unparse.show` prints it."""
        if self.lints is not NO_LINTS:
            # Start-up: lints are off unless they are asked for.
            from home_manager.nix.syntax.lint import check

            for remark in check(source, self.lints):
                self.io.notice(remark)
        return parse(source, base, pipe_operators=self.pipe_operators, notice=self.io.notice)

    def resolve(self, node: syntax.Node, source: Source, scope: Mapping[str, Value] | None = None) -> Expr:
        """The expression that evaluates; `scope` are names that hide the global ones."""
        names = {**self.globals, **scope} if scope else self.globals
        return build(resolve(node, source, names), source, self.runtime, names)

    def eval_source(self, source: Source, base: str) -> Value:
        """The value of a text."""
        return with_deep_stack(lambda: self.parse(source, base).eval([None]), self.max_call_depth)

    def eval_text(self, text: str, base: str = "/", name: str = "«string»") -> Value:
        """The value of an expression given as a string."""
        return self.eval_source(Source(name, text), base)

    def eval_file(self, path: str) -> Value:
        """The value of a file, evaluated once; of a directory, that of its `default.nix`."""
        resolved = self._resolved.get(path)
        if resolved is None:
            resolved = self._resolved[path] = self._entry_file(path)
        value = self._files.get(resolved)
        if value is None:
            value = self._files[resolved] = Delayed(lambda: self._eval_file(resolved, None))
        return with_deep_stack(value.force, self.max_call_depth)

    def eval_file_in(self, path: str, scope: Mapping[str, Value]) -> Value:
        """The value of a file that sees the names in `scope` as global ones (`scopedImport`)."""
        return with_deep_stack(lambda: self._eval_file(self._entry_file(path), scope), self.max_call_depth)

    def _eval_file(self, path: str, scope: Mapping[str, Value] | None) -> Value:
        source, data = self._read(path)
        try:
            return self._expression(path, source, data, scope).eval([None])
        except Failure as failure:
            if len(failure.frames) < 100:
                failure.add_frame(f"while evaluating the file '{path}':", nix=True)
            raise

    def expression(self, path: str) -> Expr:
        """The expression in a file."""
        return self._expression(path, *self._read(path), None)

    def _expression(self, path: str, source: Source, data: bytes, scope: Mapping[str, Value] | None) -> Expr:
        """The expression in a file that was read, from the cache if it is known there."""
        base = path.rpartition("/")[0] or "/"
        parsed = self._parsed
        if parsed is None or scope is not None or len(data) < SMALLEST:
            return self.resolve(self.parse_syntax(source, base), source, scope)
        if not self._names:
            self._names = names_digest([*self.globals, "|>" if self.pipe_operators else ""])
        key = parsed.key(data, base, self._names)
        pieces = parsed.get(key)
        if pieces is None:
            remarks: list[str] = []
            node = parse(source, base, pipe_operators=self.pipe_operators, notice=remarks.append)
            for remark in remarks:
                self.io.notice(remark)
            pieces = resolve(node, source, self.globals)
            if not remarks:  # they shall be made each time
                parsed.put(key, pieces)
        return build(pieces, source, self.runtime, self.globals)

    def keep_parsed(self) -> None:
        """Lets the next run find what this one has parsed."""
        if self._parsed is not None:
            self._parsed.save()

    def read_source(self, path: str) -> Source:
        """The text of a file. Bytes that are not UTF-8 survive as lone surrogates."""
        return self._read(path)[0]

    def _read(self, path: str) -> tuple[Source, bytes]:
        """A file, and its bytes unless it is one of the language's own."""
        if path.startswith(CORE):
            from importlib.resources import files

            text = files("home_manager.nix").joinpath("corepkgs", path.removeprefix(CORE)).read_text("utf-8")
            return Source(f"<nix/{path.removeprefix(CORE)}>", text), b""
        data = self.io.read_file(path)
        return Source(path, data.decode("utf-8", "surrogateescape")), data

    def _entry_file(self, path: str) -> str:
        """The file that `import path` reads: links followed, `default.nix` added for a directory."""
        if path in CORE_FILES:
            return path
        kind = self.io.file_type(path)
        if kind == "symlink":
            path = self.io.real_path(path)
            kind = self.io.file_type(path)
        if kind is None:
            raise eval_error(f"path '{path}' does not exist", code="nix-io")
        return canonical(f"{path}/default.nix") if kind == "directory" else path

    def auto_call(self, value: Value, arguments: Mapping[str, Value]) -> Value:
        """A function with a set pattern called with those of the arguments that it knows; other values as they are.

        This is what command line tools do with the file they are given.
        """
        return with_deep_stack(lambda: self._auto_call(value, arguments), self.max_call_depth)

    def _auto_call(self, value: Value, arguments: Mapping[str, Value]) -> Value:
        value = force(value)
        while isinstance(value, dict) and "__functor" in value:
            value = call(value["__functor"], value)
        if not isinstance(value, Lambda) or value.code.pattern is None:
            return value
        pattern = value.code.pattern
        if pattern.ellipsis:
            return call(value, Attrs(arguments))
        given = Attrs({name: arguments[name] for name in pattern.names if name in arguments})
        for name in pattern.required:
            if name not in given:
                raise wrong_argument(
                    f"cannot evaluate a function that has an argument without a value ('{name}')",
                    Label(formal_positions(value)[name], "this has no default"),
                    hints=("give it a default, or pass it with --arg or --argstr",),
                )
        return call(value, given)

    # Paths

    def copy_path(self, path: PathValue) -> str:
        """The store path of a copy of what the path names, with itself as context."""
        return self.runtime.copy_path(path)

    def find_file(self, entries: Value, name: str) -> PathValue:
        """What `<name>` means with these entries, which are sets of `path` and `prefix` as in `builtins.nixPath`."""
        for entry in expect_list(entries, "while evaluating the first argument passed to builtins.findFile"):
            attrs = expect_attrs(entry, "while evaluating an element of the list passed to builtins.findFile")
            prefix = expect_plain_string(attrs["prefix"]) if "prefix" in attrs else ""
            if "path" not in attrs:
                raise eval_error("attribute 'path' missing", code="nix-missing-attribute")
            rest = _below(name, prefix)
            if rest is None:
                continue
            path = str.__str__(coerce_to_string(attrs["path"]))
            candidate = canonical(f"{path}/{rest}" if rest else path)
            if candidate.startswith("/") and self.io.exists(candidate):
                return PathValue(candidate)
        if name.startswith("nix/") and CORE + name[4:] in CORE_FILES:
            return PathValue(CORE + name[4:])
        if self.pure:
            message = f"cannot look up '<{name}>' in pure evaluation mode (use '--impure' to override)"
        else:
            message = f"file '{name}' was not found in the Nix search path (add it using $NIX_PATH or -I)"
        raise throw(message)


def _below(name: str, prefix: str) -> str | None:
    """What is left of a name below a prefix, or `None`."""
    if not prefix:
        return name
    if name == prefix:
        return ""
    return name[len(prefix) + 1 :] if name.startswith(f"{prefix}/") else None


__all__ = [
    "MISSING",
    "Attrs",
    "Builtin",
    "Code",
    "Copier",
    "Evaluator",
    "Lambda",
    "LazyCall",
    "Partial",
    "add",
    "call",
    "call_values",
    "coerce_to_path",
    "coerce_to_string",
    "context_of",
    "deep_force",
    "divide",
    "equal",
    "expect_attrs",
    "expect_bool",
    "expect_float",
    "expect_function",
    "expect_int",
    "expect_list",
    "expect_plain_string",
    "expect_string",
    "force",
    "formal_positions",
    "from_python",
    "function_arguments",
    "is_derivation",
    "less",
    "merge_sort",
    "multiply",
    "preview",
    "print_value",
    "show_type",
    "subtract",
    "to_python",
    "type_name",
    "with_context",
    "with_deep_stack",
]
