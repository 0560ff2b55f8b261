"""docs/authoring.md lists the module language as it is: every type, format and part, with examples that work."""

from __future__ import annotations

import importlib.util
import inspect
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import home_manager.authoring as language
from home_manager import formats
from home_manager.authoring import Module, Options, t
from home_manager.diagnostics import Failure
from home_manager.options.types.base import OptionType

ROOT = Path(__file__).parents[3]


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("authoring_page", ROOT / "tools" / "authoring_page.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["authoring_page"] = module
    spec.loader.exec_module(module)
    return module


TOOL = load()
TYPES = {code: value for rows in TOOL.TYPES.values() for code, value in rows.items()}


def test_the_page_is_up_to_date() -> None:
    assert (ROOT / "docs" / "authoring.md").read_text("utf-8") == TOOL.page(), "run `make authoring-page`"


def test_every_type_is_listed() -> None:
    public = {
        name
        for name, value in vars(t).items()
        if name[0].islower()
        and (
            isinstance(value, OptionType)
            or (callable(value) and getattr(value, "__module__", "").startswith("home_manager"))
        )
    }
    assert public - {re.split(r"\W", code.removeprefix("t."))[0] for code in TYPES} == set()


@pytest.mark.parametrize("code", [code for code, value in TYPES.items() if value is not ...])
def test_a_type_takes_the_value_beside_it(code: str) -> None:
    made: OptionType = TOOL.made(code)
    assert made.accepts(TYPES[code])


def test_every_format_is_listed() -> None:
    words = {"command_line", "fish", "gvariant", "plain", "pretty", "shell", "zsh"}
    """Renderers of parts of files, which modules call with arguments of their own."""
    assert set(formats._FORMATS) - words == set(TOOL.FORMATS)


def test_every_part_is_listed() -> None:
    parts = {
        name
        for name in language.__all__
        if name[0].isupper() and inspect.isclass(value := getattr(language, name)) and not issubclass(value, Options)
    }
    assert parts - {"Removed"} <= set(TOOL.PARTS)


@pytest.mark.parametrize("name", TOOL.PARTS)
def test_the_example_of_a_part_is_a_module(name: str) -> None:
    names: dict[str, Any] = {each: getattr(language, each) for each in language.__all__}
    names["__name__"] = "home_manager.modules.programs.example"
    try:
        exec(TOOL.PARTS[name], names)
    except Failure as failed:
        raise AssertionError(failed.diagnostic.message) from failed
    made = [each for each in names.values() if inspect.isclass(each) and each.__module__ == names["__name__"]]
    modules = [cls for cls in made if issubclass(cls, Module)]
    assert len(modules) == 1
    base = ("programs", "example")
    assert (len(modules[0]._tree(base)) > 1 and f"{name}(" in TOOL.PARTS[name]) or f"@{name}" in TOOL.PARTS[name]
    assert modules[0]._sinks(base) or name in ("option", "group")
