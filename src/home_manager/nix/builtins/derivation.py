"""Store derivations: their text form (ATerm), the hashes by which they are known, and the paths that follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from home_manager.nix.byte_strings import encode
from home_manager.nix.errors import eval_error
from home_manager.nix.hash_encoding import Hash, sha256
from home_manager.nix.store_paths import fixed_path, make_path, method_prefix, output_name, text_path

_ESCAPES = str.maketrans({'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})


@dataclass(frozen=True, slots=True)
class FixedOutput:
    """What an output is known to contain: how it is hashed (`flat`, `nar`, …) and to what."""

    method: str
    digest: Hash

    def algorithm(self) -> str:
        return method_prefix(self.method) + self.digest.algorithm


@dataclass(frozen=True, slots=True)
class Derivation:
    """One build: what runs, with which inputs, and which paths come out.

    `outputs` has the path of each output (empty while it is not yet known); `input_drvs` the names of the outputs
    wanted of each input; `fixed` is there when the contents of the single output are known.
    """

    name: str
    outputs: Mapping[str, str]
    input_drvs: Mapping[str, frozenset[str]]
    input_srcs: frozenset[str]
    system: str
    builder: str
    args: tuple[str, ...]
    env: Mapping[str, str]
    fixed: FixedOutput | None = None

    def text(self, inputs: Mapping[str, Iterable[str]] | None = None) -> bytes:
        """The derivation as it stands in the store; with `inputs`, with those in place of its input derivations."""
        fixed = ("", "") if self.fixed is None else (self.fixed.algorithm(), self.fixed.digest.base16())
        outputs = ",".join(
            f'("{name}","{self.outputs[name]}","{fixed[0]}","{fixed[1]}")' for name in sorted(self.outputs)
        )
        wanted: Mapping[str, Iterable[str]] = self.input_drvs if inputs is None else inputs
        drvs = ",".join(f'("{path}",[{_plain(sorted(wanted[path]))}])' for path in sorted(wanted))
        args = ",".join(map(_quoted, self.args))
        env = ",".join(f"({_quoted(name)},{_quoted(self.env[name])})" for name in sorted(self.env))
        return encode(
            f"Derive([{outputs}],[{drvs}],[{_plain(sorted(self.input_srcs))}],"
            f"{_quoted(self.system)},{_quoted(self.builder)},[{args}],[{env}])"
        )

    def path(self, store_dir: str) -> str:
        """The path of the derivation itself."""
        return text_path(store_dir, f"{self.name}.drv", self.text(), {*self.input_srcs, *self.input_drvs})


def _quoted(text: str) -> str:
    return f'"{text.translate(_ESCAPES)}"'


def _plain(texts: Iterable[str]) -> str:
    return ",".join(f'"{text}"' for text in texts)


@dataclass(slots=True)
class Derivations:
    """The derivations of one evaluation, by path, with the hash by which each is known to those that use it."""

    store_dir: str
    by_path: dict[str, Derivation] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)

    def complete(self, derivation: Derivation) -> Derivation:
        """The derivation with the paths of its outputs, in `outputs` and in the environment."""
        store_dir, name = self.store_dir, derivation.name
        if derivation.fixed is not None:
            paths = {"out": fixed_path(store_dir, name, derivation.fixed.method, derivation.fixed.digest)}
        else:
            blank = dict.fromkeys(derivation.outputs, "")
            masked = replace(derivation, outputs=blank, env={**derivation.env, **blank})
            digest = Hash("sha256", sha256(masked.text(self.hashed_inputs(derivation))))
            paths = {
                output: make_path(f"output:{output}", digest, store_dir, output_name(name, output))
                for output in derivation.outputs
            }
        return replace(derivation, outputs=paths, env={**derivation.env, **paths})

    def add(self, derivation: Derivation) -> str:
        """Keeps a complete derivation; its path."""
        path = derivation.path(self.store_dir)
        if path not in self.by_path:
            self.by_path[path] = derivation
            self.hashes[path] = self.hash_modulo(derivation)
        return path

    def hash_modulo(self, derivation: Derivation) -> str:
        """By what others know a derivation: its contents where they are known, else the way they are made."""
        fixed = derivation.fixed
        if fixed is not None:
            text = f"fixed:out:{fixed.algorithm()}:{fixed.digest.base16()}:{derivation.outputs['out']}"
            return sha256(text.encode()).hex()
        return sha256(derivation.text(self.hashed_inputs(derivation))).hex()

    def hashed_inputs(self, derivation: Derivation) -> dict[str, set[str]]:
        """The input derivations by hash instead of path; equal ones join."""
        result: dict[str, set[str]] = {}
        for path, outputs in derivation.input_drvs.items():
            known = self.by_path.get(path)
            if known is None:
                raise eval_error(f"path '{path}' is not valid", code="nix-store-path")
            # Whatever way leads to contents that are known must not matter to those that use them.
            wanted = {"out"} if known.fixed is not None else outputs
            result.setdefault(self.hashes[path], set()).update(wanted)
        return result

    def closure(self, path: str) -> set[str]:
        """The derivation, its inputs, theirs, and all sources among them."""
        seen: set[str] = set()
        todo = [path]
        while todo:
            here = todo.pop()
            if here in seen:
                continue
            seen.add(here)
            known = self.by_path.get(here)
            if known is not None:
                todo.extend(known.input_drvs)
                seen |= known.input_srcs
        return seen
