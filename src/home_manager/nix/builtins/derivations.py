"""`derivation` and `derivationStrict`: descriptions of builds, with the paths that Nix gives them.

Nothing is built or written here. A derivation is a value whose output paths follow from its text; the ones that one
evaluation makes are kept, because those that use them are known by their hashes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NoReturn

from home_manager.diagnostics import Failure
from home_manager.nix.builtins.attrsets import select
from home_manager.nix.builtins.derivation import Derivation, Derivations, FixedOutput
from home_manager.nix.builtins.json import json_text, string_text
from home_manager.nix.coercion import at_attribute
from home_manager.nix.errors import eval_error
from home_manager.nix.hash_encoding import SIZES, parse_hash_or_empty
from home_manager.nix.operations import (
    coerce_to_string,
    context_of,
    expect_attrs,
    expect_bool,
    expect_list,
    expect_plain_string,
    expect_string,
    force,
    with_context,
)
from home_manager.nix.store_paths import name_mistake
from home_manager.values import MISSING, Attrs, Builtin, Value
from home_manager.values.lazy import Delayed

if TYPE_CHECKING:
    from home_manager.nix.builtins.evaluator_services import EvaluatorServices

_NO_EFFECT_STRUCTURED = (
    "allowedReferences",
    "allowedRequisites",
    "disallowedReferences",
    "disallowedRequisites",
    "maxSize",
    "maxClosureSize",
)
_METHODS = {"recursive": "nar", "nar": "nar", "flat": "flat"}


def _feature(name: str, reason: str = "") -> NoReturn:
    shown = f" ({reason})" if reason else ""
    raise eval_error(
        f"experimental Nix feature '{name}' is disabled{shown}; "
        f"add '--extra-experimental-features {name}' to enable it",
        code="nix-feature",
    )


class _Reader:
    """Reads the attributes of one derivation, in the order of their names, into what a `Derivation` holds."""

    def __init__(self, ev: EvaluatorServices, name: str, attrs: dict[str, Value]) -> None:
        self.ev = ev
        self.name = name
        self.attrs = attrs
        self.context: set[str] = set()
        self.env: dict[str, str] = {}
        self.args: list[str] = []
        self.builder = ""
        self.system = ""
        self.outputs = ["out"]
        self.output_hash: str | None = None
        self.hash_algorithm: str | None = None
        self.method: str | None = None
        self.json: list[str] | None = None

    def flag(self, name: str) -> bool:
        value = self.attrs.get(name, MISSING)
        return value is not MISSING and expect_bool(
            value, f"while evaluating the `{name}` attribute passed to builtins.derivationStrict"
        )

    def text(self, value: Value, doing: str = "") -> str:
        result = coerce_to_string(value, more=True, copy=self.ev.copy_path, doing=doing)
        self.context |= context_of(result)
        return str(result)

    def read(self) -> None:
        if self.flag("__structuredAttrs"):
            self.json = []
        ignore_nulls = self.flag("__ignoreNulls")
        for key in sorted(self.attrs):
            if key == "__ignoreNulls":
                continue
            value = self.attrs[key]
            try:
                if ignore_nulls and force(value) is None:
                    continue
                self.attribute(key, value)
            except Failure as error:
                step = f"while evaluating attribute '{key}' of derivation '{self.name}'"
                at_attribute(error, self.attrs, key, step)
                raise
        if self.json is not None:
            self.env["__json"] = "{" + ",".join(self.json) + "}"

    def attribute(self, key: str, value: Value) -> None:
        if key == "__contentAddressed":
            if expect_bool(value):
                _feature("ca-derivations")
        elif key == "__impure":
            if expect_bool(value):
                _feature("impure-derivations")
        elif key == "args":
            for element in expect_list(value):
                self.args.append(self.text(element, "while evaluating an element of the argument list"))
        elif self.json is not None:
            if key != "__structuredAttrs":
                self.structured(key, value, self.json)
        else:
            text = self.text(value)
            if key == "__json":
                self.ev.io.notice(
                    f"In derivation '{self.name}': setting structured attributes via '__json' is deprecated, and may "
                    "be disallowed in future versions of Nix. Set '__structuredAttrs = true' instead."
                )
            self.env[key] = text
            self.special(key, text, text.split())

    def structured(self, key: str, value: Value, json: list[str]) -> None:
        """An attribute of a derivation whose builder reads JSON: values keep their types."""
        room = self.ev.max_call_depth - self.ev.depth
        text = json_text(value, self.context, self.ev.copy_path, room)
        json.append(f"{string_text(key)}:{text}")
        if key == "builder":
            text = expect_string(value)
            self.context |= context_of(text)
            self.special(key, str(text), [])
        elif key in ("system", "outputHash", "outputHashAlgo", "outputHashMode"):
            self.special(key, expect_plain_string(value), [])
        elif key == "outputs":
            self.special(key, "", [expect_plain_string(element) for element in expect_list(value)])
        elif key in _NO_EFFECT_STRUCTURED:
            place = self.attrs.position(key) if isinstance(self.attrs, Attrs) else None
            self.ev.io.notice(
                f"in derivation '{self.name}': 'structuredAttrs' disables the effect of the derivation attribute "
                f"'{key}'; use 'outputChecks.<output>.{key}' instead" + ("" if place is None else f"\n  at {place}")
            )

    def special(self, key: str, text: str, words: list[str]) -> None:
        """The attributes that say how to build, beside being part of the environment."""
        match key:
            case "builder":
                self.builder = text
            case "system":
                self.system = text
            case "outputHash":
                self.output_hash = text
            case "outputHashAlgo":
                self.hash_algorithm = text if text in SIZES else None
            case "outputHashMode":
                if text == "text":
                    _feature("dynamic-derivations", f"text-hashed derivation '{self.name}', outputHashMode = \"text\"")
                if text == "git":
                    _feature("git-hashing")
                if text not in _METHODS:
                    raise eval_error(f"invalid value '{text}' for 'outputHashMode' attribute")
                self.method = _METHODS[text]
            case "outputs":
                self.output_names(words)

    def output_names(self, names: list[str]) -> None:
        seen: list[str] = []
        for name in names:
            if name in seen:
                raise eval_error(f"duplicate derivation output '{name}'")
            if name == "drvPath":
                raise eval_error("invalid derivation output name 'drvPath'")
            seen.append(name)
        if not seen:
            raise eval_error("derivation cannot have an empty set of outputs")
        self.outputs = seen

    def derivation(self, known: Derivations) -> Derivation:
        """What was read, checked; without the paths of its outputs."""
        if not self.builder:
            raise eval_error("required attribute 'builder' missing")
        if not self.system:
            raise eval_error("required attribute 'system' missing")
        if self.name.endswith(".drv"):
            raise eval_error(
                "derivation names are allowed to end in '.drv' only if they produce a single derivation file"
            )
        fixed: FixedOutput | None = None
        if self.output_hash is not None:
            if self.outputs != ["out"]:
                raise eval_error("multiple outputs are not supported in fixed-output derivations")
            if not self.output_hash and self.hash_algorithm:
                self.ev.io.notice(f"found empty hash in derivation '{self.name}', assuming zeros")
            digest = parse_hash_or_empty(self.output_hash, self.hash_algorithm)
            fixed = FixedOutput(self.method or "flat", digest)
        drvs: dict[str, set[str]] = {}
        sources: set[str] = set()
        for element in self.context:
            if element.startswith("!"):
                output, _, path = element[1:].partition("!")
                drvs.setdefault(path, set()).add(output)
            elif element.startswith("="):
                for path in known.closure(element[1:]):
                    sources.add(path)
                    inner = known.by_path.get(path)
                    if inner is not None:
                        drvs.setdefault(path, set()).update(inner.outputs)
            else:
                sources.add(element)
        return Derivation(
            name=self.name,
            outputs=dict.fromkeys(self.outputs, ""),
            input_drvs={path: frozenset(outputs) for path, outputs in drvs.items()},
            input_srcs=frozenset(sources),
            system=self.system,
            builder=self.builder,
            args=tuple(self.args),
            env=self.env,
            fixed=fixed,
        )


def _output_string(path: str, output: str, drv: str) -> str:
    return with_context(path, {f"!{output}!{drv}"})


def _strict(ev: EvaluatorServices, known: Derivations) -> Callable[[Value], Value]:
    def run(arguments: Value) -> Value:
        attrs = expect_attrs(arguments, "while evaluating the argument passed to builtins.derivationStrict")
        given = select(attrs, "name", "in the attrset passed as argument to builtins.derivationStrict")
        try:
            name = str(
                expect_plain_string(given, "while evaluating the `name` attribute passed to builtins.derivationStrict")
            )
        except Failure as error:
            at_attribute(error, attrs, "name", "while evaluating the derivation attribute 'name'")
            raise
        try:
            mistake = name_mistake(name)
            if mistake is not None:
                raise eval_error(f"invalid derivation name: {mistake}. Please pass a different 'name'.")
            reader = _Reader(ev, name, attrs)
            reader.read()
            complete = known.complete(reader.derivation(known))
            drv = known.add(complete)
        except Failure as error:
            place = attrs.position("name") if isinstance(attrs, Attrs) else None
            located_at = "" if place is None else f" whose name attribute is located at {place}"
            # Shown even without `--show-trace`: it says which package to do without.
            error.add_frame(f"while evaluating derivation '{name}'{located_at}")
            raise
        result = Attrs({"drvPath": with_context(drv, {"=" + drv})})
        for output, path in complete.outputs.items():
            result[output] = _output_string(path, output, drv)
        return result

    return run


def _wrapper(strict: Callable[[Value], Value]) -> Callable[[Value], Value]:
    """`derivation`: one attribute set per output, whose paths are computed when they are asked for."""

    def run(arguments: Value) -> Value:
        attrs = expect_attrs(arguments)
        computed = Delayed(lambda: strict(attrs))

        def path(name: str) -> Delayed:
            return Delayed(lambda: select(expect_attrs(computed), name, ""))

        listed = attrs.get("outputs", MISSING)
        outputs = ["out"] if listed is MISSING else expect_list(listed)
        names = [expect_plain_string(output) for output in outputs]
        if not names:
            raise eval_error("'builtins.head' called on an empty list")
        common = Attrs(attrs, origin=attrs.origin if isinstance(attrs, Attrs) else None)
        variants: list[Value] = []
        drv_path = path("drvPath")

        def variant(output: str) -> Attrs:
            result = Attrs(common, origin=common.origin)
            result.update(outPath=path(output), drvPath=drv_path, type="derivation", outputName=output)
            return result

        for output in names:
            variants.append(Delayed(lambda output=output: variant(output)))  # type: ignore[misc]
        for output, value in reversed(list(zip(names, variants, strict=True))):
            common[output] = value
        common["all"] = variants
        common["drvAttrs"] = attrs
        return variants[0]

    return run


def imported_derivation(derivation: Derivation, path: str) -> Value:
    """What `import` of a derivation's path gives: its outputs, the first one in front."""
    common = Attrs()
    variants: list[Value] = []

    def variant(output: str) -> Attrs:
        result = Attrs(common)
        result.update(outPath=_output_string(derivation.outputs[output], output, path), outputName=output)
        return result

    for output in sorted(derivation.outputs):
        variants.append(Delayed(lambda output=output: variant(output)))  # type: ignore[misc]
        common[output] = variants[-1]
    common.update(
        all=variants,
        drvPath=with_context(path, {"=" + path}),
        name=derivation.env.get("name", derivation.name),
        type="derivation",
    )
    return variants[0]


def builtins(ev: EvaluatorServices, known: Derivations) -> Iterable[Builtin | tuple[str, Value]]:
    """The built-ins of this topic; `known` keeps the derivations that this evaluation makes."""
    strict = _strict(ev, known)
    return (Builtin("derivationStrict", 1, strict), Builtin("derivation", 1, _wrapper(strict)))
