"""What a pure evaluation reads: every builtin that touches the disk, against every kind of link, as Nix has it.

Each expression is evaluated here in a flake, and in Nix itself where `NIX_BIN` names it. What lies outside is a secret,
which must not come out by any of them.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from home_manager.diagnostics import Failure
from home_manager.flakes.cache import Cache
from home_manager.flakes.fetched_sources import fetch_source
from home_manager.flakes.fetchers import Fetchers
from home_manager.flakes.locking import LockFlags
from home_manager.flakes.references import of_user
from home_manager.nix.evaluation import deep_force, force
from home_manager.nix.printer import print_value
from unit.flakes.conftest import Bench, repository, write

SECRET = "SECRET"

LINKS = {
    "absolute": "PLACE/secret",
    "upwards": "../secret",
    "down-and-up": "dir/../../secret",
    "chain": "absolute",
    "folder": "PLACE/secrets",
    "folder-up": "../secrets",
    "loop": "loop",
    "inside": "dir/file",
    "inside-folder": "dir",
    "of-itself": "PLACE/flake/dir/file",
    "dir/up": "../dir/file",
    "nowhere": "nothing",
}

OUTSIDE = ("./absolute", "./upwards", "./down-and-up", "./chain", "./folder/key", "./folder-up/key", "./of-itself")
FOLDERS = ("./folder", "./folder-up")

READERS = {
    "readFile": "builtins.readFile X",
    "hashFile": 'builtins.hashFile "sha256" X',
    "import": "import X",
    "scopedImport": "builtins.scopedImport { } X",
    "path": "builtins.path { path = X; }",
    "path flat": "builtins.path { path = X; recursive = false; }",
    "path named": 'builtins.path { path = X; name = "n"; sha256 = ""; }',
    "filterSource": "builtins.filterSource (p: t: true) X",
    "interpolated": 'builtins.readFile "${X}"',
    "interpolated and imported": 'import "${X}"',
    "interpolated and hashed": 'builtins.hashFile "sha256" "${X}"',
    "copied": 'builtins.readFile "${builtins.path { path = ./.; name = "n"; }}/${baseNameOf X}"',
    "found": 'builtins.readFile (builtins.findFile [ { prefix = ""; path = ./.; } ] (baseNameOf X))',
    "TOML": "builtins.fromTOML (builtins.readFile X)",
    "JSON": "builtins.fromJSON (builtins.readFile X)",
}

FOLDER_READERS = {
    "readDir": "builtins.readDir X",
    "readDir in the store": 'builtins.readDir "${X}"',
    "readFile": 'builtins.readFile (X + "/key")',
    "readFile in the store": 'builtins.readFile "${X}/key"',
    "hashFile": 'builtins.hashFile "sha256" "${X}/key"',
    "import": 'import "${X}/key"',
    "path": "builtins.path { path = X; }",
    "path within": 'builtins.path { path = X + "/key"; }',
    "filterSource": "builtins.filterSource (p: t: true) X",
    "interpolated within": '"${X + "/key"}"',
    "copied": 'builtins.readDir "${builtins.path { path = ./.; name = "n"; }}/${baseNameOf X}"',
}

AS_IT_IS = {
    "builtins.readFile ./inside": '"IN"',
    "builtins.readFile ./dir/up": '"IN"',
    "builtins.readFile ./inside-folder/file": '"IN"',
    'builtins.readFile "${./.}/inside"': '"IN"',
    'builtins.readFile "${builtins.path { path = ./inside; }}"': '"IN"',
    "builtins.readDir ./inside-folder": '{ file = "regular"; up = "symlink"; }',
    "builtins.readFileType ./absolute": '"symlink"',
    "builtins.readFileType ./folder": '"symlink"',
    "builtins.pathExists ./absolute": "true",
    "builtins.pathExists ./folder": "true",
    "builtins.pathExists ./nowhere": "true",
    "builtins.pathExists ./loop": "true",
    "builtins.pathExists ./inside-folder/file": "true",
    "builtins.pathExists ./folder/key": "false",
    'builtins.pathExists (toString ./folder + "/")': "false",
    'builtins.pathExists (toString ./inside-folder + "/")': "true",
    "builtins.pathExists PLACE/secret": "false",
    'builtins.pathExists "PLACE/nothing"': "false",
    'builtins.pathExists "PLACE/secrets/"': "false",
    "builtins.pathExists ../secret": "false",
    'builtins.toPath "PLACE/secret"': '"PLACE/secret"',
    "(builtins.readDir ./.).folder": '"symlink"',
    'builtins.readFile "${builtins.toFile "x" "text"}"': '"text"',
    'builtins.readFile "${builtins.filterSource (p: t: true) ./dir}/file"': '"IN"',
    'builtins.readFile (builtins.filterSource (p: t: true) ./. + "/inside")': '"IN"',
    'builtins.attrNames (builtins.readDir (builtins.filterSource (p: t: baseNameOf p != "file") ./dir))': '[ "up" ]',
    'builtins.pathExists (builtins.filterSource (p: t: baseNameOf p != "file") ./dir + "/file")': "false",
    'builtins.readFile (builtins.path { path = ./.; name = "n"; filter = p: t: true; } + "/dir/file")': '"IN"',
}

REFUSED = [
    "builtins.readFile PLACE/secret",
    'builtins.readFile "PLACE/secret"',
    'builtins.readFile (builtins.toPath "PLACE/secret")',
    "builtins.readFile ../secret",
    'builtins.readFile (./. + "/../secret")',
    "builtins.readDir PLACE/secrets",
    "builtins.readDir ./..",
    "builtins.readFileType PLACE/secret",
    "builtins.readFileType ./folder/key",
    'builtins.hashFile "sha256" PLACE/secret',
    "import PLACE/secret",
    '"${PLACE/secret}"',
    '"${PLACE/secrets}"',
    "builtins.path { path = PLACE/secret; }",
    'builtins.path { path = "PLACE/secret"; }',
    "builtins.filterSource (p: t: true) PLACE/secrets",
    'builtins.readFile (builtins.findFile [ { prefix = ""; path = "PLACE"; } ] "secret")',
    'builtins.fetchTree { type = "path"; path = "PLACE/secrets"; }',
    'builtins.fetchTree "path:PLACE/secrets"',
    'builtins.getFlake "path:PLACE/secrets"',
    'builtins.fetchurl "file://PLACE/secret"',
    'builtins.fetchTarball "file://PLACE/secret"',
    "builtins.fetchGit PLACE/secrets",
    'builtins.storePath "PLACE/secret"',
    "builtins.readFile ./loop",
    'builtins.readFile "${./inside}"',
    'builtins.readDir "${./inside-folder}"',
    'builtins.readFile "${builtins.path { path = ./dir; name = "x"; }}/up"',
    'builtins.readFile (builtins.filterSource (p: t: true) ./. + "/absolute")',
    'builtins.readFile (builtins.filterSource (p: t: true) ./. + "/folder/key")',
    'builtins.readFile (builtins.filterSource (p: t: baseNameOf p != "file") ./dir + "/file")',
    'builtins.readFile (builtins.path { path = ./.; name = "n"; filter = p: t: true; } + "/upwards")',
]


def _table() -> list[str]:
    found = [
        text.replace("X", path)
        for text in READERS.values()
        for path in OUTSIDE
        if "/key" not in path or "base" not in text
    ]
    found += [text.replace("X", path) for text in FOLDER_READERS.values() for path in FOLDERS]
    return [*dict.fromkeys(found), *REFUSED]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A flake full of links, and secrets beside it."""
    place = tmp_path_factory.mktemp("pure")
    write(place, {"secret": SECRET, "secrets/key": SECRET, "flake/dir/file": "IN"})
    for name, target in LINKS.items():
        os.symlink(target.replace("PLACE", str(place)), place / "flake" / name)
    return place


def _ours(place: Path, kind: str, expression: str) -> str:
    bench = Bench(place / "cache")
    flake = place / "flake" / "flake.nix"
    flake.write_text(f"{{ outputs = {{ self }}: {{ x = {expression.replace('PLACE', str(place))}; }}; }}")
    value = bench.flakes.call(of_user(f"{kind}{place}/flake", "/"), LockFlags(write=False))
    return print_value(deep_force(value["x"]))


@pytest.mark.parametrize("expression", _table())
def test_nothing_outside_is_read(place: Path, expression: str) -> None:
    with pytest.raises(Failure) as failed:
        _ours(place, "path:", expression)
    shown = str(failed.value.diagnostic)
    assert SECRET not in shown
    assert failed.value.diagnostic.code in ("nix-pure", "nix-io", "nix-hash", "nix-throw"), shown


@pytest.mark.parametrize("expression", AS_IT_IS)
def test_what_is_inside_is_read(place: Path, expression: str) -> None:
    assert _ours(place, "path:", expression) == AS_IT_IS[expression].replace("PLACE", str(place))


@pytest.mark.skipif("NIX_BIN" not in os.environ, reason="set NIX_BIN to the folder of a real `nix`")
@pytest.mark.slow
@pytest.mark.parametrize("expression", [*_table(), *AS_IT_IS])
def test_nix_does_the_same(place: Path, expression: str) -> None:
    flake = place / "flake" / "flake.nix"
    flake.write_text(f"{{ outputs = {{ self }}: {{ x = {expression.replace('PLACE', str(place))}; }}; }}")
    words = [f"{os.environ['NIX_BIN']}/nix", "--extra-experimental-features", "nix-command flakes"]
    words += ["--store", str(place / "nix"), "eval", f"path:{place}/flake#x"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.returncode == 0) == (expression in AS_IT_IS), done.stderr
    if expression in AS_IT_IS:
        assert done.stdout.strip() == AS_IT_IS[expression].replace("PLACE", str(place))


def test_copies_hold_links_as_links(place: Path) -> None:
    bench = Bench(place / "cache")
    (place / "flake/flake.nix").write_text(
        '{ outputs = { self }: { link = "${./absolute}"; all = "${builtins.path { path = ./.; name = "n"; }}"; }; }'
    )
    value = bench.flakes.call(of_user(f"path:{place}/flake", "/"), LockFlags(write=False))
    link, all_ = str(force(value["link"])), str(force(value["all"]))
    recipes = bench.recipes
    from home_manager.store import Store

    with Store(str(place / "store"), durable=False) as store:
        moved = {path: path.replace("/store/", f"{store.root}/") for path in (link, all_)}
        for path, new in moved.items():
            recipe = recipes.get(path)
            assert recipe is not None
            from home_manager.store.recipes import Site

            recipe.write(Site(_ready(new), new))
            assert SECRET not in _contents(new)
    assert os.readlink(moved[link]) == f"{place}/secret"


def _ready(path: str) -> str:
    os.makedirs(os.path.dirname(path), exist_ok=True)
    return path


def _contents(path: str) -> str:
    if os.path.islink(path):
        return ""
    if os.path.isdir(path):
        return "".join(_contents(f"{path}/{name}") for name in os.listdir(path))
    return Path(path).read_text()


LIBRARY = {
    "lib.fileset.toSource { root = ./.; fileset = ./dir; }": True,
    "lib.fileset.toSource { root = ./.; fileset = PLACE/secret; }": False,
    "lib.fileset.toSource { root = PLACE; fileset = PLACE/secret; }": False,
    "lib.fileset.toList ./folder": None,
    "lib.fileset.toList ./inside-folder": None,
    "lib.sources.cleanSource ./folder": False,
    "lib.cleanSourceWith { src = ./folder-up; filter = p: t: true; }": False,
    "lib.sources.cleanSource ./dir": True,
    'lib.sources.sourceByRegex ./folder [ ".*" ]': False,
    "lib.filesystem.listFilesRecursive ./folder": False,
    "lib.filesystem.listFilesRecursive PLACE/secrets": False,
    "lib.filesystem.listFilesRecursive ./dir": True,
    "lib.filesystem.pathType PLACE/secret": False,
    "lib.sources.commitIdFromGitRepo PLACE/secrets": False,
}


@pytest.mark.parametrize("expression", LIBRARY)
def test_the_library_reads_no_more(place: Path, expression: str, evaluate_text: Callable[[str, Path], str]) -> None:
    wanted = LIBRARY[expression]
    try:
        shown = evaluate_text(expression, place)
    except Failure as problem:
        assert wanted is not True, problem.diagnostic
        assert SECRET not in str(problem.diagnostic)
    else:
        assert SECRET not in shown
        assert wanted is not False, shown


@pytest.fixture
def evaluate_text() -> Callable[[str, Path], str]:
    from home_manager.frontends.nix.lib.library import Library

    def run(expression: str, place: Path) -> str:
        bench = Bench(place / "cache")
        library = Library(bench.evaluator, extended=True)
        flake = place / "flake" / "flake.nix"
        text = expression.replace("PLACE", str(place))
        flake.write_text(f"{{ outputs = {{ self }}: {{ x = lib: {text}; }}; }}")
        value = bench.flakes.call(of_user(f"path:{place}/flake", "/"), LockFlags(write=False))
        from home_manager.nix.evaluation import call

        found = force(call(value["x"], library.root))
        if isinstance(found, dict) and "outPath" in found:
            found = force(found["outPath"])
        return print_value(deep_force(found))

    return run


@pytest.mark.parametrize("kind", ["path:", "git+file://"])
def test_inputs_of_every_kind_are_held_to_their_trees(kind: str, tmp_path: Path) -> None:
    write(tmp_path, {"secret": SECRET, "secrets/key": SECRET})
    (tmp_path / "input").mkdir()
    os.symlink(tmp_path / "secret", tmp_path / "input/link")
    os.symlink(tmp_path / "secrets", tmp_path / "input/folder")
    repository(tmp_path / "input", {"file": "IN"})
    for expression in (
        'builtins.readFile "${i}/link"',
        'builtins.readFile (i + "/link")',
        'builtins.readDir "${i}/folder"',
        'builtins.readFile "${i}/folder/key"',
        'builtins.readFile "${i}/../secret"',
        'builtins.path { path = "${i}/link"; }',
    ):
        write(
            tmp_path / "flake",
            {
                "flake.nix": f'{{ inputs.i = {{ url = "{kind}{tmp_path}/input"; flake = false; }};'
                f" outputs = {{ self, i }}: {{ x = {expression}; }}; }}"
            },
        )
        value = Bench(tmp_path / "cache").flakes.call(of_user(f"path:{tmp_path}/flake", "/"), LockFlags(write=False))
        with pytest.raises(Failure) as failed:
            force(value["x"])
        assert failed.value.diagnostic.code == "nix-pure"


def test_an_archive_with_links_is_held_to_its_tree(tmp_path: Path) -> None:
    write(tmp_path, {"secret": SECRET, "top/file": "IN"})
    for name, target in (("absolute", f"{tmp_path}/secret"), ("upwards", "../../../../secret"), ("inside", "file")):
        os.symlink(target, tmp_path / "top" / name)
    subprocess.run(["tar", "-czf", str(tmp_path / "x.tar.gz"), "-C", str(tmp_path), "top"], check=True)
    for name, wanted in (("absolute", None), ("upwards", None), ("inside", "IN")):
        url = f"file://{tmp_path}/x.tar.gz"
        outputs = f'{{ self, i }}: {{ x = builtins.readFile "${{i}}/{name}"; }}'
        text = f'{{ inputs.i = {{ url = "{url}"; flake = false; }}; outputs = {outputs}; }}'
        write(tmp_path / "flake", {"flake.nix": text})
        value = Bench(tmp_path / "cache").flakes.call(of_user(f"path:{tmp_path}/flake", "/"), LockFlags(write=False))
        if wanted is None:
            with pytest.raises(Failure) as failed:
                force(value["x"])
            assert failed.value.diagnostic.code == "nix-pure"
        else:
            assert force(value["x"]) == wanted


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("fetchurl", {"url": "file://PLACE/secret"}),
        ("fetchurl", {"urls": ["https://h/x", "file:PLACE/secret"]}),
        ("fetchzip", {"url": "file://PLACE/secret"}),
        ("fetchgit", {"url": "PLACE/repository", "rev": "0" * 40}),
        ("fetchgit", {"url": "file://PLACE/repository", "rev": "0" * 40}),
    ],
)
def test_sources_are_not_fetched_from_this_machine(kind: str, more: dict[str, object], tmp_path: Path) -> None:
    arguments = json.loads(json.dumps(more).replace("PLACE", str(tmp_path)))
    with pytest.raises(Failure) as failed:
        fetch_source(Fetchers(Cache(str(tmp_path / "cache"))), kind, arguments, str(tmp_path / "x"), pure=True)
    assert failed.value.diagnostic.code == "nix-pure"


def test_a_lock_file_that_is_a_link_out_of_the_flake_is_not_written(tmp_path: Path) -> None:
    write(tmp_path, {"mine": "mine", "leaf/flake.nix": "{ outputs = { self }: { }; }"})
    write(tmp_path / "flake", {"flake.nix": f'{{ inputs.l.url = "path:{tmp_path}/leaf"; outputs = i: {{ }}; }}'})
    os.symlink("../mine", tmp_path / "flake/flake.lock")
    with pytest.raises(Failure) as failed:
        Bench(tmp_path / "cache").flakes.call(of_user(f"path:{tmp_path}/flake", "/"), LockFlags())
    assert failed.value.diagnostic.code in ("nix-pure", "flake-lock")
    assert (tmp_path / "mine").read_text() == "mine"
