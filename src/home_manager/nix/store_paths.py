"""How names in a Nix store are made: pure functions from contents, references and names to paths."""

from __future__ import annotations

from collections.abc import Iterable

from home_manager.nix.byte_strings import encode
from home_manager.nix.errors import eval_error
from home_manager.nix.hash_encoding import Hash, nix32, sha256

_NAME_CHARS = frozenset("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+-._?=")
_BASE32 = frozenset("0123456789abcdfghijklmnpqrsvwxyz")
HASH_LENGTH = 32
LONGEST_NAME = 211


def name_mistake(name: str) -> str | None:
    """What is wrong with the name of a store object, in the original's words, or `None`."""
    if not name:
        return "name must not be empty"
    if len(name) > LONGEST_NAME:
        return f"name '{name}' must be no longer than {LONGEST_NAME} characters"
    if name in (".", ".."):
        return f"name '{name}' is not valid"
    first = name.partition("-")[0]
    if first in (".", ".."):
        return f"name '{name}' is not valid: first dash-separated component must not be '{first}'"
    for char in name:
        if char not in _NAME_CHARS:
            return f"name '{name}' contains illegal character '{char}'"
    return None


def base_name_mistake(base: str) -> str | None:
    """What is wrong with the last component of a store path, or `None`."""
    if len(base) < HASH_LENGTH + 1:
        return f"'{base}' is too short to be a valid store path"
    if base[HASH_LENGTH] != "-":
        return f"'{base}' can't name a store path because the hash part is not followed by a '-'"
    for char in base[:HASH_LENGTH]:
        if char not in _BASE32:
            return f"store path '{base}' contains illegal base-32 character '{char}'"
    mistake = name_mistake(base[HASH_LENGTH + 1 :])
    return None if mistake is None else f"path '{base}' is not a valid store path: {mistake}"


def is_store_path(path: str, store_dir: str) -> bool:
    """Whether a text is the path of a store object itself (and not of something in it)."""
    prefix = store_dir + "/"
    return path.startswith(prefix) and base_name_mistake(path[len(prefix) :]) is None


def object_of(path: str, store_dir: str) -> str | None:
    """The store object that a path lies in (or is), or `None`."""
    prefix = store_dir + "/"
    if not path.startswith(prefix):
        return None
    base = path[len(prefix) :].partition("/")[0]
    return prefix + base if base and base_name_mistake(base) is None else None


def _compressed(digest: bytes) -> bytes:
    result = bytearray(20)
    for index, byte in enumerate(digest):
        result[index % 20] ^= byte
    return bytes(result)


def make_path(kind: str, digest: Hash, store_dir: str, name: str) -> str:
    """The path of a store object of which `kind` and `digest` say how it came to be."""
    mistake = name_mistake(name)
    if mistake is not None:
        raise eval_error(mistake, code="nix-store-name")
    text = f"{kind}:{digest.algorithm}:{digest.base16()}:{store_dir}:{name}"
    return f"{store_dir}/{nix32(_compressed(sha256(encode(text))))}-{name}"


def text_path(store_dir: str, name: str, contents: bytes, references: Iterable[str]) -> str:
    """The path of a text with its references."""
    kind = ":".join(["text", *sorted(references)])
    return make_path(kind, Hash("sha256", sha256(contents)), store_dir, name)


def output_name(name: str, output: str) -> str:
    """The name of the store object of a derivation's output."""
    return name if output == "out" else f"{name}-{output}"


def fixed_path(store_dir: str, name: str, method: str, digest: Hash, references: Iterable[str] = ()) -> str:
    """The path of an object that is known by the hash of its contents.

    `method`: `flat` (a file), `nar` (a tree), `text` or `git`.
    """
    if method == "text":
        return make_path(":".join(["text", *sorted(references)]), digest, store_dir, name)
    if method == "nar" and digest.algorithm == "sha256":
        return make_path(":".join(["source", *sorted(references)]), digest, store_dir, name)
    inner = f"fixed:out:{method_prefix(method)}{digest.algorithm}:{digest.base16()}:"
    return make_path("output:out", Hash("sha256", sha256(inner.encode())), store_dir, name)


def method_prefix(method: str) -> str:
    """How the way of hashing is written before the algorithm."""
    return {"flat": "", "nar": "r:", "text": "text:", "git": "git:"}[method]


def placeholder(output: str) -> str:
    """What stands for the path of an output in its own derivation."""
    return "/" + nix32(sha256(encode(f"nix-output:{output}")))
