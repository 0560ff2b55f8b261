"""`lib.fetchers`: hashes of fetchers under one name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from home_manager.frontends.nix.lib.arguments import attrs_of, flag_of, list_of, select, string_of
from home_manager.frontends.nix.lib.deprecated import FAKE_HASHES
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.frontends.nix.lib.trivial import function_args, with_arguments
from home_manager.nix.errors import assertion_failed, throw
from home_manager.nix.evaluation import call
from home_manager.values import Attrs, Builtin, Value
from home_manager.values.lazy import force

if TYPE_CHECKING:
    from home_manager.frontends.nix.lib.library import Library

PROXIES = ("http_proxy", "https_proxy", "ftp_proxy", "all_proxy", "no_proxy")

topic = Topic()
topic.constant("proxyImpureEnvVars", [*PROXIES, *[name.upper() for name in PROXIES], "NIX_SSL_CERT_FILE"])


def hash_names(options: dict[str, Value]) -> list[str]:
    return ["hash", *[string_of(name) for name in list_of(options.get("hashTypes", ["sha256"]))]]


def normalized(names: list[str], required: bool, arguments: Value) -> Value:
    """Arguments with the hash, however it is called, as `outputHash` and `outputHashAlgo`."""
    given = attrs_of(arguments)
    if "outputHash" in given:
        return given
    found = [name for name in sorted(names) if name in given]
    if len(found) > 1:
        raise throw(f"fetcher called with mutually-incompatible arguments: {', '.join(found)}")
    if required and not found:
        raise throw("fetcher called without `hash`")
    result = Attrs({name: value for name, value in given.items() if name not in names})
    for name in found:
        value = force(given[name])
        if value == "" and name not in FAKE_HASHES:
            raise throw(f"no “fake hash” defined for {name}")
        result["outputHashAlgo"] = None if name == "hash" else name
        result["outputHash"] = FAKE_HASHES[name] if value == "" else value
    return result


@topic.function("normalizeHash", 2)
def normalize_hash(options: Value, arguments: Value) -> Value:
    chosen = attrs_of(options)
    return normalized(hash_names(chosen), flag_of(chosen.get("required", True)), arguments)


@topic.bound("withNormalizedHash", 2)
def with_normalized_hash(library: Library, options: Value, fetcher: Value) -> Value:
    names = hash_names(attrs_of(options))
    formals = attrs_of(function_args(library, fetcher))
    if "outputHash" not in formals or "outputHashAlgo" not in formals or any([name in formals for name in names]):
        raise assertion_failed("assertion failed")
    required = not flag_of(select(formals, "outputHash"))
    run = Builtin("fetcher", 1, lambda arguments: call(fetcher, normalized(names, required, arguments)))
    shown = Attrs({name: value for name, value in formals.items() if name not in ("outputHash", "outputHashAlgo")})
    shown["hash"] = formals["outputHash"]
    return with_arguments(run, shown)
