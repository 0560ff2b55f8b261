"""Fetching sources: `fetchurl`, `fetchTarball`, `fetchGit`, `fetchMercurial`, `fetchTree`, `getFlake`.

Arguments are checked here; the fetching itself is the evaluator's `NixIO.fetch`, which says so where nothing can be
fetched. What it brings has at least `outPath`; everything else is handed on as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from home_manager.nix.builtins.flakerefs import Reference, parse_flake_ref
from home_manager.nix.errors import eval_error, type_error
from home_manager.nix.hash_encoding import parse_hash_or_empty
from home_manager.nix.operations import coerce_to_string, expect_plain_string, force, show_type, with_context
from home_manager.nix.store_paths import name_mistake, object_of
from home_manager.values import Attrs, Builtin, PathValue, Value

if TYPE_CHECKING:
    from home_manager.nix.builtins.evaluator_services import EvaluatorServices

_REVISION = re.compile(r"[0-9a-fA-F]{40}")


def _fetched(ev: EvaluatorServices, brought: Mapping[str, object]) -> Attrs:
    """What a fetcher brought, its path depending on the store object that it lies in."""
    result = Attrs(brought)
    path = force(result.get("outPath"))
    if isinstance(path, str):
        found = object_of(path, ev.store_dir) or path
        result["outPath"] = with_context(str(path), {found})
    return result


def _download(ev: EvaluatorServices, who: str, kind: str, default_name: str) -> Callable[[Value], Value]:
    """`fetchurl` and `fetchTarball`: a URL, and perhaps the hash of what is behind it."""

    def run(argument: Value) -> Value:
        value = force(argument)
        url: str | None = None
        name = default_name
        digest: str | None = None
        named = False
        if isinstance(value, dict):
            for key, member in value.items():
                if key == "url":
                    url = expect_plain_string(member, "while evaluating the url we should fetch")
                elif key == "sha256":
                    text = expect_plain_string(member, "while evaluating the sha256 of the content we should fetch")
                    digest = parse_hash_or_empty(text, "sha256").sri()
                elif key == "name":
                    named = True
                    name = expect_plain_string(member, "while evaluating the name of the content we should fetch")
                else:
                    raise eval_error(f"unsupported argument '{key}' to '{who}'")
            if url is None:
                raise eval_error("'url' argument required")
        else:
            url = expect_plain_string(value, "while evaluating the url we should fetch")
        if who == "fetchTarball" and url.startswith("channel:"):
            url = f"https://channels.nixos.org/{url.removeprefix('channel:')}/nixexprs.tar.xz"
        name = name or url.rstrip("/").rpartition("/")[2]
        mistake = name_mistake(name)
        if mistake is not None:
            raise eval_error(
                f"invalid store path name when fetching URL '{url}': {mistake}. "
                + _name_advice(who, named, isinstance(value, dict)),
                code="nix-store-name",
            )
        if ev.pure and digest is None:
            raise eval_error(f"in pure evaluation mode, '{who}' requires a 'sha256' argument", code="nix-pure")
        arguments: dict[str, object] = {"url": str(url), "name": str(name)}
        if digest is not None:
            arguments["hash"] = digest
        return _fetched(ev, ev.io.fetch(kind, arguments))["outPath"]

    return run


def _name_advice(who: str, named: bool, with_attrs: bool) -> str:
    if named:
        start = f"Please change the value for the 'name' attribute passed to '{who}', "
    elif with_attrs:
        start = f"Please add a valid 'name' attribute to the argument for '{who}', "
    else:
        start = f"Please pass an attribute set with 'url' and 'name' attributes to '{who}',  "
    return start + "so that it can create a valid store path."


def _tree_arguments(members: dict[str, Value], who: str, kind: str | None) -> Reference:
    """The arguments of `fetchTree` and `fetchGit` as an input: strings, Booleans, natural numbers."""
    arguments: Reference = {}
    if "type" in members:
        if kind is not None:
            raise eval_error("unexpected argument 'type'")
        kind = expect_plain_string(members["type"], f"while evaluating the `type` argument passed to '{who}'")
    elif kind is None:
        raise eval_error(f"argument 'type' is missing in call to '{who}'")
    arguments["type"] = str(kind)
    for name, lazy in members.items():
        if name == "type":
            continue
        value = force(lazy)
        if isinstance(value, (str, PathValue)):
            arguments[name] = str(coerce_to_string(value))
        elif isinstance(value, bool):
            arguments[name] = value
        elif isinstance(value, int):
            if value < 0:
                raise eval_error(f"negative value given for '{who}' argument '{name}': {value}")
            arguments[name] = value
        else:
            raise type_error(
                f"argument '{name}' to '{who}' is {show_type(value)} while a string, Boolean or integer is expected"
            )
    return arguments


def _check_input(ev: EvaluatorServices, who: str, arguments: Reference) -> None:
    url = str(arguments.get("url", ""))
    if arguments["type"] in ("tarball", "file") and url.startswith("file:") and not url.startswith("file:/"):
        raise eval_error(
            f"tarball '{url}' must use an absolute path. The 'file' scheme does not support relative paths."
        )
    if ev.pure and not ({"rev", "narHash"} & arguments.keys()):
        shown = arguments.get("url") or arguments.get("path") or arguments.get("id") or arguments["type"]
        raise eval_error(f"in pure evaluation mode, '{who}' doesn't fetch unlocked input '{shown}'", code="nix-pure")


def _fetch_tree(ev: EvaluatorServices) -> Callable[[Value], Value]:
    def run(argument: Value) -> Value:
        value = force(argument)
        if isinstance(value, dict):
            arguments = _tree_arguments(value, "fetchTree", None)
            if arguments["type"] == "git":
                arguments.setdefault("shallow", True)
            if "name" in arguments:
                raise eval_error("argument 'name' isn’t supported in call to 'fetchTree'")
        else:
            arguments = parse_flake_ref(str(coerce_to_string(value)))
        _check_input(ev, "fetchTree", arguments)
        return _fetched(ev, ev.io.fetch("tree", arguments))

    return run


def _fetch_git(ev: EvaluatorServices) -> Callable[[Value], Value]:
    def run(argument: Value) -> Value:
        value = force(argument)
        if isinstance(value, dict):
            arguments = _tree_arguments(value, "fetchGit", "git")
        else:
            arguments = {"type": "git", "url": str(coerce_to_string(value))}
        if not arguments.get("submodules"):
            arguments.setdefault("exportIgnore", True)
        _check_input(ev, "fetchGit", arguments)
        return _fetched(ev, ev.io.fetch("git", arguments))

    return run


def _fetch_mercurial(ev: EvaluatorServices) -> Callable[[Value], Value]:
    def run(argument: Value) -> Value:
        value = force(argument)
        arguments: Reference = {"type": "hg", "name": "source"}
        if isinstance(value, dict):
            for key, member in value.items():
                if key == "url":
                    arguments["url"] = str(coerce_to_string(member))
                elif key == "rev":
                    rev = str(
                        expect_plain_string(
                            member, "while evaluating the `rev` attribute passed to builtins.fetchMercurial"
                        )
                    )
                    arguments["rev" if _REVISION.fullmatch(rev) else "ref"] = rev
                elif key == "name":
                    arguments["name"] = str(
                        expect_plain_string(
                            member, "while evaluating the `name` attribute passed to builtins.fetchMercurial"
                        )
                    )
                else:
                    raise eval_error(f"unsupported argument '{key}' to 'fetchMercurial'")
            if not arguments.get("url"):
                raise eval_error("'url' argument required")
        else:
            arguments["url"] = str(coerce_to_string(value))
        if ev.pure and "rev" not in arguments:
            raise eval_error("in pure evaluation mode, 'fetchMercurial' requires a Mercurial revision", code="nix-pure")
        url = str(arguments["url"])
        arguments["url"] = url if "://" in url else "file://" + url
        return _fetched(ev, ev.io.fetch("mercurial", arguments))

    return run


def _get_flake(ev: EvaluatorServices) -> Callable[[Value], Value]:
    def run(argument: Value) -> Value:
        text = str(expect_plain_string(argument, "while evaluating the argument passed to builtins.getFlake"))
        reference = parse_flake_ref(text)
        if ev.pure and not ({"rev", "narHash"} & reference.keys()):
            raise eval_error(
                f"cannot call 'getFlake' on unlocked flake reference '{text}' (use --impure to override)",
                code="nix-pure",
            )
        return Attrs(ev.io.fetch("flake", {"reference": text, **reference}))

    return run


def builtins(ev: EvaluatorServices) -> Iterable[Builtin | tuple[str, Value]]:
    """The built-ins of this topic."""
    return (
        Builtin("fetchurl", 1, _download(ev, "fetchurl", "url", "")),
        Builtin("fetchTarball", 1, _download(ev, "fetchTarball", "tarball", "source")),
        Builtin("fetchGit", 1, _fetch_git(ev)),
        Builtin("fetchMercurial", 1, _fetch_mercurial(ev)),
        Builtin("fetchTree", 1, _fetch_tree(ev)),
        Builtin("getFlake", 1, _get_flake(ev)),
    )
