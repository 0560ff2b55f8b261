"""The manifest as JSON: what is written is what is read, and rubbish is one failure."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home_manager.diagnostics import Failure
from home_manager.manifest import BUILTIN_STEPS, FileEntry, Manifest, Meta, PackageEntry, Step, Systemd, dump, load
from home_manager.paths import HomeRelPath

part = st.text(st.characters(blacklist_characters="/\0", blacklist_categories=()), min_size=1, max_size=8).filter(
    lambda text: text not in (".", "..")
)
targets = st.lists(part, min_size=1, max_size=4).map(lambda parts: HomeRelPath("/".join(parts)))
paths = part.map(lambda text: "/" + text)
entries = st.builds(
    FileEntry, targets, paths, st.booleans(), st.none() | st.booleans(), st.booleans(), st.booleans(), st.text()
)
manifests = st.builds(
    Manifest,
    username=st.text(),
    home_directory=paths,
    state_version=st.text(max_size=5),
    files=st.lists(entries, max_size=3).map(tuple),
    packages=st.lists(st.builds(PackageEntry, st.text(), paths, st.integers()), max_size=2).map(tuple),
    home_path=st.none() | paths,
    steps=st.lists(
        st.builds(Step, st.text(min_size=1), st.sampled_from(("builtin", "bash")), st.text()), max_size=3
    ).map(tuple),
    activation_path=st.lists(st.text(), max_size=2).map(tuple),
    empty_activation_path=st.booleans(),
    uid=st.none() | st.integers(),
    systemd=st.builds(Systemd, st.sampled_from(("sd-switch", "suggest")), st.integers()),
    warnings=st.lists(st.text(), max_size=2).map(tuple),
    meta=st.builds(Meta, st.text()),
)


@given(manifests)
def test_what_is_written_is_read(manifest: Manifest) -> None:
    text = dump(manifest)
    assert load(text) == manifest
    assert load(text.encode()) == manifest
    assert dump(load(text)) == text


def test_what_is_left_out_has_its_default() -> None:
    manifest = load('{"version": 1, "username": "alice", "home_directory": "/home/alice"}')
    assert manifest == Manifest("alice", "/home/alice")
    assert [step.name for step in manifest.steps] == list(BUILTIN_STEPS)


def broken(*path: object, value: object) -> str:
    manifest = Manifest("a", "/a", files=(FileEntry(HomeRelPath("x"), "/s"),), packages=(PackageEntry("p", "/p"),))
    document = json.loads(dump(manifest))
    at = document
    for step in path[:-1]:
        at = at[step]
    if value is ...:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    return json.dumps(document)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "not a JSON object"),
        ("{}", "`version` is null"),
        ('{"version": true}', "`version` must be an integer"),
        ('{"version": 1}', "`username` is missing"),
        (broken("username", value=1), "`username` must be a string"),
        (broken("home_directory", value="relative"), "`home_directory` is not an absolute path"),
        (broken("files", value={}), "`files` must be a list"),
        (broken("files", 0, value="x"), "`files[0]` must be an object"),
        (broken("files", 0, "target", value="../x"), "`files[0].target` is not a path below the home"),
        (broken("files", 0, "target", value="/etc/passwd"), "`files[0].target`"),
        (broken("files", 0, "source", value=...), "`files[0].source` is missing"),
        (broken("files", 0, "source", value="x\0"), "`files[0].source` is not an absolute path"),
        (broken("files", 0, "force", value="yes"), "`files[0].force` must be true or false"),
        (broken("files", 0, "executable", value=1), "`files[0].executable` must be true or false"),
        (broken("files", 0, "colour", value=1), "`files[0].colour` is unknown"),
        (broken("packages", 0, "priority", value=True), "`packages[0].priority` must be an integer"),
        (broken("packages", 0, "outputs", value=[1]), "`packages[0].outputs[0]` must be a string"),
        (broken("steps", 0, "kind", value="python"), "`steps[0].kind` must be one of builtin, bash"),
        (broken("steps", 0, "kind", value=[]), "`steps[0].kind` must be one of builtin, bash"),
        (broken("steps", 0, "name", value=""), "`steps[0].name` is empty"),
        (broken("systemd", "units", value="/etc"), "`systemd.units` is not a path below the home"),
        (broken("home_path", value=False), "`home_path` must be a string"),
        (broken("nonsense", value=1), "`nonsense` is unknown"),
    ],
)
def test_rubbish_is_one_failure(text: str, words: str) -> None:
    with pytest.raises(Failure) as caught:
        load(text, "some/manifest.json")
    assert caught.value.diagnostic.code == "manifest-invalid"
    assert "some/manifest.json" in str(caught.value)
    assert words in str(caught.value)


def test_a_newer_manifest_is_refused_for_what_it_is() -> None:
    with pytest.raises(Failure) as caught:
        load('{"version": 2, "anything": "else"}')
    assert caught.value.diagnostic.code == "manifest-version"


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda s: st.lists(s) | st.dictionaries(st.text(), s)
    )
)
def test_no_document_gives_a_traceback(value: object) -> None:
    with pytest.raises(Failure):
        load(json.dumps(value))
    with pytest.raises(Failure):
        load(json.dumps({"version": 1, "username": value, "home_directory": value}))


def test_what_older_manifests_say_of_their_origin_is_read_and_dropped() -> None:
    text = dump(Manifest("alice", "/home/alice", meta=Meta("1.0")))
    older = text.replace(
        '"tool_version"', '"created_from": "home.nix", "host": "h", "message": "", "revision": "r", "tool_version"'
    )
    assert older != text and dump(load(older)) == text
