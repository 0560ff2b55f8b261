"""A submodule that holds itself by default has no end, and is refused long before memory is."""

from __future__ import annotations

import pytest

from home_manager.diagnostics import Failure
from home_manager.nix.deep_stack import with_deep_stack
from home_manager.options import InContext
from unit.options.build import Option, evaluated, module, t


def test_a_submodule_that_holds_itself_is_refused() -> None:
    kid = t.recursive("node", lambda _: node)
    total = InContext(lambda evaluation, _: evaluation.value("v") + evaluation.value("kid.total"))  # type: ignore[operator]
    inner = module({"v": Option(t.int, 1), "kid": Option(kid, {}), "total": Option(t.int, total)}, file="node.nix")
    node = t.submodule(inner)
    evaluation = evaluated(module({"tree": Option(node)}, {"tree": {}}))
    with pytest.raises(Failure) as caught:
        with_deep_stack(lambda: evaluation.value("tree.total"))
    assert caught.value.diagnostic.code == "nix-stack-overflow"
    assert "`tree.kid.kid" in caught.value.diagnostic.notes[0]
