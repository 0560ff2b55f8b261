"""Sets of packages that find more names than they can tell: what `?`, `or`, `with` and `//` make of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from home_manager.frontends.nix.lib import build_lib
from home_manager.nix.evaluation import Evaluator, print_value
from home_manager.nix.io import SystemIO
from home_manager.packages import package_set
from home_manager.store import Recipes
from home_manager.values.lazy import force


@pytest.fixture
def evaluator(tmp_path: Path) -> Evaluator:
    library = Evaluator(SystemIO(), store_dir=str(tmp_path))
    lib = build_lib(library)
    pkgs = package_set(Recipes(str(tmp_path)), system="x86_64-linux", lib=lib)
    return Evaluator(SystemIO(), store_dir=str(tmp_path), extra_globals={"pkgs": pkgs, "lib": lib})


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # Whether there is a package: what the set is sure of.
        ("pkgs ? hello", "true"),
        ("pkgs ? no-such-package", "false"),
        ('builtins.hasAttr "no-such-package" pkgs', "false"),
        ('lib.hasAttrByPath [ "no-such-package" "name" ] pkgs', "false"),
        ('(lib.attrByPath [ "no-such-package" ] pkgs.hello pkgs).name', '"hello"'),
        ("(pkgs.no-such-package or pkgs.hello).name", '"hello"'),
        ("(pkgs.hello or pkgs.jq).name", '"hello"'),
        ("(pkgs.extend (final: prev: { no-such-package = 1; })) ? no-such-package", "true"),
        ("(pkgs.extend (final: prev: { b = prev ? a; a = 1; })).b", "false"),
        # A package that nobody has heard of is one all the same.
        ("pkgs.no-such-package.name", '"no-such-package"'),
        ('(lib.getAttrFromPath [ "no-such-package" ] pkgs).name', '"no-such-package"'),
        ('pkgs.${"no-such-package"}.name', '"no-such-package"'),
        # The innermost `with` whose set is sure wins; else the innermost that may have it.
        ("(with lib; with pkgs; optionals true [ hello.name ]) == [ \"hello\" ]", "true"),
        ("with pkgs; with python3Packages; hello == pkgs.hello", "true"),
        ("with pkgs; with python3Packages; builtins.isFunction writeShellScriptBin", "true"),
        ("with pkgs; with python3Packages; no-such-module == pkgs.python3Packages.no-such-module", "true"),
        ("with lib; with pkgs; no-such-package == pkgs.no-such-package", "true"),
        ("with { a = 1; }; with pkgs; a", "1"),
        ("with lib; with maintainers; optionals true [ 1 ]", "[ 1 ]"),
        ("with lib.maintainers; alice.name", '"alice"'),
        # `//` leaves the set open.
        ("(pkgs // { mine = 1; }).mine", "1"),
        ("(pkgs // { mine = 1; }).no-such-package.name", '"no-such-package"'),
        ("(pkgs // { mine = 1; }) ? no-such-package", "false"),
        ("(pkgs // { hello = 1; }).hello", "1"),
        ("({ hello = 1; } // pkgs).hello.name", '"hello"'),
        ("({ mine = 1; } // pkgs).mine", "1"),
        ("(pkgs.vimPlugins // { mine = 1; }).nerdtree == pkgs.vimPlugins.nerdtree", "true"),
        ("(pkgs.vimPlugins // { a = 1; } // { b = 2; }).nerdtree == pkgs.vimPlugins.nerdtree", "true"),
        ("(pkgs.extend (f: p: { vimPlugins = p.vimPlugins // { mine = 1; }; })).vimPlugins.nerdtree.name", '"nerdtree"'),
        ("(pkgs.vimPlugins.extend (f: p: { mine = p.nerdtree; })).mine.name", '"nerdtree"'),
        ("builtins.elem \"mine\" (builtins.attrNames (pkgs.vimPlugins // { mine = 1; }))", "true"),
        ("(builtins.functionArgs ({ a ? 1 }: a)) // { } == { a = true; }", "true"),
        # What ends like a set and is a package.
        ("pkgs.nemo-with-extensions.type", '"derivation"'),
        ("pkgs.gimp-with-plugins.type", '"derivation"'),
        ("pkgs.vscode-extensions.a.b.type", '"derivation"'),
    ],
)  # fmt: skip
def test_open_sets(evaluator: Evaluator, text: str, wanted: str) -> None:
    assert print_value(force(evaluator.eval_text(text))) == wanted
