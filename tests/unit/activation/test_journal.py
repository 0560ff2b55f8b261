"""Journals that are not whole: what was cut short does not count, and what makes no sense is not followed."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from homes import Home, Real

from home_manager.activation import ReplacedFiles, System, recover
from home_manager.activation.journal import Header, Journal
from home_manager.diagnostics import Failure

HEADER = b'{"version": 1, "new": "/x", "old": null, "pid": 1, "started": 1}\n'


@pytest.mark.parametrize("cut", [b"", HEADER[:6], HEADER[:-1], HEADER, HEADER + b'{"acti'])
def test_a_journal_that_was_cut_short_holds_what_is_whole(home: Home, cut: bytes) -> None:
    home.switch({"a": "1"})
    Path(home.layout.journal / "current").write_bytes(cut)
    recovery = recover(home.layout)
    assert recovery is not None and not recovery.finished
    assert home.read("a") == "1"


@pytest.mark.parametrize(
    "rubbish",
    [
        b'{"actions": [{"action": "Eval", "path": "/"}]}\n[1]\n',
        b'{"actions": [{"action": "MakeLink", "path": "/a", "target": "/b", "later": 1}]}\n',
        b'{"actions": [{"action": "MakeLink", "path": 3, "target": "/b"}]}\n',
        b'{"actions": [{"action": "Hold", "path": "/a", "held": "/b", "reason": "whim"}]}\n',
        b"\0" * 300 + b"\n",
        b"[" * 100_000 + b"\n",
    ],
)
def test_a_journal_that_cannot_be_followed_is_left_alone(home: Home, rubbish: bytes) -> None:
    home.switch({"a": "1"})
    journal = Journal(System(), str(home.layout.journal))
    journal.begin(Header("/new", "/old", 1, 0.0))
    with open(journal.file, "ab") as file:
        file.write(rubbish)
    refuses_to_go_on(home, journal)
    hint = recovering_fails(home).diagnostic.hints[1]
    os.rename(journal.directory, f"{journal.directory}-unreadable")
    assert f"`mv {journal.directory} {journal.directory}-unreadable`" in hint
    home.switch({"a": "2"})
    assert home.read("a") == "2" and Path(f"{journal.directory}-unreadable/held/1").read_text() == "mine"


@pytest.mark.parametrize(
    "header",
    [
        b'{"version": 99, "new": "/x", "old": null, "pid": 1, "started": 1}\n',
        b'{"new": "/x", "old": null, "pid": 1, "started": 1}\n',
        b'{"version": 1, "new": 1, "old": null, "pid": 1, "started": 1}\n',
        b'{"version": 1, "new": "/x", "old": null, "pid": 1, "started": "noon"}\n',
        b'{"actions": []}\n',
    ],
)
def test_a_journal_with_another_beginning_is_left_alone(home: Home, header: bytes) -> None:
    home.switch({"a": "1"})
    journal = Journal(System(), str(home.layout.journal))
    os.makedirs(journal.holding)
    Path(journal.file).write_bytes(header)
    refuses_to_go_on(home, journal)
    assert ("of version 99" in recovering_fails(home).diagnostic.notes[0]) is (b"99" in header)


def refuses_to_go_on(home: Home, journal: Journal) -> None:
    """Neither a switch nor a recovery changes anything, nor what is there of the journal."""
    Path(journal.holding, "1").write_text("mine")
    before, text = home.tree(), Path(journal.file).read_bytes()
    recovering_fails(home)
    with pytest.raises(Failure) as caught:
        home.switch({"a": "2"})
    assert caught.value.diagnostic.code == "journal-unreadable"
    assert home.tree() == before and Path(journal.file).read_bytes() == text
    assert Path(journal.holding, "1").read_text() == "mine"


def recovering_fails(home: Home) -> Failure:
    with pytest.raises(Failure) as caught:
        recover(home.layout)
    assert caught.value.diagnostic.code == "journal-unreadable"
    return caught.value


@pytest.mark.parametrize("lost", ["its text", "all of it"])
def test_what_a_lost_journal_had_put_aside_is_not_thrown_away(home: Home, lost: str) -> None:
    home.switch({"a": "1"})
    journal = Journal(System(), str(home.layout.journal))
    journal.begin(Header("/new", "/old", 1, 0.0))
    os.truncate(journal.file, 0) if lost == "its text" else os.unlink(journal.file)
    Path(journal.holding, "1").write_text("mine")
    assert recover(home.layout) is not None
    assert [Path(each.place).read_text() for each in ReplacedFiles(System(), home.layout).all()] == ["mine"]
    assert recover(home.layout) is None
    home.put("b", "theirs")
    home.switch({"b": Real("2", "copy", more={"force": True})})
    assert home.read("b") == "2"


def test_a_line_of_the_journal_is_written_as_a_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "journal"
    System().append(str(file), b"one\n")

    def refuse(descriptor: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refuse)
        with pytest.raises(OSError):
            System().append(str(file), b"two\n")
    assert file.read_bytes() == b"one\n"
