"""The case format reads back what it writes, and readers refuse what their programs would."""

from __future__ import annotations

import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness import casefile
from harness.casefile import Case, Section
from harness.normal import normal_output, normal_paths
from harness.readers import Rejected, reject_unreadable

TEXT = st.text(
    st.characters(blacklist_categories=("Cs",), blacklist_characters="\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
)
LINES = st.lists(st.one_of(TEXT, st.sampled_from(["::: file x", "\\::: file", ":::", "\\\\::: y"]))).map("\n".join)


@given(body=LINES, flag=st.booleans())
def test_a_section_is_read_back_as_it_was_written(body: str, flag: bool) -> None:
    section = Section("file", ".config/a b", body, frozenset({"executable"} if flag else ()))
    case = Case("A title\n\nprose\n", (section, Section("packages", body="bat\n")))
    if any(line.startswith(":::") and not line.startswith("::: ") for line in body.split("\n")):
        return  # only `::: ` is a header that the format escapes
    assert casefile.parse(str(case)) == case


def test_a_line_like_a_header_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="line 2 is no header"):
        casefile.parse("title\n:::nothing\n")


def test_store_paths_become_names() -> None:
    hashed = "0" * 32
    text = (
        f'. "/s/store/{hashed}-bash-completion/etc/x.sh" /s/store/{hashed}-hm-session-vars.sh. /other/store/{hashed}-x'
    )
    assert normal_paths(text, "/s/store") == (
        f'. "@bash-completion@/etc/x.sh" @hm-session-vars.sh@. /other/store/{hashed}-x'
    )


def test_times_and_places_do_not_show() -> None:
    assert normal_output("2026-11-21 03:20 /t/x/home/a  \n", {"/t/x/home": "HOME", "/t": "T"}) == "DATE TIME HOME/a\n"


@pytest.mark.parametrize(
    ("target", "content", "program"),
    [
        ("a.json", b"{,}", ""),
        ("a.toml", b"a = ", ""),
        (".config/fontconfig/a.conf", b"<a>", ""),
        (".config/git/config", b"[a\n", "git"),
        (".bashrc", b"if true\n", "bash"),
        (".zshrc", b"if true; then\n", "zsh"),
        (".config/fish/config.fish", b"if true\n", "fish"),
        (".config/tmux/tmux.conf", b"nonsense-command x\n", "tmux"),
        (".config/nvim/a.vim", b"nonsense\n", "vim"),
        (".config/systemd/user/a.service", b"[Service]\nExecStart=/bin/true\nNonsense\n", "systemd-analyze"),
        (".config/systemd/user/b.service", b"[Service]\nType=wrong\nExecStart=/bin/true\n", "systemd-analyze"),
    ],
)
def test_a_reader_refuses_what_its_program_cannot_read(target: str, content: bytes, program: str) -> None:
    if program and shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    with pytest.raises(Rejected):
        reject_unreadable(target, content)


@pytest.mark.parametrize(
    ("target", "content"),
    [
        ("a.json", b"{}"),
        (".config/git/config", b"[user]\n\temail = a@b\n"),
        (".bashrc", b"alias a=b\n"),
        (".config/tmux/tmux.conf", b"set -g mouse on\n"),
        (".config/nvim/a.vim", b"set number\n"),
        (".config/systemd/user/a.service", b"[Service]\nExecStart=/nowhere/program\n"),
    ],
)
def test_a_reader_accepts_what_its_program_reads(target: str, content: bytes) -> None:
    reject_unreadable(target, content)


def test_a_header_may_have_flags_and_no_argument() -> None:
    (section,) = casefile.parse("::: session (own mounts)\n$ true\n").sections
    assert (section.argument, section.flags) == ("", {"own mounts"})
