"""What other programs' readers make of what we write."""

from __future__ import annotations

import configparser
import json as stdlib_json
import plistlib
import shlex
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from home_manager import formats
from home_manager.diagnostics import Failure
from home_manager.formats import (
    command_line,
    flags,
    git_ini,
    ini,
    java_properties,
    json,
    keyvalue,
    nix_conf,
    plist,
    rasi,
    shell,
    systemd,
    xml,
)
from home_manager.formats.plain import Ordered, plain, value_string
from home_manager.values import Attrs, Builtin, PathValue
from home_manager.values.lazy import Delayed

ALPHABET = "ab19 é日🎉\"'\\/\n\t.:;=#$`!<>&[]{}-_@~|*"
TEXT = st.text(ALPHABET, max_size=20)
ANY_TEXT = st.text(ALPHABET + "\x01\x1b\x7f\x85\u2028\r\b\f", max_size=20)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | ANY_TEXT
)
TREES: st.SearchStrategy[Any] = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3), max_leaves=15
)


@given(TREES)
def test_json_reads_back(value: object) -> None:
    for text in (json.render(value), json.compact(value)):
        assert stdlib_json.loads(text) == value
    assert json.render(value).endswith("\n")


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_json_floats_are_exact(number: float) -> None:
    assert float(json.float_text(number)) == number


@given(
    st.dictionaries(
        st.text("abcXYZ -_", min_size=1, max_size=8).map(str.strip).filter(lambda s: bool(s) and s != "DEFAULT"),
        st.dictionaries(
            st.text("abc_-", min_size=1, max_size=5),
            st.integers() | st.booleans() | st.text("ab =x", max_size=9),
            max_size=3,
        ),
        max_size=3,
    )
)
def test_ini_reads_back(value: dict[str, dict[str, object]]) -> None:
    parser = configparser.RawConfigParser(delimiters=("=",), comment_prefixes=(), strict=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(ini.render(value))
    assert {name: dict(parser.items(name)) for name in parser.sections()} == {
        name: {key: value_string(setting).strip() for key, setting in section.items()}
        for name, section in value.items()
    }


@given(
    st.dictionaries(
        TEXT.filter(bool),
        st.integers(-(2**63), 2**63 - 1) | st.booleans() | TEXT | st.lists(TEXT, max_size=3),
        max_size=4,
    )
)
def test_plist_reads_back(value: dict[str, object]) -> None:
    assert plistlib.loads(plist.render(value).encode()) == value


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_git_reads_its_file(tmp_path: Path) -> None:
    value: dict[str, dict[str, Any]] = {
        "user": {"name": 'A "B" \\ C\n\tD ; # x', "email": "a@example.org"},
        "core": {"autocrlf": False, "abbrev": 12},
        "url": {"ssh://git@example.org/": {"insteadOf": ["https://example.org/", "eo:"]}},
        "includeIf": {"gitdir:~/w.x/": {"path": "~/w/config"}},
    }
    file = tmp_path / "config"
    file.write_text(git_ini.render(value), encoding="utf-8")

    def read(*arguments: str) -> str:
        done = subprocess.run(["git", "config", "-f", file, "-z", *arguments], check=True, capture_output=True)
        return done.stdout.decode()

    assert read("--get", "user.name") == value["user"]["name"] + "\0"
    assert read("--get", "core.autocrlf") == "false\0"
    assert read("--get", "core.abbrev") == "12\0"
    assert read("--get-all", "url.ssh://git@example.org/.insteadOf") == "https://example.org/\0eo:\0"
    assert read("--get", "includeIf.gitdir:~/w.x/.path") == "~/w/config\0"


@given(st.lists(ANY_TEXT, max_size=5))
def test_a_shell_splits_quoted_words_as_they_were(words: list[str]) -> None:
    assert shlex.split(shell.quote_all(words)) == words


@settings(max_examples=20)
@given(ANY_TEXT)
def test_bash_reads_a_quoted_word(word: str) -> None:
    done = subprocess.run(["bash", "-c", f"printf %s {shell.quote(word)}"], check=True, capture_output=True)
    assert done.stdout.decode() == word


def test_bash_reads_variables() -> None:
    script = shell.variables({"a": "x y", "b": ["1", "2 3"], "c": {"k w": "v $x"}})
    done = subprocess.run(
        ["bash", "-c", f'{script}\nprintf "%s|" "$a" "${{b[1]}}" "${{c[k w]}}"'], check=True, capture_output=True
    )
    assert done.stdout.decode() == "x y|2 3|v $x|"


def test_xml_reads_back() -> None:
    value = {"root": {"@id": 'a"<', "child": [{"#text": "x & y"}, None], "deep": {"er": 1.5, "flag": True}}}
    text = xml.render(value)
    root = ElementTree.fromstring(text)
    assert text.startswith('<?xml version="1.0" encoding="utf-8"?>\n<root id=')
    assert root.attrib == {"id": 'a"<'}
    assert [child.text for child in root.findall("child")] == ["x & y", None]
    assert root.findtext("deep/er") == "1.5"
    assert root.findtext("deep/flag") == "true"


def test_an_xml_document_has_one_root() -> None:
    with pytest.raises(Failure):
        xml.render({"a": 1, "b": 2})
    assert xml.render({"a": 1, "b": 2}, header=False) == "<a>1</a><b>2</b>\n"


def test_nix_conf_puts_extra_settings_last() -> None:
    value = {"extra-substituters": ["https://a", "https://b"], "cores": 0, "sandbox": True, "x": None}
    assert nix_conf.render(value) == "cores = 0\nsandbox = true\nx = \nextra-substituters = https://a https://b\n\n"


def test_flags() -> None:
    value = {"theme": "My Theme", "map-syntax": ["*.x:Y", "z"], "plain": True, "no": False}
    assert flags.render(value) == "--map-syntax='*.x:Y'\n--map-syntax=z\n--theme='My Theme'\n--plain\n"


def test_systemd_settings_format_comments_null() -> None:
    assert systemd.render_settings({"Journal": {"A": None, "B": True}}) == "[Journal]\n# A is unset\nB = true\n"
    assert systemd.store_name("a@b:c.service") == "a-b-c.service"


def test_list_to_value() -> None:
    assert keyvalue.render({"a": [1, "x"]}, list_to_value=lambda v: ",".join(map(str, v))) == "a=1,x\n"


def test_lists_need_a_way_to_be_written() -> None:
    with pytest.raises(Failure) as caught:
        keyvalue.render({"a": [1]})
    assert caught.value.diagnostic.code == "format-unsupported-value"


@pytest.mark.parametrize(
    "render", [ini.render, keyvalue.render, git_ini.render, systemd.render, flags.render, plist.render]
)
def test_a_function_is_a_failure(render: Any) -> None:
    with pytest.raises(Failure):
        render({"a": {"b": Builtin("f", 1, lambda x: x)}})


def test_lazy_values_packages_and_paths() -> None:
    package = Attrs({"type": "derivation", "outPath": Delayed(lambda: "/store/x"), "name": "x"})
    value = Delayed(lambda: {"p": package, "d": Delayed(lambda: [PathValue("/a/b")]), "t": {"outPath": "/y"}})
    assert plain(value) == {"d": ["/a/b"], "p": "/store/x", "t": "/y"}
    assert ini.render({"s": {"p": package}}) == "[s]\np=/store/x\n"
    assert command_line.render({"p": package, "x": Delayed(lambda: True)}) == "-p/store/x -x"


def test_an_ordered_set_keeps_its_order() -> None:
    value = Ordered({"b": 1, "a": Ordered({"z": 1, "y": 2})})
    assert json.compact(value) == '{"b":1,"a":{"z":1,"y":2}}'
    assert keyvalue.render(Ordered({"b": 1, "a": 2})) == "b=1\na=2\n"


def test_java_properties() -> None:
    value = {"a b=c": True, "ü🎉": " lead\n next\\#!", "n": 3.5}
    assert java_properties.render(value) == (
        "# Generated with Nix\n\na\\ b\\=c = true\nn = 3.500000\n"
        "\\u00fc\\ud83c\\udf89 = \\ lead\\n\\\n\\ next\\\\\\#\\!\n"
    )


def test_rasi() -> None:
    value = {
        "*": {"width": 512, "colour": rasi.literal("rgba(0,0,0,100%)"), "none": None},
        "configuration": {"modes": ["a", "b"], "cycle": False, "drun": {"name": 'a "b" \\"'}},
        "@import": "x",
        "@theme": "y",
    }
    assert rasi.render(value) == (
        '@theme "y"\n\n@import "x"\n\n* {\ncolour: rgba(0,0,0,100%);\nwidth: 512;\n}\n\n'
        'configuration {\ncycle: false;\ndrun {\nname: "a \\"b\\" \\"";\n}\nmodes: [ "a","b" ];\n}\n'
    )


def test_every_format_loads_on_first_use() -> None:
    for name in formats._FORMATS:
        assert getattr(formats, name).__name__ == f"home_manager.formats.{name}"
    with pytest.raises(AttributeError):
        _ = formats.no_such_format


def test_importing_the_package_loads_no_format() -> None:
    code = "import sys, home_manager.formats; print([m for m in sys.modules if m.startswith('home_manager.formats.')])"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout == "[]\n"
