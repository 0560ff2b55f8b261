"""The catalogues of translations are written as `make messages` writes them, so that changes of them merge."""

from __future__ import annotations

import importlib.util
import io
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
CATALOGUES = sorted((ROOT / "src" / "home_manager" / "locale").glob("*/LC_MESSAGES/*.po"))


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages_tool", ROOT / "tools" / "messages.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("po", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_a_catalogue_is_in_order_and_names_no_places(po: Path, tool: ModuleType) -> None:
    language = po.parent.parent.name
    catalogue = read_po(io.BytesIO(po.read_bytes()), locale=language)
    same = tool.merged(catalogue, [entry.id for entry in catalogue if entry.id])
    assert tool.text_of(same).decode() == po.read_text("utf-8"), "run `make messages`"


def test_sentences_are_found_where_they_are_said(tmp_path: Path, tool: ModuleType) -> None:
    (tmp_path / "sample.py").write_text(
        'def run(name):\n    say(_("done so far"))\n    raise failure("code", f"there is no `{name}`")\n'
    )
    assert tool.collected(tmp_path) == ["done so far", "there is no `{name}`"]
