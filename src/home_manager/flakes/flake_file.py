"""`flake.nix` before its outputs are computed: the inputs that it names, which are plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from home_manager.diagnostics import Failure, Span, failure, nearest
from home_manager.flakes.evaluator import TreeEvaluator
from home_manager.flakes.lockfile import InputPath
from home_manager.flakes.references import of_input
from home_manager.nix.builtins.flakerefs import Reference, flake_ref_text, parse_flake_ref
from home_manager.nix.evaluation import force, show_type
from home_manager.nix.nodes.functions import Lambda, formal_positions
from home_manager.values import Attrs, Function, PathValue, Value

KNOWN = ("description", "inputs", "outputs", "nixConfig", "edition")
_ID = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"


@dataclass(frozen=True, slots=True)
class Input:
    """One input: what it refers to, or which one it follows (from the root); neither means the flake of that name.

    `overrides` are other values for its own inputs, `span` where it was written.
    """

    reference: Reference | None = None
    follows: InputPath | None = None
    is_flake: bool = True
    overrides: Mapping[str, Input] = field(default_factory=dict)
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class FlakeFile:
    """A `flake.nix`: its inputs, what it wants of its own source (`inputs.self`), and its outputs, not yet called."""

    path: str
    inputs: Mapping[str, Input]
    own: Mapping[str, str | int | bool]
    outputs: Value
    description: str = ""


def read(evaluator: TreeEvaluator, directory: str, shown: str, prefix: InputPath = ()) -> FlakeFile:
    """The flake in a directory; `prefix` is the path of the input that it is, and `shown` its reference."""
    path = f"{directory}/flake.nix"
    if evaluator.io.file_type(path) is None:
        raise evaluator.tree_io.explain_missing(path) or failure(
            "flake-missing",
            f"`{shown}` is not a flake: it has no `flake.nix`",
            notes=(f"looked for `{evaluator.shown(path)}`",),
            hints=("an input without one is declared with `flake = false;`",) if prefix else (),
        )
    value = force(evaluator.eval_file(path))
    if not isinstance(value, Attrs):
        raise failure("flake-file", f"`{evaluator.shown(path)}` must be an attribute set, but is {show_type(value)}")
    for name in value:
        if name not in KNOWN:
            near = nearest(name, KNOWN)
            raise _wrong(
                value, name, f"a flake has no attribute `{name}`", *((f"did you mean `{near[0]}`?",) if near else ())
            )
    inputs, own = _inputs(value, "inputs", prefix, directory, top=True) if "inputs" in value else ({}, {})
    if "outputs" not in value:
        raise failure(
            "flake-file",
            f"the flake `{evaluator.shown(path)}` has no `outputs`",
            hints=("add `outputs = { self, nixpkgs, … }: { … };`",),
        )
    outputs = force(value["outputs"])
    if not isinstance(outputs, Function):
        raise _wrong(value, "outputs", f"`outputs` must be a function of the inputs, but is {show_type(outputs)}")
    if isinstance(outputs, Lambda) and outputs.code.pattern is not None:
        places = formal_positions(outputs)
        for name in outputs.code.pattern.names:
            if name != "self" and name not in inputs:
                inputs[name] = Input({"type": "indirect", "id": name}, span=places.get(name))
    description = force(value.get("description", ""))
    return FlakeFile(path, inputs, own, outputs, description if isinstance(description, str) else "")


def _wrong(attrs: Attrs, name: str, message: str, *hints: str) -> Failure:
    return failure("flake-file", message, span=attrs.position(name), hints=hints)


def _set(attrs: Attrs, name: str) -> Attrs:
    value = force(attrs[name])
    if not isinstance(value, Attrs):
        raise _wrong(attrs, name, f"`{name}` must be an attribute set, but is {show_type(value)}")
    return value


def _inputs(
    above: Attrs, name: str, prefix: InputPath, directory: str, *, top: bool
) -> tuple[dict[str, Input], dict[str, str | int | bool]]:
    given = _set(above, name)
    found: dict[str, Input] = {}
    own: dict[str, str | int | bool] = {}
    for key in sorted(given):
        if key == "self":
            if not top:
                raise _wrong(given, key, "an input has no input `self`")
            member = _set(given, key)
            own = {attribute: _plain(member, attribute) for attribute in member}
            for attribute in own:
                if attribute not in ("submodules", "lfs"):
                    raise _wrong(member, attribute, f"`inputs.self` has no attribute `{attribute}`")
        else:
            found[key] = _input(given, key, prefix, directory)
    return found, own


def _plain(attrs: Attrs, name: str) -> str | int | bool:
    value = force(attrs[name])
    if isinstance(value, str):
        return str(value)
    if isinstance(value, (bool, int)):
        return value
    raise _wrong(
        attrs, name, f"`{name}` of an input must be a string, a Boolean or an integer, but is {show_type(value)}"
    )


def _input(above: Attrs, key: str, prefix: InputPath, directory: str) -> Input:
    given = _set(above, key)
    url: str | None = None
    is_flake = True
    follows: InputPath | None = None
    overrides: Mapping[str, Input] = {}
    rest: Reference = {}
    for name in given:
        if name == "url":
            url = _url(given, directory)
        elif name == "flake":
            value = force(given[name])
            if not isinstance(value, bool):
                raise _wrong(given, name, f"`flake` must be true or false, but is {show_type(value)}")
            is_flake = value
        elif name == "inputs":
            overrides = _inputs(given, name, prefix, directory, top=False)[0]
        elif name == "follows":
            text = _plain(given, name)
            parts = tuple(part for part in str(text).split("/") if part)
            if any(char not in _ID for part in parts for char in part):
                raise _wrong(given, name, f"`{text}` is not the path of an input", "as `nixpkgs` or `dwarffs/nixpkgs`")
            follows = (*prefix, *parts)
        else:
            rest[name] = _plain(given, name)
    span = above.position(key)
    try:
        reference = _reference(given, url, rest, is_flake)
    except Failure as problem:
        problem.add_frame(f"while reading the flake input `{key}`", span)
        raise
    if reference is not None and follows is not None:
        raise failure("flake-file", f"the input `{key}` has both a reference and `follows`", span=span)
    return Input(reference, follows, is_flake, overrides, span)


def _url(given: Attrs, directory: str) -> str:
    value = force(given["url"])
    if isinstance(value, str):
        return str(value)
    if isinstance(value, PathValue):
        import os

        if value.text == directory or value.text.startswith(f"{directory}/"):
            return "path:" + os.path.relpath(value.text, directory)
        raise _wrong(given, "url", "the path of an input must lie within the flake", "write it as a text: `path:/…`")
    raise _wrong(given, "url", f"`url` must be a string, but is {show_type(value)}")


def _reference(given: Attrs, url: str | None, rest: Reference, is_flake: bool) -> Reference | None:
    if "type" in rest:
        reference: Reference = {**rest, **({"url": url} if url is not None else {})}
        # Written as a URL and read again, it is checked.
        flake_ref_text(reference)
        return reference
    if rest:
        name = sorted(rest)[0]
        raise _wrong(given, name, f"an input has no attribute `{name}` unless its `type` is given")
    if url is None:
        return None
    try:
        return of_input(url, is_flake=is_flake)
    except Failure as problem:
        raise failure("nix-flake-ref", problem.diagnostic.message, span=given.position("url")) from None


def named(name: str) -> Reference:
    """The reference of an input about which nothing is said."""
    return parse_flake_ref(name)
