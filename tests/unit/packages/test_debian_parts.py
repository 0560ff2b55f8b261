"""The Debian provider's parts: versions, dependencies, the choice of an archive, texts in programs."""

from __future__ import annotations

import functools
import itertools
import os
import subprocess
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home_manager.diagnostics import Failure
from home_manager.packages.providers.debian import archive, dependency_closure, elf, verify_signatures
from home_manager.packages.providers.debian import package_index as index
from home_manager.packages.providers.debian.package_tree import Folder, Leaf
from home_manager.packages.providers.debian.unpack import inside_target
from home_manager.packages.providers.debian.versions import satisfies, sort_key

ORDER = [
    "0~~", "0~~a", "0~", "0", "0a", "0+", "1.0~beta1~svn1245", "1.0~beta1", "1.0", "1.0-1", "1.0-1+b1", "1.0-1.1",
    "1.0a-1", "1.2", "1.10", "2.41-12+deb13u4", "1:0.1", "2:9.1.1230-2",
]  # fmt: skip


def test_versions_are_ordered_as_dpkg_orders_them() -> None:
    assert sorted(reversed(ORDER), key=sort_key) == ORDER


@pytest.mark.skipif(not os.path.exists("/usr/bin/dpkg"), reason="dpkg is not installed")
def test_order_agrees_with_dpkg() -> None:
    for a, b in itertools.pairwise(ORDER):
        assert subprocess.run(["dpkg", "--compare-versions", a, "lt", b]).returncode == 0, (a, b)


@given(
    st.lists(st.from_regex(r"(\d:)?[0-9][0-9a-z.+~]{0,6}(-[0-9a-z+.~]{1,4})?", fullmatch=True), min_size=2, max_size=5)
)
def test_order_is_total(versions: list[str]) -> None:
    keys = [sort_key(version) for version in versions]
    assert sorted(sorted(keys), key=functools.cmp_to_key(lambda a, b: (a > b) - (a < b))) == sorted(keys)
    assert all(satisfies(v, ">=", v) and satisfies(v, "=", v) and not satisfies(v, "<<", v) for v in versions)


def test_dependencies_are_read() -> None:
    text = "libc6 (>= 2.38), perl:any | perl5, foo [amd64] <!nocheck>, python3 (>= 3.13~), python3 (<< 3.14)"
    ways = dependency_closure.alternatives(text)
    assert [[way.name for way in each] for each in ways] == [
        ["libc6"],
        ["perl", "perl5"],
        ["foo"],
        ["python3"],
        ["python3"],
    ]
    assert (ways[0][0].relation, ways[0][0].version) == (">=", "2.38")


def records(text: str) -> list[index.Record]:
    """`name version [provides] : depends` a line."""
    found = []
    for line in text.strip().splitlines():
        head, _, depends = line.partition(" : ")
        name, version, *provides = head.split()
        found.append(index.Record(name, version, "amd64", f"pool/{name}", 1, name, depends, " ".join(provides), ""))
    return found


def made_index(tmp_path: Path, text: str) -> index.Index:
    index.write(str(tmp_path / "i"), records(text))
    return index.Index(str(tmp_path / "i"))


def test_closure_goes_through_alternatives_virtual_packages_and_circles(tmp_path: Path) -> None:
    table = made_index(
        tmp_path,
        """
app 1 : mail-agent, liba (>= 2), debconf | debconf-2.0
liba 2 : libb
libb 1 : liba
postfix 1 mail-agent : libc6
exim 1 mail-agent : libc6
libc6 2.41 : libgcc-s1
libgcc-s1 1 : libc6
""",
    )
    names = [record.name for record in dependency_closure.closure(table, ["app"])]
    assert names == ["app", "exim", "liba", "libc6", "libb", "libgcc-s1"]
    assert [r.name for r in dependency_closure.closure(table, ["postfix", "app"])] == [
        "postfix",
        "app",
        "libc6",
        "liba",
        "libgcc-s1",
        "libb",
    ]
    without = dependency_closure.closure(
        table, ["app"], dropped={"app": frozenset({"mail-agent"})}, added={"libb": ("postfix",)}
    )
    assert [r.name for r in without] == ["app", "liba", "libb", "postfix", "libc6", "libgcc-s1"]


def test_closure_heeds_versions(tmp_path: Path) -> None:
    table = made_index(
        tmp_path,
        "app 1 : libx (>= 3) | liby\nlibx 2\nliby 1\nold 1 : libx (>> 2)\nv 1 : virt (>= 2)\np 1 virt_(=_2)".replace(
            "_", " "
        ),
    )
    assert [record.name for record in dependency_closure.closure(table, ["app"])] == ["app", "liby"]
    with pytest.raises(Failure) as caught:
        dependency_closure.closure(table, ["old"])
    assert caught.value.diagnostic.code == "package-dependencies"
    assert [record.name for record in dependency_closure.closure(table, ["v"])] == ["v", "p"]


def test_index_finds_each_of_many(tmp_path: Path) -> None:
    lines = "\n".join(f"{name} {number}" for number in (1, 10, 9) for name in ("a", "a+b", "a-b", "ab", "z", "lib0ad"))
    table = made_index(tmp_path, lines)
    for name in ("a", "a+b", "a-b", "ab", "z", "lib0ad"):
        record = table.get(name)
        assert record is not None and record.name == name and record.version == "10"
    assert table.get("aa") is None and table.get("") is None and table.get("zz") is None


def test_index_of_an_empty_suite(tmp_path: Path) -> None:
    table = made_index(tmp_path, "")
    assert table.get("a") is None and table.names() == [] and table.providers("x") == []


def test_packages_text_is_parsed() -> None:
    text = (
        "Package: a\nVersion: 1\nArchitecture: amd64\nPre-Depends: libc6\nDepends: b\nDescription: short\n"
        "Filename: p\nSize: 3\nSHA256: x\n\nPackage: broken\n"
    )
    (record,) = index.parse(text)
    assert (record.name, record.depends, record.summary, record.size) == ("a", "libc6, b", "short", 3)


# Which archive


def apt(tmp_path: Path, **files: str) -> str:
    (tmp_path / "sources.list.d").mkdir(exist_ok=True)
    for name, text in files.items():
        where = tmp_path / "sources.list" if name == "list" else tmp_path / "sources.list.d" / name.replace("__", ".")
        where.write_text(text)
    return str(tmp_path)


def chosen(tmp_path: Path, environment: dict[str, str] | None = None, **given: str) -> archive.Archive:
    return archive.choose(system="x86_64-linux", environment=environment or {}, apt_folder=str(tmp_path), **given)


def test_the_machines_own_archive_is_used(tmp_path: Path) -> None:
    apt(
        tmp_path,
        debian__sources="Types: deb deb-src\n# comment\nURIs: http://mirror.example/debian/\n"
        "Suites: trixie\n trixie-updates\nComponents: main\n\n"
        "Types: deb\nURIs: http://mirror.example/debian-security\nSuites: trixie-security\nComponents: main\n",
        node__sources="Types: deb\nURIs: https://node.example/node_20.x\nSuites: nodistro\nComponents: main\n",
    )
    found = chosen(tmp_path)
    assert (found.url, found.suite, found.architecture) == ("http://mirror.example/debian", "stable", "amd64")
    assert found.chosen_by.endswith("debian.sources")


@pytest.mark.parametrize(
    "line",
    [
        "deb cdrom:[Debian]/ trixie main",
        "# deb http://x.example/debian trixie main",
        "deb-src http://x.example/debian trixie main",
        "deb mirror+file:/etc/apt/mirrors/debian trixie main",
        "deb http://x.example/ubuntu noble main",
        "deb http://x.example/debian trixie-security main",
        "deb http://x.example/debian trixie contrib",
    ],
)
def test_what_is_not_the_main_archive_is_passed_over(tmp_path: Path, line: str) -> None:
    apt(tmp_path, list=line + "\n")
    assert chosen(tmp_path).url == archive.DEFAULT_URL


def test_one_line_entries_with_options(tmp_path: Path) -> None:
    apt(tmp_path, list="deb [arch=amd64 signed-by=/x] https://m.example/debian trixie main contrib # x\n")
    assert chosen(tmp_path).url == "https://m.example/debian"


def test_option_before_variable_before_apt(tmp_path: Path) -> None:
    apt(tmp_path, list="deb http://m.example/debian trixie main\n")
    variables = {archive.URL_VARIABLE: "http://variable.example/debian/", archive.SUITE_VARIABLE: "testing"}
    assert chosen(tmp_path, variables).url == "http://variable.example/debian"
    assert chosen(tmp_path, variables).suite == "testing"
    assert chosen(tmp_path, variables, url="http://option.example", suite="sid").url == "http://option.example"
    assert chosen(tmp_path, variables, url="http://option.example", suite="sid").suite == "sid"


def test_bad_address_and_platform_are_failures(tmp_path: Path) -> None:
    with pytest.raises(Failure) as caught:
        chosen(tmp_path, url="debian.org")
    assert caught.value.diagnostic.code == "archive-address-invalid"
    with pytest.raises(Failure) as caught:
        archive.architecture("x86_64-darwin")
    assert caught.value.diagnostic.code == "platform-without-packages"


def test_the_shipped_keys_are_debians() -> None:
    import pysequoia

    names = [
        str(user) for cert in pysequoia.Cert.split_bytes(verify_signatures.archive_keys()) for user in cert.user_ids
    ]
    assert len(names) >= 4 and all("Debian" in name for name in names)
    assert b"PRIVATE" not in verify_signatures.archive_keys()


# Programs


def test_texts_of_a_program_move(archives: ModuleType, tmp_path: Path) -> None:
    found = archives.machine_program("true")
    if found is None:
        pytest.skip("this machine has no dynamically linked `true` for amd64")
    program = found[0]
    if subprocess.run(["true", "--version"], capture_output=True, text=True).stdout.find("GNU coreutils") < 0:
        pytest.skip("`true` is not that of GNU coreutils")
    long = "something that is a good deal longer than what stood there"
    result = elf.patched(program, moved={"GNU coreutils": long, "no such text": "x"})
    assert result.unmoved == ("no such text",)
    path = tmp_path / "true"
    path.write_bytes(result.data)
    path.chmod(0o755)
    assert long in subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("data", [b"", b"#!/bin/sh\n", b"\x7fELF\x01\x01" + bytes(60), b"\x7fELF\x02\x02" + bytes(60)])
def test_what_is_no_program_for_us_has_no_loader(data: bytes) -> None:
    assert elf.interpreter_of(data) == ""


# Trees


def test_a_folder_of_one_owner_is_one_link(tmp_path: Path) -> None:
    for owner, path in (("a", "share/x/1"), ("a", "share/x/2"), ("b", "share/y/1"), ("a", "bin/p"), ("b", "bin/q")):
        file = tmp_path / owner / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(owner)
    tree = Folder()
    for owner, path, own in (
        ("a", "share/x/1", False),
        ("a", "share/x/2", False),
        ("b", "share/y/1", False),
        ("a", "bin/p", True),
        ("b", "bin/q", False),
        ("b", "share/x/1", False),
    ):
        tree.put(path, Leaf(str(tmp_path / owner), path, own))
    out = tmp_path / "out"
    out.mkdir()
    left = tree.write(str(out))
    assert [path for path, _ in left] == ["bin/p"]
    assert os.path.islink(out / "share/x") and os.readlink(out / "share/x") == str(tmp_path / "a/share/x")
    assert not os.path.islink(out / "share") and not os.path.islink(out / "bin")
    assert (out / "bin/q").read_text() == "b" and (out / "share/x/1").read_text() == "a"


def test_a_folder_that_holds_more_is_not_linked_as_a_whole() -> None:
    tree = Folder()
    tree.put("lib/locale/C/x", Leaf("/o/root", "usr/lib/locale/C/x"))
    (lib,) = tree.children.values()
    assert isinstance(lib, Folder)
    assert lib.whole() == ("/o/root", "usr/lib")
    assert lib.whole({"usr/lib", "usr"}) is None


@pytest.mark.parametrize(
    ("path", "target", "inside"),
    [
        ("usr/bin/fdfind", "../lib/cargo/bin/fd", "../lib/cargo/bin/fd"),
        ("usr/share/vim/vimrc", "/etc/vim/vimrc", "../../../etc/vim/vimrc"),
        ("usr/lib/x", "/lib/y", "y"),
        ("usr/bin/x", "../../../../etc/passwd", None),
        ("usr/bin/x", "/dev/null", None),
        ("usr/bin/x", "/var/lib/y", None),
    ],
)
def test_links_stay_inside(path: str, target: str, inside: str | None) -> None:
    assert inside_target(path, target) == inside
