"""Options that take a path take one that is a value of the language, not only a text."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from audit.conftest import CATALOGUE, Whole, short
from audit.test_modules import options_of, set_at
from home_manager.authoring.catalogue import Entry
from home_manager.configuration.manifest_builder import files_of, packages_of, steps_of
from home_manager.diagnostics import Failure
from home_manager.options.definition import mk_merge
from home_manager.options.location import show_path
from home_manager.store import Recipes
from home_manager.values import PathValue

Deeply = Callable[[Callable[[], Any]], Any]
PLACE = PathValue("/home/alice/of their own")


def _paths_of(entry: Entry) -> list[tuple[str, ...]]:
    """The options of a file that are for paths; those of a format take any value, and a path is none to look into."""
    return [
        path
        for path, option in options_of(entry)
        if option.type is not None
        and "*" not in path
        and re.search(r"\bpath\b", option.type.describe())
        and "value" not in option.type.describe()
        and option.type.accepts(PLACE)
    ]


WITH_PATHS = [entry for entry in CATALOGUE.entries if _paths_of(entry)]


@pytest.mark.slow
@pytest.mark.parametrize("having", WITH_PATHS, ids=short)
def test_a_path_is_no_python_value_in_the_home(having: Entry, whole: Whole, deeply: Deeply) -> None:
    names = _paths_of(having)
    enabled = [set_at((*path[:-1], "enable"), True) for path, _ in options_of(having) if path[-1] == "enable"]

    def texts(path: tuple[str, ...]) -> str:
        evaluation = whole.evaluated(mk_merge([*enabled, set_at(path, PLACE)]))
        found = []
        for read in (
            lambda: files_of(evaluation, whole.recipes),
            lambda: packages_of(evaluation, whole.recipes),
            lambda: steps_of(evaluation),
            lambda: dict(evaluation.value("home.sessionVariables")),
        ):
            try:
                found.append(str(read()))
            except Failure:
                continue  # Another option may be missing, and nothing need lie at the place.
        return "".join(found)

    for path in names:
        assert "PathValue(" not in deeply(lambda path=path: texts(path)), show_path(path)
    assert "PathValue(" not in _all_texts(whole.recipes)


def _all_texts(recipes: Recipes) -> str:
    return "".join(str(recipe) for path in recipes if (recipe := recipes.get(path)) is not None)
