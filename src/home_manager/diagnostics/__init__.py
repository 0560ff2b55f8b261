"""What is wrong, where, why and what to write instead: data, rendered in one place."""

from home_manager.diagnostics.model import (
    Diagnostic,
    Failure,
    Failures,
    Frame,
    Label,
    Severity,
    Source,
    Span,
    failure,
)
from home_manager.diagnostics.nearest import nearest

__all__ = ["Diagnostic", "Failure", "Failures", "Frame", "Label", "Severity", "Source", "Span", "failure", "nearest"]
