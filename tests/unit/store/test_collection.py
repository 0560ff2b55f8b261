"""Collecting garbage, pins and verification."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest

from home_manager.diagnostics import Failure
from home_manager.store import Link, Pins, Recipes, Store, Text, garbage_collection, receipts
from home_manager.store.garbage_collection import collect
from home_manager.store.garbage_collection import verify as verify_store
from home_manager.store.removal import remove_tree


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(str(tmp_path / "store"), durable=False)


def chain(store: Store) -> tuple[str, str, str]:
    recipes = Recipes(store.root)
    inner = recipes.add(Text("inner", "1"))
    outer = recipes.add(Link("outer", inner + "/x"))
    alone = recipes.add(Text("alone", "2"))
    store.realise(recipes, (outer, alone))
    return inner, outer, alone


def test_only_what_no_root_needs_is_removed(store: Store) -> None:
    inner, outer, alone = chain(store)
    assert collect(store, [outer + "/deeper", "/elsewhere"], dry_run=True).removed == (alone,)
    assert store.exists(alone)
    gone = collect(store, [outer])
    assert gone.removed == (alone,) and gone.freed == 1
    assert store.exists(inner) and store.exists(outer)
    assert sorted(collect(store, []).removed) == sorted([inner, outer])
    assert store.names() == []
    assert receipts.read(store.descriptor()) == {}


def test_an_object_goes_before_what_it_refers_to(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    inner, outer, _ = chain(store)
    order: list[str] = []
    monkeypatch.setattr(garbage_collection, "_remove", lambda store, name: order.append(name) or 0)
    collect(store, [])
    assert order.index(os.path.basename(outer)) < order.index(os.path.basename(inner))


def test_without_receipts_references_are_found_by_reading(store: Store) -> None:
    inner, outer, _ = chain(store)
    os.unlink(f"{store.root}/{receipts.NAME}")
    with Store(store.root) as fresh:
        assert fresh.references(outer) == {inner}
        collect(fresh, [outer])
        assert fresh.exists(inner)


def test_a_cut_receipt_line_harms_no_other(store: Store) -> None:
    inner, outer, _ = chain(store)
    with open(f"{store.root}/{receipts.NAME}", "r+b") as file:
        file.truncate(os.path.getsize(file.name) - 7)
    recipes = Recipes(store.root)
    third = recipes.add(Link("third", outer))
    store.realise(recipes, (third,))
    assert store.references(third) == {outer}
    assert store.references(outer) == {inner}


def test_broken_off_work_is_cleared_away(store: Store) -> None:
    chain(store)
    os.mkdir(f"{store.root}/.tmp-1-2")
    Path(f"{store.root}/.tmp-1-2/half").write_text("abc")
    os.chmod(f"{store.root}/.tmp-1-2", 0o555)
    collect(store, [])
    assert [name for name in os.listdir(store.root) if name.startswith(".tmp")] == []


def test_a_store_in_use_is_not_collected(store: Store) -> None:
    chain(store)
    with store.hold(), pytest.raises(Failure) as caught:
        collect(store, [])
    assert caught.value.diagnostic.code == "store-busy"
    with store.locked(fcntl.LOCK_EX):
        pass


def test_verification_finds_changed_objects(store: Store) -> None:
    inner, outer, alone = chain(store)
    assert verify_store(store) == []
    os.chmod(alone, 0o644)
    assert [(d.path, d.kind) for d in verify_store(store)] == [(alone, "writable")]
    Path(alone).write_text("3")
    os.chmod(alone, 0o444)
    os.unlink(outer)
    os.symlink("/etc", outer)
    assert {(d.path, d.kind) for d in verify_store(store)} == {(alone, "changed"), (outer, "changed")}
    assert store.exists(inner)


def test_a_pin_counts_while_its_link_is_there(store: Store, tmp_path: Path) -> None:
    _, outer, alone = chain(store)
    pins = Pins(str(tmp_path / "roots"))
    assert pins.roots() == []
    result = str(tmp_path / "result")
    pins.add(result, outer)
    pins.add(result, alone)
    assert pins.roots() == [alone]
    assert os.readlink(result) == alone
    os.unlink(result)
    assert pins.roots() == []
    assert os.listdir(pins.directory) == []


def test_removal_follows_no_link(tmp_path: Path) -> None:
    (tmp_path / "keep").mkdir()
    (tmp_path / "keep" / "file").write_text("x")
    (tmp_path / "gone" / "sub").mkdir(parents=True)
    (tmp_path / "gone" / "link").symlink_to(tmp_path / "keep")
    os.chmod(tmp_path / "gone" / "sub", 0)
    remove_tree(str(tmp_path / "gone"))
    remove_tree(str(tmp_path / "gone"))
    assert not (tmp_path / "gone").exists()
    assert (tmp_path / "keep" / "file").read_text() == "x"


def test_verification_finds_what_is_missing(store: Store) -> None:
    inner, outer, _ = chain(store)
    os.unlink(inner)
    assert [(d.path, d.kind) for d in verify_store(store)] == [(outer, "incomplete")]
