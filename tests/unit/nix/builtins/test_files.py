"""Paths, files, contexts, fetchers and the machine, on a machine in memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Show = Callable[..., str]
DRV = "/nix/store/nnqh7675wghd0xmrywqm2yh9psrkk13q-a.drv"


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        ("map baseNameOf [ ''/a/b'' ''/a/b/'' ''a'' '''' ''/'' ''a//'' /a/b ]", '[ "b" "b" "a" "" "" "" "b" ]'),
        ("map dirOf [ ''/a/b'' ''a'' ''/a'' ''a//b'' /a/b /. ]", '[ "/a" "." "/" "a/" /a / ]'),
        ("__toPath ''/a/../b//c''", '"/b/c"'),
        ("__readFile /etc/hello.txt", '"hello\\n"'),
        ("__readFile ./link", '"hello\\n"'),
        ("__readFileType /etc/link", '"symlink"'),
        ("__readDir /etc/dir", '{ "default.nix" = "regular"; sub = "directory"; }'),
        (
            "map __pathExists [ /etc /etc/nope ''/etc/hello.txt/'' ''/etc/dir/'' /etc/broken ]",
            "[ true false false true true ]",
        ),
        ("(import /etc/one.nix).x", "1"),
        ("scopedImport { y = 2; } /etc/dir 1", "3"),
        ("__hashFile ''md5'' /etc/hello.txt", '"b1946ac92492d2347c6235b4d2611184"'),
        ("__stringLength (__readFile /etc/latin)", "4"),
        ("toString <etc/dir>", '"/etc/dir"'),
        ("__getEnv ''USER''", '"alice"'),
        ("[ __currentSystem __currentTime __langVersion __storeDir ]", '[ "x86_64-linux" 1000 6 "/nix/store" ]'),
        ("__nixPath", '[ { path = "/etc"; prefix = "etc"; } ]'),
        ("__toFile ''a'' ''hello''", '"/nix/store/vmg5na96ajnh1v932j9jdzfc3022vbh9-a"'),
    ],
)
def test_values(show: Show, expression: str, shown: str) -> None:
    assert show(expression) == shown


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("__readFile /etc/zero", "the contents of the file '/etc/zero' cannot be represented as a Nix string"),
        ("__readFileType /etc/nope", "path '/etc/nope' does not exist"),
        ("__toPath ''a''", "string 'a' doesn't represent an absolute path"),
        ("__path { }", "missing required 'path' attribute in the first argument to 'builtins.path'"),
        ("__path { path = /etc; what = 1; }", "unsupported argument 'what' to 'builtins.path'"),
        (
            "__path { path = /etc/dir; recursive = false; }",
            "path '/etc/dir' is not a regular file, but `recursive` is false",
        ),
        ("__toFile ''a b'' ''x''", "name 'a b' contains illegal character ' '"),
        ("__storePath /etc", "path '/etc' is not in the Nix store"),
        ("fetchTarball { url = ''http://x''; what = 1; }", "unsupported argument 'what' to 'fetchTarball'"),
        ("fetchTree { url = ''http://x''; }", "argument 'type' is missing in call to 'fetchTree'"),
        (
            "fetchGit { url = [ ]; }",
            "argument 'url' to 'fetchGit' is a list while a string, Boolean or integer is expected",
        ),
    ],
)
def test_refusals(show: Show, expression: str, message: str) -> None:
    assert show(expression) == f"error: {message}"


def test_pure_evaluation_knows_no_machine(show: Show) -> None:
    assert (
        show("[ (__getEnv ''USER'') (builtins ? currentTime) (builtins ? currentSystem) ]", pure=True)
        == '[ "" false false ]'
    )
    assert show("fetchTarball ''http://x/y''", pure=True) == (
        "error: in pure evaluation mode, 'fetchTarball' requires a 'sha256' argument"
    )
    assert "not allowed in pure evaluation mode" in show("__storePath /x", pure=True)


def test_filters_see_path_and_kind(show: Show, io: Any) -> None:
    show("__path { path = /etc/dir; name = ''d''; filter = p: t: t == ''directory''; }")
    show("__filterSource (p: t: baseNameOf p != ''sub'') /etc/dir")
    assert io.copied == [("/etc/dir", "d", ["/etc/dir/sub"]), ("/etc/dir", "dir", ["/etc/dir/default.nix"])]


def test_a_filter_that_fails_says_where(show: Show) -> None:
    shown = show("__filterSource (p: t: 1) /etc/dir", frames=True)
    assert shown.startswith("error: expected a Boolean but found an integer: 1")
    assert "while adding path '/etc/dir'" in shown


def test_contexts(show: Show) -> None:
    added = f'{{ "{DRV}" = {{ path = true; outputs = [ "b" "a" ]; }}; }}'
    assert show(f'__getContext (__appendContext "x" {added})') == (
        f'{{ "{DRV}" = {{ outputs = [ "a" "b" ]; path = true; }}; }}'
    )
    assert show("__hasContext (__unsafeDiscardStringContext (__toFile ''a'' ''b''))") == "false"
    assert show("__appendContext ''x'' { a = { }; }") == "error: context key 'a' is not a store path"


def test_fetchers_are_given_checked_arguments(show: Show, io: Any) -> None:
    assert show("fetchTarball ''https://h/x.tar.gz''").startswith('"/nix/store/')
    assert show("(fetchGit { url = ''https://h/x''; ref = ''main''; }).rev") == '"' + "f" * 40 + '"'
    assert show("__hasContext (fetchTree { type = ''git''; url = ''https://h/x''; }).outPath") == "true"
    assert show("(__getFlake ''github:o/r'').rev") == '"' + "f" * 40 + '"'
    assert io.fetched == [
        ("tarball", {"url": "https://h/x.tar.gz", "name": "source"}),
        ("git", {"type": "git", "url": "https://h/x", "ref": "main", "exportIgnore": True}),
        ("tree", {"type": "git", "url": "https://h/x", "shallow": True}),
        ("flake", {"reference": "github:o/r", "type": "github", "owner": "o", "repo": "r"}),
    ]
