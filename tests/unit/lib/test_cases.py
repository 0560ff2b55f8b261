"""The library against values written down: each attribute of a file in `cases` has an `expr` and what it must equal."""

from __future__ import annotations

from pathlib import Path

import pytest

from home_manager.frontends.nix.lib import build_lib, extended_lib
from home_manager.nix.evaluation import (
    Evaluator,
    call,
    deep_force,
    equal,
    expect_attrs,
    print_value,
    with_deep_stack,
)
from home_manager.nix.io import SystemIO

CASES = Path(__file__).parent / "cases"


def load(file: Path) -> dict[str, object]:
    evaluator = Evaluator(SystemIO(), store_dir="/nix/store")
    lib = extended_lib(evaluator) if file.stem == "home" else build_lib(evaluator)
    return with_deep_stack(lambda: expect_attrs(call(evaluator.eval_file(str(file)), {"lib": lib})))


FILES = {file.stem: load(file) for file in sorted(CASES.glob("*.nix"))}


@pytest.mark.parametrize(("file", "name"), [(file, name) for file, tests in FILES.items() for name in tests])
def test_case(file: str, name: str) -> None:
    def compare() -> tuple[bool, str, str]:
        test = expect_attrs(FILES[file][name])
        value, wanted = deep_force(test["expr"]), deep_force(test["expected"])
        return equal(value, wanted), print_value(value), print_value(wanted)

    same, value, wanted = with_deep_stack(compare)
    assert same, f"{value} instead of {wanted}"
