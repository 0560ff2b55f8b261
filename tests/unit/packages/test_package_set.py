"""The package set as a configuration sees it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from home_manager.diagnostics import Failure, Source, Span
from home_manager.nix.evaluation import Evaluator
from home_manager.nix.io import SystemIO
from home_manager.packages import Package, PackageRecipe, exe, package_set
from home_manager.packages.format_set import format_set
from home_manager.packages.join import Branch, Joined, home_path
from home_manager.packages.names import parse, table
from home_manager.packages.package_lock import EMPTY, Lacking, Locked, PackageLock
from home_manager.packages.providers import PackageRequest, Progress, Realised, SilentProgress, WantedPackage
from home_manager.packages.realise import (
    PackageSources,
    lock_needed,
    needed_packages,
    realise_packages,
    reference_finder,
)
from home_manager.store import Recipes, Store
from home_manager.values import Attrs, Builtin, Value
from home_manager.values.lazy import force


class World:
    def __init__(self, tmp_path: Path, **more: Any) -> None:
        self.store = Store(str(tmp_path / "store"), durable=False)
        self.recipes = Recipes(self.store.root)
        self.pkgs = package_set(
            self.recipes,
            system="x86_64-linux",
            formats=format_set(lambda: self.pkgs, lambda name, options: f"type of {name}"),
            **more,
        )
        self.evaluator = Evaluator(SystemIO(), store_dir=self.store.root, extra_globals={"pkgs": self.pkgs})

    def eval(self, text: str) -> Value:
        return force(self.evaluator.eval_text(text))

    def path(self, text: str) -> str:
        return str(self.eval(f"toString ({text})"))

    def build(self, text: str) -> Path:
        path = self.path(text)
        bash = str(self.pkgs["bashNonInteractive"])
        if not self.store.exists(bash):
            # A stand-in for the package that a provider would bring.
            self.store.place(
                bash, lambda where: (os.makedirs(f"{where}/bin"), os.symlink("/bin/bash", f"{where}/bin/bash"))[1]
            )  # type: ignore[func-returns-value]
        self.store.realise(self.recipes, [path])
        return Path(path)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_a_package_is_known_at_once_and_nothing_is_written(world: World) -> None:
    package = world.pkgs["ripgrep"]
    assert isinstance(package, Package)
    assert str(package).startswith(world.store.root) and str(package).endswith("-ripgrep")
    assert exe(package) == f"{package}/bin/rg"
    assert world.path("pkgs.ripgrep") == str(package)
    assert not os.path.exists(world.store.root)
    assert isinstance(world.recipes.get(str(package)), PackageRecipe)


def test_paths_differ_by_place_provider_and_lock(tmp_path: Path) -> None:
    texts = {
        str(World(tmp_path, provider=provider, lock=lock).pkgs[name])
        for provider in ("debian", "other")
        for lock in (EMPTY, PackageLock({"fd": Locked("debian", "1", ())}))
        for name in ("fd", "jq")
    }
    assert len(texts) == 5, "what is locked is what it is, whatever is asked for"
    assert str(World(tmp_path).pkgs["fd"]) == str(World(tmp_path).pkgs["fd"])


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("pkgs.fd.type", "derivation"),
        ("pkgs.fd.name", "fd"),
        ("pkgs.bash.name", "bash-interactive"),
        ("pkgs.tmuxPlugins.sensible.name", "tmuxplugin-sensible"),
        ("pkgs.neovim.meta.mainProgram", "nvim"),
        ("pkgs.fd.outputName", "out"),
        ("pkgs.fd.dev.out.bin.outPath == pkgs.fd.outPath", True),
        ("pkgs.fd == pkgs.fd", True),
        ("pkgs.fd == pkgs.jq", False),
        ("pkgs ? type || pkgs ? outPath || pkgs ? __functor", False),
        ("pkgs._type", "pkgs"),
        ("pkgs ? anything-plausible", False),
        ("pkgs.fd ? nonsense", False),
        ("pkgs.stdenv.hostPlatform.system", "x86_64-linux"),
        ("pkgs.stdenv.isLinux && !pkgs.stdenv.hostPlatform.isDarwin", True),
        ("pkgs.vscode-extensions.golang.go.name", "go"),
        ("pkgs.python3Packages.requests.pname", "requests"),
        ("(pkgs.fd.overrideAttrs (old: { meta = old.meta // { priority = 3; }; })).meta.priority", 3),
        ("(pkgs.fd.overrideAttrs (old: { meta = { }; })).outPath == pkgs.fd.outPath", True),
        ("(pkgs.fd.overrideAttrs (old: { patches = [ ./x ]; })).outPath == pkgs.fd.outPath", False),
        ("(pkgs.fd.overrideAttrs (new: old: { x = new.name; })).x", "fd"),
        ("(pkgs.fd.override { }).outPath == pkgs.fd.outPath", True),
        ("(pkgs.fd.override { a = true; }).outPath == (pkgs.fd.override { a = false; }).outPath", False),
        ('(pkgs.writeText "a" "b").text', "b"),
        ('builtins.hasContext "${pkgs.fd}"', True),
        ("(pkgs.extend (final: prev: { fd = prev.jq; new = final.fd.name; })).new", "jq"),
        ("(pkgs.appendOverlays [ (f: p: { a = 1; }) (f: p: { a = p.a + 1; }) ]).a", 2),
        ("(pkgs.extend (f: p: { a = 1; })).pkgs.a", 1),
        ('(pkgs.fetchFromGitHub { owner = "a"; repo = "b"; rev = "c"; hash = "sha256-x"; }).name', "source"),
        ("(pkgs.formats.json { }).type", "type of json"),
        ('((pkgs.formats.toml { }).generate "x.toml" { a = 1; }).text', "a = 1\n"),
        ('(pkgs.formats.systemd.generate "x" { Unit.A = [ 1 2 ]; }).text', "[Unit]\nA = 1\nA = 2\n"),
    ],
)
def test_attributes(world: World, text: str, result: object) -> None:
    assert world.eval(text) == result


def test_parts_are_remembered(world: World) -> None:
    path = world.path("pkgs.python3.withPackages (ps: [ ps.requests ps.pyyaml ])")
    recipe = world.recipes.get(path)
    assert isinstance(recipe, PackageRecipe)
    assert recipe.parts == (("python3Packages", "requests"), ("python3Packages", "pyyaml"))
    with pytest.raises(Failure) as caught:
        world.path('pkgs.python3.withPackages (ps: [ (pkgs.writeText "x" "") ])')
    assert caught.value.diagnostic.code == "package-part"


def test_ghc_with_packages_is_ghc_with_packages(world: World) -> None:
    one = world.path("pkgs.haskellPackages.ghcWithPackages (self: [ self.xmonad ])")
    assert one == world.path("pkgs.ghc.withPackages (self: [ self.xmonad ])")


def test_further_attributes_and_call_package(tmp_path: Path) -> None:
    from home_manager.nix.evaluation import call

    def call_with(available: Value, function: Value, arguments: Value) -> Value:
        return call(function, Attrs({"ripgrep": force(available)["ripgrep"], **force(arguments)}))  # type: ignore[index,dict-item]

    lib = Attrs({"callPackageWith": Builtin("callPackageWith", 3, call_with)})
    world = World(tmp_path, lib=lib, further={"mine": 7})
    assert world.eval("pkgs.mine") == 7
    assert world.eval('pkgs.callPackage ({ ripgrep, x }: ripgrep.name + x) { x = "!"; }') == "ripgrep!"


# What is made


def test_scripts(world: World) -> None:
    made = world.build('pkgs.writeShellScriptBin "greet" "echo hello $1"')
    assert (
        subprocess.run([made / "bin/greet", "you"], capture_output=True, text=True, check=True).stdout == "hello you\n"
    )
    made = world.build('pkgs.writeShellApplication { name = "app"; runtimeEnv.A = "it\'s"; text = "echo \\"$A\\""; }')
    assert subprocess.run([made / "bin/app"], capture_output=True, text=True, check=True).stdout == "it's\n"
    made = world.build('pkgs.writeScriptBin "s" "#!/bin/sh\\necho s"')
    assert subprocess.run([made / "bin/s"], capture_output=True, text=True, check=True).stdout == "s\n"


def test_a_browser_starts_with_the_arguments_of_its_package(world: World) -> None:
    def bring(where: str) -> None:
        os.makedirs(f"{where}/bin")
        Path(where, "bin/chromium").write_text('#!/bin/bash\nprintf "%s\\n" "$@"\n')
        os.chmod(f"{where}/bin/chromium", 0o755)

    world.store.place(str(world.pkgs["chromium"]), bring)
    made = world.build("pkgs.chromium.override { commandLineArgs = \"--incognito --lang='de AT'\"; }")
    ran = subprocess.run([made / "bin/chromium", "page"], capture_output=True, text=True, check=True)
    assert ran.stdout == "--incognito\n--lang=de AT\npage\n"
    assert world.path("pkgs.chromium.override { }") == str(world.pkgs["chromium"])


def test_commands_see_their_arguments(world: World) -> None:
    made = world.build(
        'pkgs.runCommand "x" { a = 1; list = [ "b" true ]; passthru.p = 1; f = x: x; '
        "nativeBuildInputs = [ pkgs.makeWrapper ]; }"
        ' "echo $a $list \\${p-none} > $out"'
    )
    assert made.read_text() == "1 b 1 none\n"
    assert world.eval('(pkgs.runCommand "x" { passthru.p = 1; } "").p') == 1
    assert world.eval('(pkgs.runCommand "x" { passthru.p = 1; } "").passthru.p') == 1
    assert world.eval("(pkgs.hello.overrideAttrs { passthru.p = 1; }).passthru.p") == 1
    assert world.eval('((pkgs.runCommand "x" { } "").overrideAttrs { passthru.p = 1; }).passthru.p') == 1


def test_what_is_made_has_the_version_in_its_name(world: World) -> None:
    assert world.eval('(pkgs.runCommand "codex-0.1.2" { } "").version') == "0.1.2"
    assert world.eval('(pkgs.runCommand "codex-0.1.2" { } "").pname') == "codex"
    assert world.eval('(pkgs.writeText "note" "").version') == ""
    assert world.eval('(pkgs.runCommand "x-1" { pname = "y"; version = "2"; } "").version') == "2"
    assert world.eval("pkgs.hello.version") == "9999"


def test_tex_live_is_a_set_that_becomes_one_package(world: World) -> None:
    assert world.eval("pkgs.texlive.collection-basic.pname") == "collection-basic"
    assert world.eval("pkgs.texlive.combined.scheme-full.type") == "derivation"
    made = world.eval("pkgs.texlive.withPackages (set: [ set.collection-basic set.algorithms ])")
    recipe = world.recipes.get(str(made))
    assert isinstance(recipe, PackageRecipe)
    assert recipe.parts == (("texlive", "collection-basic"), ("texlive", "algorithms"))


def test_derivations_run_their_phases(world: World, tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src/file").write_text("colour=@colour@\n")
    made = world.build(
        f"""pkgs.stdenv.mkDerivation (self: {{ pname = "theme"; version = "1"; src = {tmp_path}/src; colour = "red";
        postPatch = "substituteInPlace file --replace-fail colour= color= --subst-var colour";
        installPhase = "runHook preInstall; mkdir -p $out/share; cp file $out/share; runHook postInstall";
        postInstall = "echo ${{self.pname}} > $out/name"; }})"""
    )
    assert (made / "share/file").read_text() == "color=red\n"
    assert (made / "name").read_text() == "theme\n"


def test_joined_trees_and_wrapped_programs(world: World) -> None:
    made = world.build(
        """pkgs.symlinkJoin { name = "both";
        paths = [ (pkgs.writeScriptBin "a" "#!/bin/sh\\necho \\"$X $Y $*\\"") (pkgs.writeTextDir "share/t" "t") ];
        nativeBuildInputs = [ pkgs.makeWrapper ];
        postBuild = "wrapProgram $out/bin/a --set X 'it works' --prefix Y : y --add-flags '-f 1'"; }"""
    )
    assert (
        subprocess.run([made / "bin/a", "z"], capture_output=True, text=True, check=True).stdout
        == "it works y -f 1 z\n"
    )
    assert (made / "share/t").read_text() == "t"


def test_small_makers(world: World, tmp_path: Path) -> None:
    (tmp_path / "in").write_text("a @x@\n")
    assert world.build(f"pkgs.replaceVars {tmp_path}/in {{ x = 5; }}").read_text() == "a 5\n"
    assert (
        world.build('pkgs.concatText "c" [ (pkgs.writeText "1" "one") (pkgs.writeText "2" "two") ]').read_text()
        == "onetwo"
    )
    farm = world.build('pkgs.linkFarm "f" [ { name = "d/x"; path = pkgs.writeText "t" "v"; } ]')
    assert (farm / "d/x").read_text() == "v"
    entry = world.build('pkgs.makeDesktopItem { name = "n"; desktopName = "N"; exec = "e"; categories = [ "A" "B" ]; }')
    text = (entry / "share/applications/n.desktop").read_text()
    assert "Name=N\n" in text and "Categories=A;B\n" in text and "Type=Application\n" in text
    assert os.listdir(world.build("pkgs.emptyDirectory")) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("pkgs.fd.src", "package-source"),
        ("pkgs.symlinkJoin { paths = [ ]; }", "builder-without-name"),
        ("pkgs.writeTextFile 1", "builder-arguments"),
        ("pkgs.fd.overrideAttrs 1", "package-override"),
        ('pkgs.replaceVars (pkgs.writeText "a" "b") { x = 1; }', "replace-vars"),
    ],
)
def test_mistakes(world: World, text: str, code: str) -> None:
    with pytest.raises(Failure) as caught:
        force(world.path(text))
    assert caught.value.diagnostic.code == code


def test_what_cannot_be_fetched_says_so_when_it_is_needed(world: World) -> None:
    path = world.path('pkgs.fetchurl { url = "https://example.org/x.tar.gz"; hash = "sha256-x"; }')
    with pytest.raises(Failure) as caught:
        world.store.realise(world.recipes, [path])
    assert caught.value.diagnostic.code == "fetch-unavailable"
    assert any("https://example.org/x.tar.gz" in note for note in caught.value.diagnostic.notes)


def test_a_caller_may_fetch(tmp_path: Path) -> None:
    def fetch(kind: str, arguments: Any, destination: str) -> None:
        Path(destination).write_text(f"{kind} {arguments['url']}")

    world = World(tmp_path, fetch=fetch)
    made = world.build('pkgs.fetchFromGitHub { owner = "a"; repo = "b"; rev = "c"; }')
    assert made.read_text() == "fetchFromGitHub https://github.com/a/b/archive/c.tar.gz"


# The home's tree


def tree(path: Path, **files: str) -> Branch:
    for name, text in files.items():
        file = path / name.replace("__", "/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return Branch(str(path), path.name)


def made_tree(tmp_path: Path, recipe: Joined) -> Path:
    from home_manager.store import Site

    recipe.write(Site(str(tmp_path / "out"), str(tmp_path / "out")))
    return tmp_path / "out"


def test_folders_of_one_package_are_one_link(tmp_path: Path) -> None:
    branches = [tree(tmp_path / "a", bin__x="x", share__man__m="m"), tree(tmp_path / "b", bin__y="y", root__usr="r")]
    out = made_tree(tmp_path, home_path(branches))
    assert os.path.islink(out / "share") and not os.path.islink(out / "bin")
    assert sorted(os.listdir(out)) == ["bin", "share"]
    assert (out / "bin/y").read_text() == "y"


def test_two_programs_of_one_name_are_an_error_that_names_both(tmp_path: Path) -> None:
    branches = [tree(tmp_path / "vim", bin__vi="1", share__t="1"), tree(tmp_path / "neovim", bin__vi="2", share__t="2")]
    with pytest.raises(Failure) as caught:
        made_tree(tmp_path, home_path(branches))
    diagnostic = caught.value.diagnostic
    assert diagnostic.code == "package-collision"
    assert diagnostic.message == "the packages `vim` and `neovim` both have a file `bin/vi`"


def test_priority_decides_and_equal_files_do_not_collide(tmp_path: Path) -> None:
    a, b = tree(tmp_path / "a", bin__vi="1", bin__same="s"), tree(tmp_path / "b", bin__vi="2", bin__same="s")
    out = made_tree(tmp_path, home_path([a, Branch(b.path, "b", 4)]))
    assert (out / "bin/vi").read_text() == "2" and (out / "bin/same").read_text() == "s"


def test_the_same_program_made_twice_is_no_collision(tmp_path: Path) -> None:
    word = '{"bin/vi": ["deb", "usr/bin/vi"]}'
    branches = [tree(tmp_path / n, bin__vi=n) for n in ("a", "b")]
    for name in ("a", "b"):
        (tmp_path / name / ".programs").write_text(word)
    assert (made_tree(tmp_path, home_path(branches)) / "bin/vi").read_text() == "a"


def test_only_some_folders(tmp_path: Path) -> None:
    branch = tree(tmp_path / "a", bin__x="x", share__man__m="m", share__doc__d="d", etc__e="e")
    out = made_tree(tmp_path, Joined("j", (branch,), only=("bin", "share/man"), whole=True))
    assert sorted(os.listdir(out)) == ["bin", "share"] and os.listdir(out / "share") == ["man"]


# Bringing


WITH_TWO_PACKAGES = 'pkgs.writeText "r" "${pkgs.fd}/bin ${pkgs.writeText "s" "${pkgs.jq} ${pkgs.fd}"}"'


class Recording:
    name = "recording"

    def __init__(self, store: Store) -> None:
        self.store = store
        self.requests: list[PackageRequest] = []
        self.wanted: list[WantedPackage] = []

    def lock(
        self, requests: Sequence[PackageRequest], progress: Progress, *, refresh: bool = False
    ) -> list[Locked | Lacking]:
        self.requests += requests
        return [Locked(self.name, "1", (), {"name": request.key}) for request in requests]

    def pin(self) -> Mapping[str, str]:
        return {}

    def realise(self, wanted: Sequence[WantedPackage], progress: Progress) -> list[Realised]:
        self.wanted += wanted
        for each in wanted:
            self.store.place(each.path, os.mkdir)
        return [Realised(each, "1") for each in wanted]

    def search(self, words: str, limit: int = 20) -> list[tuple[str, str, str]]:
        return []

    def describe(self) -> str:
        return "a test"


def test_only_what_is_needed_is_locked_and_made(world: World, tmp_path: Path) -> None:
    world.path("pkgs.unused")
    root = world.path(WITH_TWO_PACKAGES)
    provider = Recording(world.store)
    sources = PackageSources(lambda name: provider, ["recording"])
    source = Source("home.nix", "# jq here\nwith pkgs; [ jq fd-extra ]")
    mention = reference_finder([Span(source, 0, len(source.text))])
    lock = lock_needed(EMPTY, world.recipes, [root], sources, SilentProgress(), mention)
    assert sorted(request.text for request in provider.requests) == ["fd", "jq"]
    spans = {request.text: request.mention for request in provider.requests}
    assert str(spans["jq"]) == "home.nix:2:14" and spans["fd"] is None
    again = World(tmp_path, lock=lock)
    root = again.path(WITH_TWO_PACKAGES)
    assert lock_needed(lock, again.recipes, [root], sources, SilentProgress(), mention) is lock
    realise_packages(again.store, again.recipes, [root], sources, SilentProgress())
    assert sorted(each.request.text for each in provider.wanted) == ["fd", "jq"]
    again.store.realise(again.recipes, [root])
    assert needed_packages(again.recipes, [root], again.store) == {}
    assert realise_packages(again.store, again.recipes, [root], sources, SilentProgress()) == []


def test_a_lacking_package_is_an_empty_folder(tmp_path: Path) -> None:
    world = World(tmp_path, lock=PackageLock({"fd": Lacking(("debian", "host"))}))
    root = world.path("pkgs.fd")
    world.store.realise(world.recipes, [root])
    assert Path(root, "nix-support/lacking").read_text() == "fd: debian, host\n"
    assert [each.name for each in Path(root).iterdir()] == ["nix-support"]


# The table of names


def test_the_table_is_sorted_and_sound() -> None:
    names = list(table())
    assert names == sorted(names) and len(names) == len(set(names)) > 1000
    for name in names:
        entry = table()[name]
        assert entry.main_program and entry.name
        assert all(new == "*" or (new and old) for new, old in entry.renames), name
        assert not (entry.absent and entry.debian)


@pytest.mark.parametrize(
    ("line", "debian", "main", "absent"),
    [
        ("fd\t\t\tfd-find\tfd=fdfind", ("fd-find",), "fd", False),
        ("ripgrep\t\trg", (), "rg", False),
        ("yazi\t\t\t-", (), "yazi", True),
        ("a.b", (), "b", False),
    ],
)
def test_lines_of_the_table(line: str, debian: tuple[str, ...], main: str, absent: bool) -> None:
    entry = parse(line)
    assert (entry.debian, entry.main_program, entry.absent) == (debian, main, absent)


def test_a_tree_begins_at_a_folder_of_each_object(tmp_path: Path) -> None:
    branches = (tree(tmp_path / "a", share__units__x="x", bin__x="p"), tree(tmp_path / "b", etc__e="e"))
    out = made_tree(tmp_path, Joined("j", branches, below="share/units"))
    assert os.listdir(out) == ["x"] and (out / "x").read_text() == "x"
