"""Files: importing and reading them, looking whether they exist, and bringing them into the store."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from home_manager.diagnostics import Failure
from home_manager.nix.builtins.derivation import Derivations
from home_manager.nix.builtins.derivations import imported_derivation
from home_manager.nix.builtins.path_parts import base_name, path_of
from home_manager.nix.byte_strings import decode
from home_manager.nix.errors import eval_error
from home_manager.nix.hash_encoding import parse_hash_or_empty
from home_manager.nix.operations import (
    call,
    context_of,
    expect_attrs,
    expect_bool,
    expect_function,
    expect_plain_string,
    expect_string,
    force,
    with_context,
)
from home_manager.nix.store_paths import name_mistake
from home_manager.values import Attrs, Builtin, Value

if TYPE_CHECKING:
    from home_manager.nix.builtins.evaluator_services import EvaluatorServices
    from home_manager.nix.io import PathFilter

_DOING = "while realising the context of a path"


def _import(ev: EvaluatorServices, known: Derivations) -> Callable[[Value], Value]:
    def run(value: Value) -> Value:
        path = path_of(value, _DOING)
        if path.endswith(".drv") and path in known.by_path:
            return imported_derivation(known.by_path[path], path)
        return ev.eval_file(path)

    return run


def _scoped_import(ev: EvaluatorServices) -> Callable[[Value, Value], Value]:
    def run(scope: Value, path: Value) -> Value:
        file = path_of(path, _DOING)
        names = expect_attrs(scope, "while evaluating the first argument passed to builtins.scopedImport")
        return ev.eval_file_in(file, dict(names))

    return run


def _read_file(ev: EvaluatorServices) -> Callable[[Value], Value]:
    def run(value: Value) -> Value:
        path = path_of(value, _DOING)
        data = ev.io.read_file(path)
        if b"\0" in data:
            raise eval_error(f"the contents of the file '{path}' cannot be represented as a Nix string")
        return decode(data)

    return run


def _read_dir(ev: EvaluatorServices) -> Callable[[Value], Value]:
    return lambda value: Attrs(ev.io.read_dir(path_of(value, _DOING)))


def _read_file_type(ev: EvaluatorServices) -> Callable[[Value], Value]:
    def run(value: Value) -> Value:
        path = path_of(value, _DOING)
        kind = ev.io.file_type(path)
        if kind is None:
            raise eval_error(f"path '{path}' does not exist", code="nix-file-missing")
        return kind

    return run


def _path_exists(ev: EvaluatorServices) -> Callable[[Value], Value]:
    def run(value: Value) -> Value:
        forced = force(value)
        path = path_of(forced, _DOING)
        if path == ev.store_dir:
            return True  # what is copied and built will be there, if nothing is yet
        try:
            if isinstance(forced, str) and forced.endswith(("/", "/.")):
                return ev.io.exists(path) and ev.io.file_type(ev.io.real_path(path)) == "directory"
            return ev.io.file_type(path) is not None
        except Failure as problem:
            # What a pure evaluation does not see is not there.
            if problem.diagnostic.code == "nix-pure":
                return False
            raise

    return run


def _filter(function: Value) -> PathFilter:
    """A filter of the language for whoever copies the tree."""

    def keep(path: str, kind: str) -> bool:
        return expect_bool(call(function, path, kind), "while evaluating the return value of the path filter function")

    return keep


def _add_path(ev: EvaluatorServices, path: str, name: str, function: Value, *, flat: bool = False) -> Value:
    mistake = name_mistake(name)
    if mistake is not None:
        raise eval_error(mistake, code="nix-store-name")
    try:
        # What is named is followed if it is a link; those below stay what they are.
        stored = ev.io.copy_to_store(
            ev.io.real_path(path), name, None if function is None else _filter(function), flat=flat
        )
    except Failure as error:
        error.add_frame(f"while adding path '{path}'", nix=True)
        raise
    return with_context(stored, {stored})


def _filter_source(ev: EvaluatorServices) -> Callable[[Value, Value], Value]:
    def run(function: Value, value: Value) -> Value:
        path = path_of(
            value, "while evaluating the second argument (the path to filter) passed to 'builtins.filterSource'"
        )
        keep = expect_function(function, "while evaluating the first argument passed to builtins.filterSource")
        return _add_path(ev, path, base_name(path), keep)

    return run


def _path(ev: EvaluatorServices) -> Callable[[Value], Value]:
    def run(arguments: Value) -> Value:
        attrs = expect_attrs(arguments, "while evaluating the argument passed to 'builtins.path'")
        path: str | None = None
        name = ""
        function: Value = None
        recursive = True
        for key, value in attrs.items():
            match key:
                case "path":
                    path = path_of(value, "while evaluating the 'path' attribute passed to 'builtins.path'")
                case "name":
                    name = expect_plain_string(value, "while evaluating the `name` attribute passed to builtins.path")
                case "filter":
                    function = expect_function(value, "while evaluating the `filter` parameter passed to builtins.path")
                case "recursive":
                    recursive = expect_bool(value, "while evaluating the `recursive` attribute passed to builtins.path")
                case "sha256":
                    parse_hash_or_empty(
                        expect_plain_string(value, "while evaluating the `sha256` attribute passed to builtins.path"),
                        "sha256",
                    )
                case _:
                    raise eval_error(f"unsupported argument '{key}' to 'builtins.path'")
        if path is None:
            raise eval_error("missing required 'path' attribute in the first argument to 'builtins.path'")
        if not recursive and ev.io.file_type(ev.io.real_path(path)) == "directory":
            error = eval_error(f"path '{path}' is not a regular file, but `recursive` is false")
            error.add_frame(f"while adding path '{path}'", nix=True)
            raise error
        return _add_path(ev, path, name or base_name(path), function, flat=not recursive)

    return run


def _to_file(ev: EvaluatorServices) -> Callable[[Value, Value], Value]:
    def run(name: Value, text: Value) -> Value:
        file = expect_plain_string(name, "while evaluating the first argument passed to builtins.toFile")
        contents = expect_string(text, "while evaluating the second argument passed to builtins.toFile")
        references = sorted(context_of(contents))
        for element in references:
            if element.startswith(("!", "=")):
                shown = element.replace(ev.store_dir + "/", "")
                raise eval_error(
                    f"files created by builtins.toFile may not reference derivations, but {file} references {shown}"
                )
        mistake = name_mistake(file)
        if mistake is not None:
            raise eval_error(mistake, code="nix-store-name")
        stored = ev.io.add_text(file, contents, references)
        return with_context(stored, {stored})

    return run


def builtins(ev: EvaluatorServices, known: Derivations) -> Iterable[Builtin | tuple[str, Value]]:
    """The built-ins of this topic; `known` are the derivations that `import` finds although nothing is written."""
    return (
        Builtin("import", 1, _import(ev, known)),
        Builtin("scopedImport", 2, _scoped_import(ev)),
        Builtin("readFile", 1, _read_file(ev)),
        Builtin("readDir", 1, _read_dir(ev)),
        Builtin("readFileType", 1, _read_file_type(ev)),
        Builtin("pathExists", 1, _path_exists(ev)),
        Builtin("filterSource", 2, _filter_source(ev)),
        Builtin("path", 1, _path(ev)),
        Builtin("toFile", 2, _to_file(ev)),
    )
