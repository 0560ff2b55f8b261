"""What the engine refuses: failures that the language's `tryEval` catches, as it catches `throw`.

In nixpkgs the module system is written in Nix and refuses with `throw`; configurations that look whether a definition
is accepted rely on that.
"""

from __future__ import annotations

from home_manager.diagnostics import Label, Span, failure
from home_manager.nix.errors import NixThrow


def refused(
    code: str,
    message: str,
    *labels: Label,
    span: Span | None = None,
    notes: tuple[str, ...] = (),
    hints: tuple[str, ...] = (),
) -> NixThrow:
    """A failure for a mistake in declarations, definitions or modules."""
    return NixThrow(failure(code, message, *labels, span=span, notes=notes, hints=hints).diagnostic)
