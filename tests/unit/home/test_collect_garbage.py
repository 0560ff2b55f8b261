"""Removing generations and collecting the store: what stays, and what is repaired before anything goes."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from home_manager.activation import Layout, ReplacedFiles, System
from home_manager.activation.actions import MakeLink, perform
from home_manager.activation.journal import Header, Journal
from home_manager.activation.replaced_files import DAYS, folder_of
from home_manager.diagnostics import Failure
from home_manager.home.collect_garbage import all_but_last, collect_garbage, not_newer, remove_generations, roots
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
    recovered = collect_garbage(layout).recovered
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
    assert collect_garbage(layout).objects == ()
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
    assert set(collect_garbage(layout, dry_run=True).objects) == {paths[1], paths[4]}
    assert set(collect_garbage(layout).objects) == {paths[1], paths[4]}
    assert all(os.path.exists(path) for path in (paths[0], paths[2], paths[3], paths[5]))
    link.unlink()
    assert set(collect_garbage(layout).objects) == {paths[0], paths[3]}


def test_a_home_that_is_reached_by_another_link_keeps_its_generations(tmp_path: Path) -> None:
    _, paths = home(tmp_path)
    (tmp_path / "alias").symlink_to("home")
    layout = Layout.resolve(str(tmp_path / "alias"), environ={})
    assert set(roots(layout)) == {path.replace("/home/", "/alias/", 1) for path in paths[:3]}
    assert collect_garbage(layout).objects == ()


def test_choices() -> None:
    entries = [GenerationEntry(number, "", float(number * 10)) for number in (1, 2, 5)]
    assert list(not_newer(20.0)(entries)) == [1, 2]
    assert list(all_but_last(2)(entries)) == [1]
    assert list(all_but_last(0)(entries)) == [1, 2, 5]
    assert list(all_but_last(9)(entries)) == []


def replaced(layout: Layout, days: float, target: str, text: str = "mine") -> Path:
    """Something that a switch replaced so many days ago."""
    place = Path(str(layout.replaced), folder_of(time.time() - days * 86400, 1), target)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text)
    return place


def test_what_was_replaced_long_ago_goes_with_the_garbage(tmp_path: Path) -> None:
    layout, _ = home(tmp_path)
    old = [replaced(layout, DAYS + 2, ".a"), replaced(layout, DAYS + 1, ".config/b")]
    younger = [replaced(layout, DAYS - 0.1, ".a"), replaced(layout, 0, ".a"), replaced(layout, -1, ".a")]
    would = collect_garbage(layout, dry_run=True)
    assert would.replaced == tuple(map(str, old)) and all(path.exists() for path in old)
    done = collect_garbage(layout)
    assert done.replaced == would.replaced and done.objects == () and done.freed == 2 * len("mine")
    assert [each.place for each in ReplacedFiles(System(), layout).all()] == [str(path) for path in reversed(younger)]
    assert len(os.listdir(layout.replaced)) == 3
    assert collect_garbage(layout).replaced == ()


def test_a_home_that_was_given_up_keeps_what_was_replaced_as_long(tmp_path: Path) -> None:
    layout = Layout.resolve(str(tmp_path / "home"), environ={})
    young = replaced(layout, 1, ".a")
    assert collect_garbage(layout).replaced == () and not layout_has_lock(layout)
    old = replaced(layout, DAYS + 1, ".a")
    assert collect_garbage(layout, dry_run=True).replaced == (str(old),) and old.exists()
    assert collect_garbage(layout).replaced == (str(old),)
    assert not old.exists() and young.exists()


def layout_has_lock(layout: Layout) -> bool:
    return os.path.exists(layout.lock)


def test_only_directories_of_the_attic_go(tmp_path: Path) -> None:
    """Links are not followed, not even that of the attic itself, and what has another name is not ours."""
    layout, _ = home(tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "text").write_text("theirs")
    inside = replaced(layout, DAYS + 1, "a").parent
    (inside / "link").symlink_to(elsewhere)
    top = Path(str(layout.replaced))
    (top / "1-1").symlink_to(elsewhere)
    (top / "1-2").write_text("a file")
    for name in ("old", "1", "-1", "1-1-1", "\u0661-1"):
        (top / name).mkdir()
    assert collect_garbage(layout).replaced == (f"{inside}/a", f"{inside}/link")
    assert not inside.exists()
    assert sorted(os.listdir(top)) == sorted(["1-1", "1-2", "old", "1", "-1", "1-1-1", "\u0661-1"])
    (top / "1-3").mkdir()
    os.rename(top, tmp_path / "moved")
    top.symlink_to(tmp_path / "moved")
    assert collect_garbage(layout).replaced == ()
    assert (tmp_path / "moved/1-3").is_dir() and (elsewhere / "text").read_text() == "theirs"


def test_what_older_versions_replaced_is_found(tmp_path: Path) -> None:
    layout, _ = home(tmp_path)
    place = Path(str(layout.replaced), f"{int(time.time()) - 5}-77/.a")
    place.parent.mkdir(parents=True)
    place.write_text("mine")
    assert [each.place for each in ReplacedFiles(System(), layout).of(".a")] == [str(place)]
    assert collect_garbage(layout).replaced == ()


def test_two_switches_of_one_second_keep_apart_what_they_replace() -> None:
    assert folder_of(1_700_000_000.25, 7) == "1700000000-7-250000"
    assert folder_of(1_700_000_000.75, 7) != folder_of(1_700_000_000.25, 7)


def test_a_journal_that_cannot_be_read_keeps_everything(tmp_path: Path) -> None:
    layout, paths = home(tmp_path)
    old = replaced(layout, DAYS + 1, ".a")
    break_off(layout)
    with open(layout.journal / "current", "ab") as file:
        file.write(b"rubbish\n")
    for attempt in (
        lambda: collect_garbage(layout),
        lambda: remove_generations(layout, lambda entries: [1], command=COMMAND),
    ):
        with pytest.raises(Failure) as caught:
            attempt()
        assert caught.value.diagnostic.code == "journal-unreadable"
    assert old.exists() and all(os.path.exists(path) for path in paths)
    assert len(Profile(layout.profiles).generations()) == 3


def test_what_is_said_of_the_days_is_so() -> None:
    from home_manager.cli import manual_page
    from home_manager.cli.gc import EXAMPLES as OF_GC
    from home_manager.cli.restore import EXAMPLES as OF_RESTORE
    from home_manager.diagnostics.codes import explanation

    for text in (OF_GC, OF_RESTORE, manual_page.manual_page(), explanation("nothing-to-restore").body):
        assert f"{DAYS} days" in text
