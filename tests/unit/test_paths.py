"""Where the home of the caller is, and the folders that the XDG variables name."""

from __future__ import annotations

import os

import pytest

from home_manager.diagnostics import Failure
from home_manager.paths import folder_of_caller, home_of_caller


def test_the_home_is_what_the_variable_says() -> None:
    assert home_of_caller({"HOME": "/home/alice/"}) == "/home/alice"
    assert home_of_caller({"HOME": "//home/../home/alice"}) == "/home/alice"


@pytest.mark.parametrize(
    ("home", "code"), [("", "home-unset"), ("alice", "path-not-absolute"), (".", "path-not-absolute")]
)
def test_a_home_that_is_none_is_refused(home: str, code: str) -> None:
    for ask in (
        lambda: home_of_caller({"HOME": home}),
        lambda: folder_of_caller("XDG_CACHE_HOME", ".cache", {"HOME": home}),
    ):
        with pytest.raises(Failure) as caught:
            ask()
        assert caught.value.diagnostic.code == code


def test_without_the_variable_the_list_of_users_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    import pwd

    monkeypatch.delenv("HOME", raising=False)
    assert home_of_caller() == os.path.normpath(pwd.getpwuid(os.getuid()).pw_dir)


@pytest.mark.parametrize("given", ["", "relative", "./cache", "~/cache"])
def test_a_folder_that_is_not_absolute_does_not_count(given: str) -> None:
    assert folder_of_caller("XDG_CACHE_HOME", ".cache", {"HOME": "/h", "XDG_CACHE_HOME": given}) == "/h/.cache"


def test_a_folder_that_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert folder_of_caller("XDG_CACHE_HOME", ".cache", {"XDG_CACHE_HOME": "/var/cache"}) == "/var/cache"
