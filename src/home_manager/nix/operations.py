"""Operations on values: calls, coercions, comparison, arithmetic, printing. What built-ins and front ends import."""

from __future__ import annotations

from home_manager.nix.arithmetic import add, divide, multiply, subtract
from home_manager.nix.coercion import (
    Copier,
    coerce_to_path,
    coerce_to_string,
    context_of,
    deep_force,
    expect_attrs,
    expect_bool,
    expect_float,
    expect_function,
    expect_int,
    expect_list,
    expect_plain_string,
    expect_string,
    with_context,
)
from home_manager.nix.comparison import equal, is_derivation, less, merge_sort
from home_manager.nix.nodes.functions import (
    Code,
    Lambda,
    LazyCall,
    Partial,
    call,
    call_values,
    formal_positions,
    function_arguments,
)
from home_manager.nix.printer import preview, print_value, show_type, type_name
from home_manager.nix.python_values import from_python, to_python
from home_manager.values import MISSING, Attrs, Builtin
from home_manager.values.lazy import force

__all__ = [
    "MISSING",
    "Attrs",
    "Builtin",
    "Code",
    "Copier",
    "Lambda",
    "LazyCall",
    "Partial",
    "add",
    "call",
    "call_values",
    "coerce_to_path",
    "coerce_to_string",
    "context_of",
    "deep_force",
    "divide",
    "equal",
    "expect_attrs",
    "expect_bool",
    "expect_float",
    "expect_function",
    "expect_int",
    "expect_list",
    "expect_plain_string",
    "expect_string",
    "force",
    "formal_positions",
    "from_python",
    "function_arguments",
    "is_derivation",
    "less",
    "merge_sort",
    "multiply",
    "preview",
    "print_value",
    "show_type",
    "subtract",
    "to_python",
    "type_name",
    "with_context",
]
