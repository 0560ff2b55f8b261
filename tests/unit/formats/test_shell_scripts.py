"""Scripts written as indented text, with values put in as quoted words."""

from __future__ import annotations

import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home_manager.formats.fish import quote as quote_fish
from home_manager.formats.shell import Code, script


def test_the_indentation_goes_and_one_newline_ends_it() -> None:
    text = """
        if true; then
          echo done
        fi

        exit
    """
    assert script(text) == "if true; then\n  echo done\nfi\n\nexit\n"
    assert script("echo done") == "echo done\n"
    assert script("") == ""


def test_values_are_words() -> None:
    assert script("cd @directory@ && run @words@", directory="a b", words=["x", "it's"]) == (
        "cd 'a b' && run x 'it'\\''s'\n"
    )


def test_code_is_inserted_as_it_is_and_indented_like_its_line() -> None:
    text = """
        (
          @lines@
          echo "@word@"
        )
    """
    made = script(text, lines=Code("a\n\nb"), word=Code("$x"))
    assert made == '(\n  a\n\n  b\n  echo "$x"\n)\n'
    assert script(text, lines=Code(""), word=Code("")) == '(\n  echo ""\n)\n'


def test_shell_code_that_looks_like_a_hole_stays() -> None:
    assert script('for a in "$@"; do echo a@b.c; done') == 'for a in "$@"; do echo a@b.c; done\n'


def test_a_hole_without_a_value_is_a_mistake() -> None:
    with pytest.raises(LookupError, match="@directory@"):
        script("cd @directory@")


@given(st.text(st.characters(blacklist_characters="\x00", blacklist_categories=("Cs",)), max_size=30))
def test_no_value_gets_out_of_its_word(value: str) -> None:
    made = script("printf '%s' @value@", value=value)
    assert subprocess.run(["sh", "-c", made], capture_output=True, check=True).stdout.decode() == value


def test_fish_escapes_in_its_own_way() -> None:
    assert script("cd @it@", quote=quote_fish, it="a'b\\c d") == "cd 'a'\\''b\\c d'\n"
