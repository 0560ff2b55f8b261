"""The store: what is made, how it lies on the disk, and what happens when making fails."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from home_manager.diagnostics import Failure
from home_manager.paths import AbsPath, StorePath
from home_manager.store import Command, Copy, Files, Link, LinkFarm, Recipe, Recipes, Site, Store, Text
from home_manager.store.build_process import Isolation


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(AbsPath(str(tmp_path / "state" / "store")), durable=False) as store:
        yield store


@pytest.fixture
def recipes(store: Store) -> Recipes:
    return Recipes(store.root)


def make(store: Store, recipes: Recipes, recipe: Recipe) -> Path:
    path = recipes.add(recipe)
    store.realise(recipes, (path,))
    return Path(path)


def leftovers(store: Store) -> list[str]:
    return [name for name in os.listdir(store.root) if name.startswith(".tmp") or name.startswith(".trash")]


def test_a_path_is_known_before_anything_is_written(store: Store, recipes: Recipes) -> None:
    path = recipes.add(Text("x", "hello"))
    assert StorePath.parse(path).name == "x"
    assert not os.path.exists(store.root)
    assert recipes.add(Text("x", "hello")) == path
    assert recipes.add(Text("x", "hello", executable=True)) != path
    assert recipes.add(Text("x", "hello!")) != path
    assert recipes.add(Text("y", "hello")) != path
    assert recipes.add(Link("x", "hello")) != path


def test_text_objects_are_read_only(store: Store, recipes: Recipes) -> None:
    plain = make(store, recipes, Text("plain", "a\nb"))
    program = make(store, recipes, Text("program", "#!/bin/sh\n", executable=True))
    nested = make(store, recipes, Text("tool", "x", executable=True, destination="/bin/tool"))
    assert plain.read_text() == "a\nb"
    assert stat.S_IMODE(plain.stat().st_mode) == 0o444
    assert stat.S_IMODE(program.stat().st_mode) == 0o555
    assert stat.S_IMODE(nested.stat().st_mode) == 0o555
    assert stat.S_IMODE((nested / "bin").stat().st_mode) == 0o555
    assert (nested / "bin" / "tool").read_text() == "x"


def test_what_a_text_mentions_is_made_first(store: Store, recipes: Recipes) -> None:
    inner = recipes.add(Text("inner", "1"))
    middle = recipes.add(Text("middle", f"read {inner}/x and {store.root}/not-a-hash"))
    outer = recipes.add(Link("outer", middle))
    made: list[tuple[str, int, int]] = []
    store.realise(recipes, (outer,), lambda *step: made.append(step))
    assert made == [("inner", 1, 3), ("middle", 2, 3), ("outer", 3, 3)]
    assert store.references(outer) == {middle}
    assert store.references(middle) == {inner}
    again: list[object] = []
    store.realise(recipes, (outer,), lambda *step: again.append(step))
    assert again == []


def test_a_copy_keeps_links_and_executable_bits(store: Store, recipes: Recipes, tmp_path: Path) -> None:
    source = tmp_path / "source"
    (source / "sub").mkdir(parents=True)
    (source / "sub" / "run").write_bytes(b"\0\xff")
    (source / "sub" / "run").chmod(0o700)
    (source / "plain").write_text("p")
    (source / "plain").chmod(0o666)
    (source / "link").symlink_to("sub/run")
    (source / "dangling").symlink_to("/nowhere")
    os.mkdir(source / "empty")
    made = make(store, recipes, Copy("tree", str(source)))
    assert os.readlink(made / "link") == "sub/run"
    assert os.readlink(made / "dangling") == "/nowhere"
    assert (made / "sub" / "run").read_bytes() == b"\0\xff"
    assert stat.S_IMODE((made / "sub" / "run").stat().st_mode) == 0o555
    assert stat.S_IMODE((made / "plain").stat().st_mode) == 0o444
    assert (made / "empty").is_dir()
    assert store.add_tree("tree", str(source)) == str(made)
    (source / "plain").chmod(0o755)
    assert store.add_tree("tree", str(source)) != str(made)


def test_a_filter_leaves_entries_out(store: Store, recipes: Recipes, tmp_path: Path) -> None:
    source = tmp_path / "source"
    (source / ".git").mkdir(parents=True)
    (source / "a").write_text("a")
    (source / "l").symlink_to("a")
    asked: list[tuple[str, str]] = []

    def accept(path: str, kind: str) -> bool:
        asked.append((os.path.basename(path), kind))
        return not path.endswith(".git")

    made = make(store, recipes, Copy("tree", str(source), accept))
    assert sorted(os.listdir(made)) == ["a", "l"]
    assert asked == [(".git", "directory"), ("a", "regular"), ("l", "symlink")]


def test_special_files_are_refused(store: Store, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    os.mkfifo(source / "pipe")
    with pytest.raises(Failure) as caught:
        Copy("tree", str(source))
    assert caught.value.diagnostic.code == "special-file"
    assert "FIFO" in str(caught.value)
    with pytest.raises(Failure) as caught:
        Copy("gone", str(tmp_path / "gone"))
    assert caught.value.diagnostic.code == "source-missing"


def test_a_source_that_changes_meanwhile_is_refused(store: Store, recipes: Recipes, tmp_path: Path) -> None:
    source = tmp_path / "file"
    source.write_text("one")
    path = recipes.add(Copy("file", str(source)))
    source.write_text("two")
    with pytest.raises(Failure) as caught:
        store.realise(recipes, (path,))
    assert caught.value.diagnostic.code == "source-changed"
    assert not os.path.exists(path)
    assert leftovers(store) == []


def test_a_link_farm(store: Store, recipes: Recipes) -> None:
    inner = recipes.add(Text("inner", "1"))
    farm = make(store, recipes, LinkFarm("farm", {"bin/x": inner, "share/a/b": "/usr"}))
    assert (farm / "bin" / "x").read_text() == "1"
    assert os.readlink(farm / "share" / "a" / "b") == "/usr"
    for entries in ({"a": "/x", "a/b": "/y"}, {"../out": "/x"}):
        with pytest.raises(Failure):
            make(store, recipes, LinkFarm("bad", entries))
    assert leftovers(store) == []


def test_files_make_a_generation_like_directory(store: Store, recipes: Recipes) -> None:
    made = make(
        store, recipes, Files("g", {"activate": "#!/bin/sh", "home-files": Link("", "/x")}, frozenset({"activate"}))
    )
    assert os.access(made / "activate", os.X_OK)
    assert os.readlink(made / "home-files") == "/x"


def test_a_command_writes_its_output(store: Store, recipes: Recipes) -> None:
    inner = recipes.add(Text("inner", "from inside"))
    script = """
    mkdir -p "$out/bin"
    cat %s > "$out/bin/copy"
    echo "$out/bin" > "$out/self"
    ln -s "$out/self" "$out/link"
    printf '%%s' "$greeting" > "$out/greeting"
    cat "$listPath" > "$out/list"
    chmod +x "$out/bin/copy"
    """
    command = Command("built", script % inner, (("greeting", "hi 'there'"), ("list", "a b")), pass_as_file=("list",))
    made = make(store, recipes, command)
    assert (made / "bin" / "copy").read_text() == "from inside"
    assert stat.S_IMODE((made / "bin" / "copy").stat().st_mode) == 0o555
    assert (made / "self").read_text() == f"{made}/bin\n"
    assert os.readlink(made / "link") == f"{made}/self"
    assert (made / "greeting").read_text() == "hi 'there'"
    assert (made / "list").read_text() == "a b"
    assert store.references(str(made)) == frozenset()
    assert leftovers(store) == []
    assert sorted(store.names()) == sorted([made.name, os.path.basename(inner)])


def test_a_command_has_a_clean_environment(store: Store, recipes: Recipes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "x")
    made = make(store, recipes, Command("env", 'echo "${SECRET-none} $HOME" > $out'))
    assert made.read_text() == "none /homeless-shelter\n"


def test_a_failing_command_shows_its_log(store: Store, recipes: Recipes) -> None:
    with pytest.raises(Failure) as caught:
        make(store, recipes, Command("bad", "mkdir $out; echo one; echo two >&2; false; echo never"))
    diagnostic = caught.value.diagnostic
    assert diagnostic.code == "command-failed"
    assert diagnostic.notes == ("its output was\none\ntwo",)
    with pytest.raises(Failure) as caught:
        make(store, recipes, Command("nothing", ":"))
    assert caught.value.diagnostic.code == "command-no-output"
    with pytest.raises(Failure) as caught:
        make(store, recipes, Command("killed", "kill -TERM $$"))
    assert "SIGTERM" in str(caught.value)
    assert store.names() == []
    assert leftovers(store) == []


def test_a_hard_link_to_a_foreign_file_is_separated(
    store: Store, recipes: Recipes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Isolation, "reason", "a builder that sees other files")
    foreign = store_side = Path(store.root).parent / "foreign"
    foreign.parent.mkdir(parents=True, exist_ok=True)
    foreign.write_text("mine")
    foreign.chmod(0o640)
    made = make(store, recipes, Command("linked", f"ln {store_side} $out"))
    assert stat.S_IMODE(foreign.stat().st_mode) == 0o640
    assert made.read_text() == "mine"
    assert made.stat().st_ino != foreign.stat().st_ino


def test_a_command_may_not_leave_a_pipe(store: Store, recipes: Recipes) -> None:
    with pytest.raises(Failure) as caught:
        make(store, recipes, Command("pipe", "mkdir $out; mkfifo $out/p"))
    assert caught.value.diagnostic.code == "special-file"
    assert store.names() == []


class Full:
    """A recipe that finds the disk full after having written something."""

    name = "full"
    reads = False

    def __init__(self, number: int) -> None:
        self.number = number

    def digest(self) -> str:
        return "0" * 32

    def mentions(self) -> tuple[str, ...]:
        return ()

    def write(self, site: Site) -> None:
        os.mkdir(site.path)
        Path(site.path, "half").write_text("x")
        raise OSError(self.number, os.strerror(self.number), site.path)


@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, "disk-full"), (errno.EROFS, "not-writable"), (errno.EIO, "machine-error")]
)
def test_what_the_machine_refuses_is_one_failure(store: Store, recipes: Recipes, number: int, code: str) -> None:
    before = recipes.add(Text("before", "kept out"))
    path = recipes.add(Full(number))
    with pytest.raises(Failure) as caught:
        store.realise(recipes, (before, path))
    assert caught.value.diagnostic.code == code
    assert store.names() == []
    assert leftovers(store) == []


def test_a_store_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "store").symlink_to("elsewhere")
    with pytest.raises(Failure) as caught, Store(str(tmp_path / "store")) as store:
        store.names()
    assert caught.value.diagnostic.code == "store-unsafe"
    (tmp_path / "file").write_text("")
    with pytest.raises(Failure), Store(str(tmp_path / "file")) as store:
        store.names()


def test_a_store_below_a_linked_directory_works(tmp_path: Path) -> None:
    (tmp_path / "big").mkdir()
    (tmp_path / "state").symlink_to("big")
    with Store(str(tmp_path / "state" / "store"), durable=False) as store:
        recipes = Recipes(store.root)
        path = recipes.add(Text("x", "1"))
        store.realise(recipes, (path,))
        assert Path(path).read_text() == "1"


def test_a_store_that_others_can_write_to_is_closed_again(tmp_path: Path) -> None:
    directory = tmp_path / "store"
    directory.mkdir()
    directory.chmod(0o777)
    with Store(str(directory)) as store:
        store.names()
    assert stat.S_IMODE(directory.stat().st_mode) == 0o755


def test_a_bad_name_is_refused(recipes: Recipes) -> None:
    for name in ("", "a b", "a/b", "x" * 212, "ü"):
        with pytest.raises(Failure) as caught:
            recipes.add(Text(name, ""))
        assert caught.value.diagnostic.code == "store-name"


def test_place_makes_an_object_of_a_known_path(store: Store) -> None:
    path = f"{store.root}/{'a' * 32}-ripgrep"
    calls: list[str] = []

    def fill(temporary: str) -> None:
        calls.append(temporary)
        os.symlink("/usr", temporary)

    store.place(path, fill)
    store.place(path, fill)
    assert os.readlink(path) == "/usr"
    assert len(calls) == 1 and calls[0] != path
    with pytest.raises(Failure):
        store.place("/elsewhere/x", fill)


def test_another_program_may_have_been_faster(store: Store, recipes: Recipes) -> None:
    path = recipes.add(Files("dir", {"a": "1"}))
    store.realise(recipes, (path,))
    name = os.path.basename(path)
    os.mkdir(f"{store.root}/.tmp-rival")
    Path(f"{store.root}/.tmp-rival/a").write_text("1")
    store._name(".tmp-rival", name)
    assert leftovers(store) == []
    assert Path(path, "a").read_text() == "1"


def test_durable_writing_works(tmp_path: Path) -> None:
    with Store(str(tmp_path / "store")) as store:
        recipes = Recipes(store.root)
        few = recipes.add(Files("few", {"a/b": "1", "l": Link("", "x")}))
        many = recipes.add(Files("many", {f"f{n}": str(n) for n in range(40)}))
        store.realise(recipes, (few,))
        store.realise(recipes, (many,))
        assert len(os.listdir(many)) == 40
