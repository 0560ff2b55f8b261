"""Errors of the Nix language: Nix's own wording, as diagnostics with a span.

The functions make a `Failure`; the caller raises it. A built-in that has no position leaves `span` out: the call that
led to it fills it in while unwinding (`Call.eval`). Only `NixThrow` and `AssertionFailed` are caught by `tryEval`.
"""

from __future__ import annotations

from collections.abc import Iterable

from home_manager.diagnostics import Diagnostic, Failure, Label, Span, nearest
from home_manager.nix.quoting import quote_name


class NixThrow(Failure):
    """`throw`, and the few other errors that `builtins.tryEval` catches."""


class AssertionFailed(NixThrow):
    """An `assert` whose condition is false; `tryEval` catches it."""


class StackOverflow(Failure):
    """More nested calls than `max_call_depth` allows."""


def eval_error(
    message: str, span: Span | None = None, *, code: str = "nix-eval", label: str = "", hints: tuple[str, ...] = ()
) -> Failure:
    """Any error of evaluation that is neither a type nor an attribute."""
    return Failure(_diagnostic(code, message, span, label, hints))


def type_error(message: str, span: Span | None = None, *, label: str = "") -> Failure:
    """A value of the wrong type, with the complete message; see also `type_errors.wrong_type`."""
    return Failure(_diagnostic("nix-type", message, span, label, ()))


def throw(message: str, span: Span | None = None) -> NixThrow:
    """`builtins.throw`."""
    return NixThrow(_diagnostic("nix-throw", message, span, "", ()))


def abort(message: str, span: Span | None = None) -> Failure:
    """`builtins.abort`, which nothing catches."""
    text = f"evaluation aborted with the following error message: '{message}'"
    return Failure(_diagnostic("nix-abort", text, span, "", ()))


def assertion_failed(message: str, span: Span | None = None) -> AssertionFailed:
    """An `assert` that does not hold."""
    return AssertionFailed(_diagnostic("nix-assertion", message, span, "", ()))


def missing_attribute(name: str, names: Iterable[str], span: Span | None = None) -> Failure:
    """`attribute 'x' missing`, with the names that may have been meant."""
    text = f"attribute '{quote_name(name)}' missing"
    return Failure(_diagnostic("nix-missing-attribute", text, span, "", did_you_mean(name, names)))


def undefined_variable(name: str, names: Iterable[str], span: Span | None = None) -> Failure:
    """`undefined variable 'x'`, with the names that may have been meant."""
    text = f"undefined variable '{name}'"
    return Failure(_diagnostic("nix-undefined-variable", text, span, "", did_you_mean(name, names)))


def wrong_argument(message: str, *labels: Label, hints: tuple[str, ...] = ()) -> Failure:
    """A function called without an argument that it needs, or with one that it does not know."""
    return Failure(Diagnostic("nix-argument", message, labels=labels, hints=hints))


def syntax_error(message: str, span: Span, *others: Label) -> Failure:
    """A text that is not Nix."""
    return Failure(Diagnostic("nix-syntax", message, labels=(Label(span), *others)))


def stack_overflow(span: Span | None = None) -> StackOverflow:
    """The end of a recursion without end."""
    text = "stack overflow; max-call-depth exceeded"
    return StackOverflow(_diagnostic("nix-stack-overflow", text, span, "", ()))


def out_of_memory() -> Failure:
    """A value larger than memory."""
    return Failure(_diagnostic("nix-memory", "out of memory", None, "", ()))


def did_you_mean(name: str, names: Iterable[str]) -> tuple[str, ...]:
    """The hint for a name that does not exist, where a similar one does."""
    near = nearest(name, names)
    if not near:
        return ()
    quoted = [f"`{candidate}`" for candidate in near]
    listed = quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
    return (f"did you mean {listed}?",)


def _diagnostic(code: str, message: str, span: Span | None, label: str, hints: tuple[str, ...]) -> Diagnostic:
    return Diagnostic(code, message, labels=() if span is None else (Label(span, label),), hints=hints)
