"""Parts that make files: what is text and what is a source, settings with more lines, and other places on macOS."""

from __future__ import annotations

from typing import Any

import pytest

from home_manager.authoring.catalogue import scan
from home_manager.authoring.file_places import file_entry
from home_manager.authoring.reading import seen
from home_manager.options import ModuleSpec, evaluate
from home_manager.values import Attrs, PathValue
from home_manager.values.lazy import force

STORED = "/nix/store/0c0cw3sf6ljl0xn1p1p7h9m9k3hz6d0v-theme"
CATALOGUE = scan("unit.authoring.sample.modules")


def files(settings: dict[str, Any], *, darwin: bool = False, xdg: bool = False) -> dict[str, Any]:
    """The files that the sample program makes: the text of each, or its source in brackets."""
    pkgs = Attrs({"stdenv": Attrs({"hostPlatform": Attrs({"isLinux": not darwin, "isDarwin": darwin})})})
    config = {"programs": {"painter": {"enable": True, **settings}}, "xdg": {"enable": xdg}}
    evaluation = evaluate([ModuleSpec("home.nix", "home.nix", config=config)], {"pkgs": pkgs}, catalogue=CATALOGUE)
    found = seen(evaluation.value("xdg.configFile")) | {
        name: entry for name, entry in seen(evaluation.value("home.file")).items() if not name.startswith(".config")
    }
    return {
        name: entry.text if entry.text is not None else [getattr(entry.source, "text", entry.source)]
        for name, entry in found.items()
    }


def test_settings_are_followed_by_further_lines() -> None:
    assert files({"settings": {"a": 1}}) == {"painter/config.toml": "a = 1\n"}
    assert files({"extraConfig": "b = 2\n"}) == {"painter/config.toml": "b = 2\n"}
    assert files({"settings": {"a": 1}, "extraConfig": "b = 2\n"}) == {"painter/config.toml": "a = 1\n\nb = 2\n"}
    assert files({}) == {}


def test_a_path_stands_in_place_of_settings() -> None:
    assert files({"keys": {"q": "quit"}}) == {"painter/keys.json": '{\n  "q": "quit"\n}\n'}
    assert files({"keys": PathValue("/etc/keys")}) == {"painter/keys.json": ["/etc/keys"]}


def test_lines_may_be_a_file() -> None:
    assert files({"style": "* { }"})["painter/style.css"] == "* { }"
    assert files({"style": PathValue("/etc/style")})["painter/style.css"] == ["/etc/style"]
    assert files({"style": STORED})["painter/style.css"] == [STORED]


def test_files_by_name() -> None:
    themes = {"day": {"sky": "blue"}, "night": "sky = 'black'\n", "dusk": PathValue("/etc/dusk")}
    assert files({"themes": themes}) == {
        "painter/day.toml": 'sky = "blue"\n',
        "painter/night.toml": "sky = 'black'\n",
        "painter/dusk.toml": ["/etc/dusk"],
    }
    assert files({"layouts": {"wide": "w"}}) == {"painter/wide/layout": "w", "painter/either": "either\n"}


def test_macos_has_files_elsewhere() -> None:
    given = {"settings": {"a": 1}, "brushes": {"soft": "s"}}
    support = "Library/Application Support"
    assert files(given, darwin=True) == {f"{support}/painter/config.toml": "a = 1\n", f"{support}/brushes/soft": "s"}
    assert set(files(given, darwin=True, xdg=True)) == {
        "/home/alice/.config/painter/config.toml",
        f"{support}/brushes/soft",
    }


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a text", {"text": "a text"}),
        ("/an/absolute/path", {"text": "/an/absolute/path"}),
        (STORED, {"source": STORED}),
        (f"{STORED}/inside", {"text": f"{STORED}/inside"}),
        (f"{STORED}\nmore", {"text": f"{STORED}\nmore"}),
    ],
)
def test_a_string_is_a_text_unless_it_is_a_store_object(value: str, expected: dict[str, str]) -> None:
    assert file_entry(None, value) == expected
    assert file_entry(None, value, texts=False) == {"source": value}


def test_what_is_neither_path_nor_text_is_rendered_when_somebody_looks() -> None:
    entry = file_entry(None, {"a": 1}, lambda value: f"{value}")
    assert force(entry["text"]) == "{'a': 1}"
