"""Removing generations and collecting the store: what stays, and what is repaired before anything goes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from home_manager.activation import Layout, System
from home_manager.activation.actions import MakeLink, perform
from home_manager.activation.journal import Header, Journal
from home_manager.diagnostics import Failure
from home_manager.generation.keeping import all_but_last, collect_garbage, not_newer, remove_generations, roots
from home_manager.store import GenerationEntry, Lock, Pins, Profile, Recipes, Store, Text

COMMAND = "home-manager test"


def home(top: Path, texts: tuple[str, ...] = ("one", "two", "three")) -> tuple[Layout, list[str]]:
    """A home with a generation for each text; the last is current."""
    layout = Layout.resolve(str(top / "home"), environ={})
    store, profile = Store(layout.store, durable=False), Profile(layout.profiles, durable=False)
    recipes = Recipes(store.root)
    inner = [recipes.add(Text(f"{text}-content", text)) for text in texts]
    paths = [recipes.add(Text(text, f"needs {path}\n")) for text, path in zip(texts, inner, strict=True)]
    store.realise(recipes, paths)
    for path in paths:
        profile.set(path)
    return layout, [*paths, *inner]


def break_off(layout: Layout) -> Path:
    """A switch that died after it had made a link; gives the link."""
    system = System(durable=False)
    journal = Journal(system, str(layout.journal))
    link = Path(str(layout.home)) / "half"
    action = MakeLink(str(link), "nowhere")
    journal.begin(Header("new", "old", 1, 0.0))
    journal.record([action])
    perform(action, system, {})
    return link


def test_what_was_broken_off_is_taken_back_first(tmp_path: Path) -> None:
    layout, _ = home(tmp_path)
    link = break_off(layout)
    removal = remove_generations(layout, lambda entries: [1], command=COMMAND)
    assert not link.is_symlink() and "taken back" in removal.recovered
    assert [entry.number for entry in removal.removed] == [1]
    link = break_off(layout)
    _, recovered = collect_garbage(layout)
    assert not link.is_symlink() and "taken back" in recovered


def test_a_dry_run_changes_nothing(tmp_path: Path) -> None:
    layout, _ = home(tmp_path)
    link = break_off(layout)
    removal = remove_generations(layout, lambda entries: [1, 3, 9], command=COMMAND, dry_run=True)
    assert [entry.number for entry in removal.removed] == [1]
    assert (removal.missing, removal.current, removal.recovered) == ((9,), 3, "")
    assert link.is_symlink() and len(Profile(layout.profiles).generations()) == 3


def test_a_home_without_generations_is_not_touched(tmp_path: Path) -> None:
    layout = Layout.resolve(str(tmp_path), environ={})
    assert remove_generations(layout, lambda entries: [4], command=COMMAND).missing == (4,)
    assert collect_garbage(layout)[0].removed == ()
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_removed_while_another_holds_the_lock(tmp_path: Path) -> None:
    layout, _ = home(tmp_path)
    with Lock(layout.lock, "another"), pytest.raises(Failure) as caught:
        remove_generations(layout, lambda entries: [1], command=COMMAND)
    assert caught.value.diagnostic.code == "home-locked"
    with Lock(layout.lock, "another"), pytest.raises(Failure) as caught:
        collect_garbage(layout)
    assert caught.value.diagnostic.code == "home-locked"


def test_nothing_is_collected_while_something_is_being_built(tmp_path: Path) -> None:
    layout, paths = home(tmp_path)
    remove_generations(layout, lambda entries: [1], command=COMMAND)
    with Store(layout.store) as store, store.hold(), pytest.raises(Failure) as caught:
        collect_garbage(layout)
    assert caught.value.diagnostic.code == "store-busy"
    assert all(os.path.exists(path) for path in paths)


def test_what_generations_and_pins_need_stays(tmp_path: Path) -> None:
    layout, paths = home(tmp_path)
    link = tmp_path / "result"
    Pins(layout.pins).add(str(link), paths[0])
    remove_generations(layout, lambda entries: [1, 2], command=COMMAND)
    assert set(collect_garbage(layout, dry_run=True)[0].removed) == {paths[1], paths[4]}
    assert set(collect_garbage(layout)[0].removed) == {paths[1], paths[4]}
    assert all(os.path.exists(path) for path in (paths[0], paths[2], paths[3], paths[5]))
    link.unlink()
    assert set(collect_garbage(layout)[0].removed) == {paths[0], paths[3]}


def test_a_home_that_is_reached_by_another_link_keeps_its_generations(tmp_path: Path) -> None:
    _, paths = home(tmp_path)
    (tmp_path / "alias").symlink_to("home")
    layout = Layout.resolve(str(tmp_path / "alias"), environ={})
    assert set(roots(layout)) == {path.replace("/home/", "/alias/", 1) for path in paths[:3]}
    assert collect_garbage(layout)[0].removed == ()


def test_choices() -> None:
    entries = [GenerationEntry(number, "", float(number * 10)) for number in (1, 2, 5)]
    assert list(not_newer(20.0)(entries)) == [1, 2]
    assert list(all_but_last(2)(entries)) == [1]
    assert list(all_but_last(0)(entries)) == [1, 2, 5]
    assert list(all_but_last(9)(entries)) == []
