"""The pages of diagnostic codes: form, completeness and how they are shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import home_manager
from home_manager.diagnostics import Failure
from home_manager.diagnostics.code_pages import render_page
from home_manager.diagnostics.codes import Page, codes, explanation

PACKAGE = Path(home_manager.__file__).parent


@pytest.mark.parametrize("code", codes())
def test_every_page_has_a_title_an_explanation_and_an_example(code: str) -> None:
    page = explanation(code)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)
    assert page.title
    assert not page.title.endswith(".")
    assert len(page.body.split()) >= 10
    assert re.search(r"^(    |```)", page.body, re.MULTILINE), "a page shows an example"


def test_every_code_in_the_source_has_a_page() -> None:
    used: dict[str, Path] = {}
    for file in PACKAGE.rglob("*.py"):
        for match in re.finditer(
            r"""\b(?:failure|refused|Diagnostic)\(\s*"([a-z0-9-]+)"\s*,""", file.read_text(encoding="utf-8")
        ):
            used.setdefault(match[1], file.relative_to(PACKAGE))
    missing = {code: str(file) for code, file in used.items() if code not in codes()}
    assert not missing


def test_an_unknown_code_names_the_nearest() -> None:
    with pytest.raises(Failure) as caught:
        explanation("unknown-cod")
    assert caught.value.diagnostic.hints == ("did you mean `unknown-code`?",)


def test_a_page_as_text() -> None:
    page = Page(
        "a-code", "the title", "One two `three`\nfour.\n\n    x = 1;\n\n```nix\ny = 2;\n```\n- item one\n  goes on\n"
    )
    assert (
        render_page(page, width=20)
        == "a-code: the title\n\nOne two `three`\nfour.\n\n    x = 1;\n\n    y = 2;\n- item one goes on\n"
    )
    assert "\x1b[36m    x = 1;\x1b[0m" in render_page(page, colour=True)
