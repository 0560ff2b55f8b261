"""The program speaks the user's language: the catalogues, diagnostics translated by template, and a real session."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from gettext import GNUTranslations
from pathlib import Path

import pytest

from home_manager.cli import messages, translated
from home_manager.diagnostics import Diagnostic, Frame, Label, Source, Span

CATALOGUES = sorted(Path(messages.CATALOGUES).glob("*/LC_MESSAGES/home-manager.mo"))
HOLE = re.compile(r"\{\w+\}")


def sentences(catalogue: Path) -> dict[str, str]:
    with catalogue.open("rb") as file:
        found = GNUTranslations(file)
    return {
        key if isinstance(key, str) else f"{key[0]} [{key[1]}]": text for key, text in vars(found)["_catalog"].items()
    }


@pytest.fixture
def german(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    caches = (messages.catalogue, translated._templates)
    monkeypatch.setenv("LANGUAGE", "de")
    for each in caches:
        each.cache_clear()
    yield
    monkeypatch.undo()
    for each in caches:
        each.cache_clear()


def run(*words: str, home: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "VIRTUAL_ENV") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "home_manager", *words],
        env={**kept, "HOME": str(home), "USER": "alice", **variables},
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
    )


def test_there_is_german() -> None:
    assert [path.parent.parent.name for path in CATALOGUES] == ["de"]


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_a_translation_has_the_holes_of_its_sentence(catalogue: Path) -> None:
    odd = {
        sentence: text
        for sentence, text in sentences(catalogue).items()
        if sentence and text and sorted(HOLE.findall(sentence)) != sorted(HOLE.findall(text))
    }
    assert not odd


def test_a_text_is_translated_by_its_template(german: None) -> None:
    assert translated.translate("the option `programs.bat.enabel` does not exist") == (
        "die Option `programs.bat.enabel` gibt es nicht"
    )


def test_what_stands_in_a_hole_stays_as_it_is(german: None) -> None:
    assert translated.translate("the option `changed` does not exist") == "die Option `changed` gibt es nicht"


def test_a_text_without_translation_stays_english(german: None) -> None:
    assert translated.translate("nobody has ever said this") == "nobody has ever said this"


def test_every_text_of_a_diagnostic_is_translated(german: None) -> None:
    span = Span(Source("home.nix", "{ }"), 0, 1)
    english = Diagnostic(
        "unknown-option",
        "the option `a` does not exist",
        labels=(Label(span, "no module declares this option"),),
        notes=("defined in `home.nix`",),
        hints=("did you mean `b`?",),
        frames=(Frame("while importing a module into `home.nix`"),),
    )
    found = translated.translated(english)
    assert found.message == "die Option `a` gibt es nicht"
    assert found.labels[0].text == "kein Modul deklariert diese Option"
    assert found.notes == ("definiert in `home.nix`",)
    assert found.hints == ("war `b` gemeint?",)
    assert found.frames[0].text == "beim Import eines Moduls in `home.nix`"


@pytest.mark.parametrize(
    "variables",
    [
        {"LANGUAGE": "de"},
        {"LANG": "de_DE.UTF-8"},
        {"LANG": "en_US.UTF-8", "LC_ALL": "de_AT.UTF-8"},
        {"LANGUAGE": "xx:de"},
    ],
    ids=["LANGUAGE", "LANG", "LC_ALL", "second choice"],
)
def test_a_session_in_german(tmp_path: Path, variables: dict[str, str]) -> None:
    done = run("switch", "-f", "/nowhere/home.nix", home=tmp_path, **variables)
    assert "unter `/nowhere/home.nix` gibt es keine Konfigurationsdatei" in done.stderr
    assert done.returncode == 1


@pytest.mark.parametrize("variables", [{}, {"LANG": "C.UTF-8"}, {"LANG": "xx_XX"}, {"LANGUAGE": "en", "LANG": "de_DE"}])
def test_a_session_in_english(tmp_path: Path, variables: dict[str, str]) -> None:
    done = run("switch", "-f", "/nowhere/home.nix", home=tmp_path, **variables)
    assert "there is no configuration file at `/nowhere/home.nix`" in done.stderr


def test_the_code_of_a_diagnostic_is_the_same_in_all_languages(tmp_path: Path) -> None:
    done = run("switch", "-f", "/nowhere/home.nix", "--message-format", "json", home=tmp_path, LANGUAGE="de")
    assert json.loads(done.stderr)["code"] == "no-configuration"
