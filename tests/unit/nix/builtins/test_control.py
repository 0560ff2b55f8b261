"""Errors and catching them, forcing, tracing, kinds, closures, numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Show = Callable[..., str]


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        (
            "map __typeOf [ 1 1.0 ''a'' /a null true [ ] { } (x: x) map ]",
            '[ "int" "float" "string" "path" "null" "bool" "list" "set" "lambda" "lambda" ]',
        ),
        (
            "[ (__isInt true) (__isInt 1) (isNull null) (__isFunction { __functor = s: x: x; }) ]",
            "[ false true true false ]",
        ),
        ("__tryEval (throw ''x'')", "{ success = false; value = false; }"),
        ("__tryEval (assert false; 1)", "{ success = false; value = false; }"),
        ("(__tryEval { a = throw ''x''; }).success", "true"),
        ("__seq { a = throw ''x''; } 2", "2"),
        ("break 1", "1"),
        ("__addErrorContext (throw ''never'') 1", "1"),
        (
            "map (x: x.key) (__genericClosure { startSet = [ { key = 1; } ]; operator = x: if x.key < 4 "
            "then [ { key = x.key + 1; } { key = 2; } ] else [ ]; })",
            "[ 1 2 3 4 ]",
        ),
        (
            "__length (__genericClosure { startSet = [ { key = 1; } { key = 1.0; } { key = 2; } ]; operator "
            "= x: [ ]; })",
            "2",
        ),
        (
            "__length (__genericClosure { startSet = [ { key = [ 1 ]; } { key = [ 1 ]; } { key = [ 2 ]; } "
            "]; operator = x: [ ]; })",
            "2",
        ),
        ("__genericClosure { startSet = [ ]; }", "[ ]"),
        ("[ (__div 7 (-2)) (__bitXor 12 10) (__bitAnd (-1) 255) (__ceil 1.2) (__floor (-1.2)) ]", "[ -3 6 255 2 -2 ]"),
        (
            "map (a: __hashString a ''hello'') [ ''md5'' ''sha1'' ]",
            '[ "5d41402abc4b2a76b9719d911017c592" "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d" ]',
        ),
        (
            "__convertHash { hash = ''sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=''; toHashFormat = "
            "''nix32''; }",
            '"0mdqa9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c73"',
        ),
        ("(__parseFlakeRef ''github:o/r?dir=d'').dir", '"d"'),
        ("__flakeRefToString { type = ''indirect''; id = ''nixpkgs''; }", '"flake:nixpkgs"'),
    ],
)
def test_values(show: Show, expression: str, shown: str) -> None:
    assert show(expression) == shown


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("throw ''a''", "a"),
        ("abort ''a''", "evaluation aborted with the following error message: 'a'"),
        ("__tryEval (abort ''a'')", "evaluation aborted with the following error message: 'a'"),
        ("__tryEval (__head [ ])", "'builtins.head' called on an empty list"),
        ("__deepSeq { a = throw ''x''; } 2", "x"),
        ("__warn 1 2", "expected a string but found an integer: 1"),
        ("__add 9223372036854775807 1", "integer overflow in adding 9223372036854775807 + 1"),
        ("__div 1 0", "division by zero"),
        ("__ceil 1.0e30", "NixFloat argument 1e+30 is not in the range of NixInt"),
        (
            "__hashString ''foo'' ''a''",
            "unknown hash algorithm 'foo', expect 'blake3', 'md5', 'sha1', 'sha256', or 'sha512'",
        ),
        (
            "__genericClosure { startSet = [ { key = ''a''; } { key = 1; } ]; operator = x: [ ]; }",
            'cannot compare an integer with a string; values are 1 and "a"',
        ),
        ("__genericClosure { startSet = [ { } ]; operator = x: [ ]; }", "attribute 'key' missing"),
    ],
)
def test_refusals(show: Show, expression: str, message: str) -> None:
    assert show(expression) == f"error: {message}"


def test_error_context_is_always_shown(show: Show) -> None:
    assert "while doing it" in show("__addErrorContext ''while doing it'' (throw ''x'')", frames=True)


def test_tracing(show: Show, io: Any) -> None:
    assert show("__trace ''a'' (__trace [ 1 { b = 2; } ] (__warn ''w'' (__traceVerbose ''never'' 1)))") == "1"
    assert io.shown == ["trace: a", "trace: [ 1 { b = 2; } ]", "warning: w"]


def test_names_are_those_of_the_original(show: Show) -> None:
    expected = [
        "abort",
        "add",
        "addDrvOutputDependencies",
        "addErrorContext",
        "all",
        "any",
        "appendContext",
        "attrNames",
        "attrValues",
        "baseNameOf",
        "bitAnd",
        "bitOr",
        "bitXor",
        "break",
        "builtins",
        "catAttrs",
        "ceil",
        "compareVersions",
        "concatLists",
        "concatMap",
        "concatStringsSep",
        "convertHash",
        "currentSystem",
        "currentTime",
        "deepSeq",
        "derivation",
        "derivationStrict",
        "dirOf",
        "div",
        "elem",
        "elemAt",
        "false",
        "fetchGit",
        "fetchMercurial",
        "fetchTarball",
        "fetchTree",
        "fetchurl",
        "filter",
        "filterSource",
        "findFile",
        "flakeRefToString",
        "floor",
        "foldl'",
        "fromJSON",
        "fromTOML",
        "functionArgs",
        "genList",
        "genericClosure",
        "getAttr",
        "getContext",
        "getEnv",
        "getFlake",
        "groupBy",
        "hasAttr",
        "hasContext",
        "hashFile",
        "hashString",
        "head",
        "import",
        "intersectAttrs",
        "isAttrs",
        "isBool",
        "isFloat",
        "isFunction",
        "isInt",
        "isList",
        "isNull",
        "isPath",
        "isString",
        "langVersion",
        "length",
        "lessThan",
        "listToAttrs",
        "map",
        "mapAttrs",
        "match",
        "mul",
        "nixPath",
        "nixVersion",
        "null",
        "parseDrvName",
        "parseFlakeRef",
        "partition",
        "path",
        "pathExists",
        "placeholder",
        "readDir",
        "readFile",
        "readFileType",
        "removeAttrs",
        "replaceStrings",
        "scopedImport",
        "seq",
        "sort",
        "split",
        "splitVersion",
        "storeDir",
        "storePath",
        "stringLength",
        "sub",
        "substring",
        "tail",
        "throw",
        "toFile",
        "toJSON",
        "toPath",
        "toString",
        "toXML",
        "trace",
        "traceVerbose",
        "true",
        "tryEval",
        "typeOf",
        "unsafeDiscardOutputDependency",
        "unsafeDiscardStringContext",
        "unsafeGetAttrPos",
        "warn",
        "zipAttrsWith",
    ]
    assert show("toString (__attrNames builtins)") == '"' + " ".join(expected) + '"'
