"""Hostile words through every writer: what the real program reads back is what was given."""

from __future__ import annotations

import random
import shutil
import subprocess
from pathlib import Path

import pytest

from fuzz.writers import HOSTILE, WRITERS, Writer, _read_unit, disagreements, word
from home_manager.formats import fish, git_ini, nushell, systemd
from home_manager.modules.core.systemd import one_value
from home_manager.modules.programs.ssh.rendering import directive


@pytest.fixture(params=WRITERS, ids=lambda writer: writer.name)
def writer(request: pytest.FixtureRequest) -> Writer:
    found: Writer = request.param
    if found.missing():
        pytest.skip(f"not installed: {', '.join(found.missing())}")
    return found


def test_known_hostile_words_come_back(writer: Writer) -> None:
    assert list(disagreements(writer, list(HOSTILE))) == []


def test_random_words_come_back(writer: Writer) -> None:
    choose = random.Random(writer.name)
    assert list(disagreements(writer, [word(choose) for _ in range(200)])) == []


def test_most_words_are_not_left_out() -> None:
    kept = {writer.name: sum(map(writer.holds, HOSTILE)) / len(HOSTILE) for writer in WRITERS}
    assert min(kept.values()) > 0.4, kept


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
def test_systemd_notices_a_value_that_it_would_split() -> None:
    with pytest.raises(AssertionError, match="baz"):
        _read_unit("[Service]\nType=oneshot\nExecStart=/bin/true\nEnvironment=K0=bar baz\n", 1)


# One by one


def test_fish_indents_code_and_leaves_texts() -> None:
    code = "python3 -c 'if 1:\n    print(1)\n'\nfor x in (echo \"a\nb\")\n  echo $x # it's fine\nend\necho \"$(echo 'x\ny')\"\n"
    assert fish.indent(code) == (
        "  python3 -c 'if 1:\n    print(1)\n'\n  for x in (echo \"a\nb\")\n    echo $x # it's fine\n  end\n"
        "  echo \"$(echo 'x\ny')\"\n"
    )


def test_fish_code_that_is_not_whole_stays_as_it_is() -> None:
    assert fish.indent("echo 'open\nx") == "echo 'open\nx"


@pytest.mark.skipif(not shutil.which("fish"), reason="fish is not installed")
def test_indented_fish_code_does_the_same(tmp_path: Path) -> None:
    code = "set x 'a\nb'\nif true\n  printf '%s|' $x \"1\n2\" \\\n    three\nend\n"
    results = set()
    for number, text in enumerate((code, f"begin\n{fish.indent(code)}end\n")):
        path = tmp_path / f"{number}.fish"
        path.write_text(text)
        results.add(subprocess.run(["fish", "--no-config", str(path)], capture_output=True, check=True).stdout)
    assert results == {b"a\nb|1\n2|three|"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [("ll", "ll"), ("...", "..."), ("a b", "'a b'"), ("it's", "'it'\\''s'"), ("", "''"), ("~", "'~'")],
)
def test_names_in_fish_are_quoted_where_they_must_be(name: str, expected: str) -> None:
    assert fish.word(name) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("FOO=bar", "FOO=bar"),
        ("FOO=bar baz", '"FOO=bar baz"'),
        ("A=1 B=2", "A=1 B=2"),
        ('"FOO=bar baz"', '"FOO=bar baz"'),
        ("FOO=a\\b c", '"FOO=a\\\\b c"'),
        ("FOO=a\nb", '"FOO=a\\nb"'),
    ],
)
def test_a_variable_of_a_unit_is_one_word(given: str, expected: str) -> None:
    assert systemd.render({"Service": {"Environment": given}}) == f"[Service]\nEnvironment={expected}\n"


def test_other_settings_of_a_unit_are_as_they_are() -> None:
    assert systemd.render({"Service": {"ExecStart": "/bin/x A=1 b"}}) == "[Service]\nExecStart=/bin/x A=1 b\n"


def test_lines_of_a_variable_are_kept_together() -> None:
    assert one_value("a b") == "a b"
    assert one_value('a\n"b"') == '"a\n\\"b\\""'


def test_paths_of_ssh_are_quoted_where_they_have_a_space() -> None:
    assert directive("IdentityFile", "~/.ssh/my key") == '  IdentityFile "~/.ssh/my key"'
    assert directive("IdentityFile", ["~/.ssh/a", '"~/b c"']) == '  IdentityFile ~/.ssh/a\n  IdentityFile "~/b c"'
    assert directive("UserKnownHostsFile", ["~/a b", "~/c"]) == '  UserKnownHostsFile "~/a b" ~/c'
    assert directive("ProxyCommand", "ssh -W %h:%p host") == "  ProxyCommand ssh -W %h:%p host"


def test_subsections_of_git_hold_any_character() -> None:
    assert git_ini.render({"url": {'a"b\\c': {"insteadOf": "x"}}}) == '[url "a\\"b\\\\c"]\n\tinsteadOf = "x"\n'
    assert git_ini.render({'includeIf "gitdir:~/x"': {"path": "y"}}) == '[includeIf "gitdir:~/x"]\n\tpath = "y"\n'


def test_parts_of_a_path_in_nushell() -> None:
    assert [nushell.member(each) for each in ("a_b", "a b", "5", "a.b", "x?")] == [
        "a_b",
        '"a b"',
        '"5"',
        '"a.b"',
        '"x?"',
    ]
    assert nushell.render("\x1b[1m\\u001b") == '"\\u{001b}[1m\\\\u001b"'
