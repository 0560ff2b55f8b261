"""Hashes: `hashString`, `hashFile`, `convertHash`, `placeholder`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from home_manager.nix.builtins.attrsets import select
from home_manager.nix.byte_strings import encode
from home_manager.nix.errors import eval_error
from home_manager.nix.hash_encoding import check_algorithm, digest, parse_hash
from home_manager.nix.operations import coerce_to_path, expect_attrs, expect_plain_string, expect_string
from home_manager.nix.store_paths import placeholder
from home_manager.values import MISSING, Builtin, Value

if TYPE_CHECKING:
    from home_manager.nix.builtins.evaluator_services import EvaluatorServices


def _hash_string(algorithm: Value, text: Value) -> Value:
    name = check_algorithm(
        expect_plain_string(algorithm, "while evaluating the first argument passed to builtins.hashString")
    )
    value = expect_string(text, "while evaluating the second argument passed to builtins.hashString")
    return digest(name, encode(value)).hex()


def _hash_file(ev: EvaluatorServices) -> Callable[[Value, Value], Value]:
    def run(algorithm: Value, path: Value) -> Value:
        name = check_algorithm(
            expect_plain_string(algorithm, "while evaluating the first argument passed to builtins.hashFile")
        )
        return digest(name, ev.io.read_file(coerce_to_path(path))).hex()

    return run


def _convert_hash(ev: EvaluatorServices) -> Callable[[Value], Value]:
    def run(arguments: Value) -> Value:
        attrs = expect_attrs(arguments, "while evaluating the first argument passed to builtins.convertHash")
        text = expect_plain_string(
            select(attrs, "hash", "while locating the attribute 'hash'"), "while evaluating the attribute 'hash'"
        )
        named = attrs.get("hashAlgo", MISSING)
        algorithm: str | None = None
        if named is not MISSING:
            algorithm = check_algorithm(expect_plain_string(named, "while evaluating the attribute 'hashAlgo'"))
        target = expect_plain_string(
            select(attrs, "toHashFormat", "while locating the attribute 'toHashFormat'"),
            "while evaluating the attribute 'toHashFormat'",
        )
        if target not in ("base16", "nix32", "base32", "base64", "sri"):
            raise eval_error(
                f"unknown hash format '{target}', expect 'base16', 'base32', 'base64', or 'sri'", code="nix-hash"
            )
        if target == "base32":
            ev.io.notice('"base32" is a deprecated alias for hash format "nix32".')
        value = parse_hash(text, algorithm)
        match target:
            case "base16":
                return value.base16()
            case "base64":
                return value.base64()
            case "sri":
                return value.sri()
        return value.nix32()

    return run


def _placeholder(output: Value) -> Value:
    return placeholder(
        expect_plain_string(output, "while evaluating the first argument passed to builtins.placeholder")
    )


def builtins(ev: EvaluatorServices) -> Iterable[Builtin | tuple[str, Value]]:
    """The built-ins of this topic."""
    return (
        Builtin("hashString", 2, _hash_string),
        Builtin("hashFile", 2, _hash_file(ev)),
        Builtin("convertHash", 1, _convert_hash(ev)),
        Builtin("placeholder", 1, _placeholder),
    )
