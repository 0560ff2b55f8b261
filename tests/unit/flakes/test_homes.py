"""Flakes with homes: what nixpkgs and home-manager are in them, and which home is taken."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from home_manager.configuration.evaluate import evaluate_configuration
from home_manager.configuration.flake.home_configurations import candidates
from home_manager.configuration.request import LockWishes, Request
from home_manager.diagnostics import Failure
from home_manager.home.home import open_home
from home_manager.nix.deep_stack import with_deep_stack
from home_manager.nix.evaluation import deep_force, to_python
from home_manager.options.eval_modules import Evaluation
from home_manager.store import Recipes, Site
from home_manager.values.lazy import force
from unit.flakes.conftest import repository, write

BASE = '{ home.username = "alice"; home.homeDirectory = "/home/alice"; home.stateVersion = "25.11"; }'

Shown = Callable[..., object]


def evaluation(flake: Path, name: str = "alice", **more: object) -> Evaluation:
    request = Request(flake=f"path:{flake}#{name}", **more)  # type: ignore[arg-type]
    recipes = Recipes("/store")
    return with_deep_stack(
        lambda: evaluate_configuration(request, recipes, report=lambda text: None, home="/home/alice")
    )


@pytest.fixture
def shown(tmp_path: Path) -> Shown:
    """The value that an expression has among the inputs of a flake, by way of a variable of a home."""

    def value(expression: str, module: str = "{ }", arguments: str = "", **more: object) -> object:
        text = f"""{{
          inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
          inputs.home-manager.url = "github:nix-community/home-manager";
          outputs = inputs@{{ self, nixpkgs, home-manager, ... }}: {{
            homeConfigurations.alice = home-manager.lib.homeManagerConfiguration {{
              pkgs = nixpkgs.legacyPackages.x86_64-linux;
              modules = [ {BASE} ({module}) ({{ lib, pkgs, config, ... }}@given: {{
                options.shown = lib.mkOption {{ type = lib.types.raw; }};
                config.shown = ({expression});
              }}) ];
              {arguments}
            }};
          }};
        }}"""
        write(tmp_path / "flake", {"flake.nix": text})
        found = evaluation(tmp_path / "flake", **more)
        return with_deep_stack(lambda: to_python(deep_force(force(found.value("shown")))))

    return value


@pytest.mark.parametrize(
    ("expression", "wanted"),
    [
        ("nixpkgs.lib.toUpper \"a\"", "A"),
        ("nixpkgs.lib ? hm", False),
        ("lib ? hm && home-manager.lib ? hm", True),
        ("nixpkgs.lib.isFunction nixpkgs.lib.nixosSystem", True),
        ("nixpkgs._type", "flake"),
        ("(import nixpkgs { system = \"x86_64-linux\"; }).system", "x86_64-linux"),
        ("(import nixpkgs { system = \"aarch64-darwin\"; }).stdenv.hostPlatform.isDarwin", True),
        ("(import nixpkgs { localSystem.system = \"x86_64-linux\"; config.allowUnfree = true; }).config.allowUnfree", True),
        (
            '(import nixpkgs { system = "x86_64-linux"; overlays = [ (final: prev: { a = "b"; }) ]; }).a',
            "b",
        ),
        ("(nixpkgs.legacyPackages.x86_64-linux.extend (final: prev: { a = 1; })).a", 1),
        ("(import \"${nixpkgs}/lib\").toUpper \"a\"", "A"),
        ("(import (nixpkgs + \"/lib\")).toUpper \"a\"", "A"),
        ("(import inputs.nixpkgs.outPath { system = \"x86_64-linux\"; }).hello.pname", "hello"),
        ("builtins.hasContext nixpkgs.outPath", True),
        ("home-manager.packages.x86_64-linux.default == home-manager.packages.x86_64-linux.home-manager", True),
        ("builtins.attrNames self.inputs", ["home-manager", "nixpkgs"]),
        ("self.outputs ? homeConfigurations && self ? sourceInfo", True),
        ("builtins.getEnv \"HOME\"", ""),
        ("builtins ? currentSystem", False),
        ("builtins.pathExists \"/etc/passwd\"", False),
        ("builtins.readFile ./flake.nix == builtins.readFile \"${self}/flake.nix\"", True),
        ("toString ./. == self.outPath", True),
        ("self.homeConfigurations.alice.config.home.username", "alice"),
        (
            "(self.homeConfigurations.alice.extendModules { modules = [ { home.file.a.text = \"x\"; } ]; })"
            ".config.home.file.a.text",
            "x",
        ),
        ("builtins.substring 0 7 (baseNameOf self.homeConfigurations.alice.activationPackage.name)", "home-ma"),
        ("pkgs.system", "x86_64-linux"),
    ],
)  # fmt: skip
def test_what_flakes_ask_of_us(expression: str, wanted: object, shown: Shown) -> None:
    assert shown(expression) == wanted


def test_a_library_that_was_extended_reaches_the_modules(shown: Shown) -> None:
    arguments = "lib = nixpkgs.lib.extend (final: prev: { mine = 7; });"
    assert shown("[ lib.mine (lib ? hm) (lib.hm.dag ? entryAfter) ]", arguments=arguments) == [7, True, True]


def test_special_arguments_reach_the_modules(shown: Shown) -> None:
    module = "{ who, ... }: { home.file.who.text = who; }"
    assert shown("config.home.file.who.text", module, 'extraSpecialArgs.who = "me";') == "me"


def test_unchecked_options(shown: Shown) -> None:
    assert shown("1", "{ programs.nothing-of-this-name.enable = true; }", "check = false;") == 1


def test_impure_flakes_see_the_machine(shown: Shown) -> None:
    assert shown('builtins.getEnv "HOME"', impure=True) == os.environ["HOME"]


@pytest.mark.parametrize(
    ("expression", "code", "message"),
    [
        ("nixpkgs.legacyPackages.x86-linux.hello", "flake-system", "`nixpkgs.legacyPackages` has no platform `x86-linux`"),
        ("import nixpkgs { }", "flake-system", "`import nixpkgs` in a flake has to say for which platform"),
        ("import nixpkgs { systen = 1; }", "nix-argument", "nixpkgs takes no argument `systen`"),
        ("nixpkgs.lib.nixosSystem { }", "flake-system-configuration", None),
        ("home-manager.nixosModules.default { }", "flake-system-configuration", None),
        ('import "${nixpkgs}/pkgs/nothing.nix"', "flake-replaced-file", None),
        ('builtins.readFile "/etc/passwd"', "nix-pure", None),
        ("builtins.fetchTarball \"http://127.0.0.1:9/x.tar.gz\"", "nix-pure", None),
    ],
)  # fmt: skip
def test_what_cannot_be(expression: str, code: str, message: str | None, shown: Shown) -> None:
    with pytest.raises(Failure) as failed:
        shown(expression)
    assert failed.value.diagnostic.code == code
    assert message is None or failed.value.diagnostic.message == message


def test_homes_from_a_directory(tmp_path: Path) -> None:
    flake = """{
      outputs = { self, nixpkgs, home-manager, ... }@inputs: {
        homeConfigurations = home-manager.lib.homesFromDirectory { inherit inputs; directory = ./homes; };
      };
    }"""
    place = write(
        tmp_path / "flake",
        {
            "flake.nix": flake,
            "homes/alice/default.nix": "{ inputs, ... }: { home.file.base.text = inputs.self._type; }",
            "homes/alice/meta.nix": '{ system = "aarch64-linux"; }',
            "homes/alice@global/default.nix": '{ home.file.global.text = "g"; }',
            "homes/alice@laptop/default.nix": '{ home.file.laptop.text = "l"; }',
            "homes/bob@global/default.nix": "{ }",
            "homes/not-a-home/readme": "",
        },
    )
    alice = evaluation(place)
    assert (alice.value("home.username"), alice.value("home.homeDirectory")) == ("alice", "/home/alice")
    assert alice.value("nixpkgs.system") == "aarch64-linux"
    files = {"base", "global", "laptop"}
    assert files & set(alice.value("home.file")) == {"base", "global"}  # type: ignore[call-overload]
    assert files <= set(evaluation(place, "alice@laptop").value("home.file"))  # type: ignore[call-overload]
    assert evaluation(place, "bob").value("home.username") == "bob"
    with pytest.raises(Failure) as failed:
        evaluation(place, "not-a-home")
    assert "the homes that it has: `alice`, `alice@laptop`, `bob`" in failed.value.diagnostic.notes


def test_get_flake_of_a_locked_flake(tmp_path: Path, shown: Shown) -> None:
    other = repository(tmp_path / "other", {"flake.nix": '{ outputs = { self }: { x = "y"; }; }'})
    from unit.flakes.conftest import git

    rev = git(other, "rev-parse", "HEAD").strip()
    assert shown(f'(builtins.getFlake "git+file://{other}?rev={rev}").x') == "y"
    with pytest.raises(Failure) as failed:
        shown(f'(builtins.getFlake "git+file://{other}").x')
    assert failed.value.diagnostic.code == "nix-pure"


def test_the_names_that_are_tried() -> None:
    hosts = ["host", "host.lan", "host.lan.example.org"]
    assert candidates({"USER": "al"}, hosts) == ["al@host", "al@host.lan", "al@host.lan.example.org", "al"]


def test_a_lock_file_is_read_in_place_of_the_own_one(tmp_path: Path) -> None:
    other = repository(tmp_path / "other", {"file": "one"})
    text = f"""{{
      inputs.other = {{ url = "git+file://{other}"; flake = false; }};
      outputs = {{ self, nixpkgs, home-manager, other }}: {{
        homeConfigurations.alice = home-manager.lib.homeManagerConfiguration {{
          pkgs = nixpkgs.legacyPackages.x86_64-linux;
          modules = [ {BASE} {{ home.file.x.text = builtins.readFile "${{other}}/file"; }} ];
        }};
      }};
    }}"""
    place = write(tmp_path / "flake", {"flake.nix": text})

    def file(**more: object) -> object:
        entry = force(evaluation(place, **more).value("home.file")["x"])  # type: ignore[index]
        return force(entry["text"])  # type: ignore[index]

    assert file() == "one"
    (place / "flake.lock").rename(tmp_path / "kept.lock")
    from unit.flakes.conftest import git

    write(other, {"file": "second"})
    git(other, "commit", "-q", "-a", "-m", "second")
    assert file(locking=LockWishes(no_write=True)) == "second"
    assert not (place / "flake.lock").exists()
    assert file(locking=LockWishes(reference_file=str(tmp_path / "kept.lock"))) == "one"


def test_failures_name_files_where_they_lie(tmp_path: Path) -> None:
    flake = f"""{{
      outputs = {{ nixpkgs, home-manager, ... }}: {{
        homeConfigurations.alice = home-manager.lib.homeManagerConfiguration {{
          pkgs = nixpkgs.legacyPackages.x86_64-linux;
          modules = [ {BASE} ./wrong.nix ];
        }};
      }};
    }}"""
    place = write(tmp_path / "flake", {"flake.nix": flake, "wrong.nix": "[ ]"})
    with pytest.raises(Failure) as failed:
        open_home(Request(flake=f"path:{place}#alice")).evaluate()
    diagnostic = failed.value.finished()[0]
    texts = [diagnostic.message, *diagnostic.notes, *(frame.text for frame in diagnostic.frames)]
    assert any(str(place / "wrong.nix") in text for text in texts)
    assert not any("-source" in text for text in texts)


def test_nixpkgs_is_found_on_the_search_path_where_no_flake_is(tmp_path: Path) -> None:
    found = '(import <nixpkgs> { }).system + (import <nixpkgs/lib>).toUpper "a"'
    text = f"{{ imports = [ {BASE} ]; home.file.x.text = {found}; }}"
    write(tmp_path / "plain", {"home.nix": text})
    request = Request(config=str(tmp_path / "plain/home.nix"))
    found = evaluate_configuration(request, Recipes("/store"), report=lambda text: None)

    def file() -> object:
        entry = force(found.value("home.file")["x"])  # type: ignore[index]
        return force(entry["text"])  # type: ignore[index]

    assert str(with_deep_stack(file)).endswith("-linuxA")


@pytest.mark.parametrize(
    ("module", "words"),
    [
        ('{ home.file.x.source = "/etc/hostname"; }', "access to absolute path '/etc/hostname'"),
        ("{ home.file.x.source = /etc/hostname; }", "access to absolute path '/etc/hostname'"),
        ("{ home.file.x.text = builtins.readFile ../beside; }", "the path 'beside' beside the flake"),
        ("{ imports = [ ../beside ]; }", "the path 'beside' beside the flake"),
        ("{ home.file.x.source = ../beside; }", "the path 'beside' beside the flake"),
    ],
)
def test_what_lies_outside_of_a_flake_is_not_seen(module: str, words: str, tmp_path: Path) -> None:
    flake = f"""{{
      outputs = {{ nixpkgs, home-manager, ... }}: {{
        homeConfigurations.alice = home-manager.lib.homeManagerConfiguration {{
          pkgs = nixpkgs.legacyPackages.x86_64-linux;
          modules = [ {BASE} ({module}) ];
        }};
      }};
    }}"""
    write(tmp_path, {"flake/flake.nix": flake, "beside": "{ }"})
    with pytest.raises(Failure) as failed:
        open_home(Request(flake=f"path:{tmp_path}/flake#alice")).evaluate()
    assert words in failed.value.diagnostic.message
    assert failed.value.diagnostic.code == "nix-pure"


@pytest.mark.parametrize(
    ("source", "more", "words"),
    [
        ("./own", "", "was given a path of a flake"),
        ('(self + "/own")', "", "was given a path of a flake"),
        ('"/home/alice/own"', "recursive = true;", "`recursive` makes links to the files that were in"),
        ('"/home/alice/own"', "", ""),
    ],
)
def test_a_link_out_of_the_store_that_stays_in_it_is_told(source: str, more: str, words: str, tmp_path: Path) -> None:
    flake = f"""{{
      outputs = {{ self, nixpkgs, home-manager, ... }}: {{
        homeConfigurations.alice = home-manager.lib.homeManagerConfiguration {{
          pkgs = nixpkgs.legacyPackages.x86_64-linux;
          modules = [ {BASE} ({{ config, ... }}: {{
            home.file.x = {{ source = config.lib.file.mkOutOfStoreSymlink {source}; {more} }};
          }}) ];
        }};
      }};
    }}"""
    write(tmp_path, {"flake/flake.nix": flake, "flake/own": "x"})
    warnings = open_home(Request(flake=f"path:{tmp_path}/flake#alice")).evaluate().warnings
    assert [words in each for each in warnings] == ([True] if words else [])


@pytest.mark.parametrize(
    ("source", "refused"),
    [("./inside", False), ("./outside", True), ("./folder", True), ('"${./outside}"', False), ("./tree", False)],
)
def test_sources_of_files_are_followed_within_the_flake_only(source: str, refused: bool, tmp_path: Path) -> None:
    flake = f"""{{
      outputs = {{ nixpkgs, home-manager, ... }}: {{
        homeConfigurations.alice = home-manager.lib.homeManagerConfiguration {{
          pkgs = nixpkgs.legacyPackages.x86_64-linux;
          modules = [ {BASE} {{ home.file.x.source = {source}; }} ];
        }};
      }};
    }}"""
    write(tmp_path, {"flake/flake.nix": flake, "flake/own": "IN", "flake/tree/file": "IN", "secret/key": "SECRET"})
    for name, target in (("inside", "own"), ("outside", "../secret/key"), ("folder", f"{tmp_path}/secret")):
        os.symlink(target, tmp_path / "flake" / name)
    os.symlink(tmp_path / "secret/key", tmp_path / "flake/tree/link")
    try:
        found = open_home(Request(flake=f"path:{tmp_path}/flake#alice")).evaluate()
    except Failure as problem:
        assert refused and problem.diagnostic.code == "nix-pure"
        return
    assert not refused
    (path,) = [file.source for file in found.manifest.files if str(file.target) == "x"]
    recipe = found.recipes.get(path)
    assert recipe is not None
    place = tmp_path / "made"
    recipe.write(Site(str(place), path))
    if source == "./inside":
        assert place.read_text() == "IN" and not place.is_symlink()
    elif source == "./tree":
        assert os.readlink(place / "link") == str(tmp_path / "secret/key")
    else:
        assert os.readlink(place) == "../secret/key"
