"""This program as the original's tests see it: its modules and `lib`, packages that are texts, a store at `/nix/store`."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from home_manager.configuration.context import EvaluationContext, format_type
from home_manager.configuration.evaluate import own_flakes
from home_manager.configuration.own_package import own_package
from home_manager.configuration.request import Request
from home_manager.diagnostics import Source
from home_manager.frontends.nix.nix_modules import NixModule
from home_manager.modules import catalogue
from home_manager.nix.evaluation import call
from home_manager.options import ModuleSpec
from home_manager.options.eval_modules import Evaluation
from home_manager.packages import PackageRecipe, builders, join, package_set, reference
from home_manager.packages.format_set import format_set
from home_manager.store import Recipes
from home_manager.values import Attrs, PathValue, Value
from home_manager.values.lazy import force

HERE = Path(__file__).parent
REAL = "real"
"""The provider of packages whose programs are those of this machine."""

UNSCRUBBED = {
    "coreutils", "crudini", "jq", "desktop-file-utils", "diffutils", "findutils", "glibcLocales", "gettext", "gnugrep",
    "gnused", "shared-mime-info", "babelfish", "fish", "lndir",
}  # fmt: skip
"""Packages that the original's tests/default.nix leaves as they are."""


class TestRecipes(Recipes):
    """Recipes in which a package is the text `@name@`, unless the original leaves it as it is."""

    __slots__ = ()

    def add(self, recipe: Any) -> str:
        if isinstance(recipe, PackageRecipe) and not (
            recipe.provider == REAL
            or recipe.parts
            or recipe.attribute[0] in UNSCRUBBED
            or recipe.attribute[-2:] == ("python3Packages", "json5")
        ):
            path = f"@{recipe.name}@"
            self._by_path.setdefault(path, recipe)
            return path
        return super().add(recipe)


class TestContext(EvaluationContext):
    """The evaluation of tests: packages with their stubs, and a bash that is there."""

    bash = ""

    def test_packages(
        self,
        system: str,
        config: Value = None,
        overlays: Sequence[Value] = (),
        final: Callable[[], Mapping[str, Value]] | None = None,
        provider: str = "debian",
    ) -> Any:
        def value() -> Any:
            return made if final is None else final()

        made: Any = package_set(
            self.recipes,
            config=Attrs() if config is None else config,
            overlays=overlays,
            system=system,
            lib=self.library.root,
            formats=format_set(value, lambda name, options: self.library.type_value(format_type(name, options))),
            read_file=self.io.read_file,
            provider=provider,
            fetch=self._fetch_source,
            further={"home-manager": own_package(value), "runtimeShell": f"{self.bash}/bin/bash"},
        )
        return made

    def _packages_of(self, evaluation: Evaluation) -> Any:
        def value() -> Any:
            return evaluation.module_argument("pkgs")

        # foldr (o: p: p.extend o) scrubbed (stubOverlays ++ nixpkgs.overlays): the last is the innermost.
        stubs: Any = force(evaluation.value("test.stubOverlays"))
        own: Any = evaluation.value("nixpkgs.overlays") or []
        return self.test_packages(
            str(evaluation.value("nixpkgs.system")),
            evaluation.value("nixpkgs.config") or {},
            [*reversed(list(own)), *reversed(list(stubs))],
            value,
        )


class Product:
    """Everything that is read once and shared by all tests: modules, `lib`, and the list of tests by name."""

    def __init__(self, checkout: str, system: str) -> None:
        self.checkout = checkout
        self.recipes = TestRecipes("/nix/store")
        bash = self.recipes.add(PackageRecipe(("bashNonInteractive",), "bash", REAL))
        _scripts_run_by(f"{bash}/bin/bash")
        _packages_without_files()
        self.catalogue = catalogue()
        self.context = TestContext(
            Request(config="/dev/null"),
            self.recipes,
            report=lambda _: None,
            flakes=own_flakes,
            home="/home/hm-user",
            modules=self.catalogue,
        )
        self.context.bash = bash
        self.system = system or self.context.system
        self.real = self.context.test_packages(self.system, provider=REAL)
        self._hm = PathValue(checkout)
        given = Attrs(
            {"hm": self._hm, "lib": self.context.library.root, "pkgs": self.context.test_packages(self.system)}
        )
        listed: Any = force(call(self._nix("listing.nix"), given))
        self.tests: dict[str, tuple[str, Any]] = {}
        for name, entry in listed.items():
            each: Any = force(entry)
            self.tests[name] = (str(force(each["from"]).text), each["test"])
        self.around: Any = force(call(self._nix("around.nix"), Attrs({"hm": self._hm})))
        for entry in self.catalogue.entries:
            entry.classes()
        self.option_names = set(self.catalogue.option_names())

    def _nix(self, name: str) -> Any:
        return force(self.context.evaluator.eval_source(Source(name, (HERE / name).read_text("utf-8")), "/"))

    def file_of(self, name: str) -> str:
        """The file of a test's module, below the checkout."""
        listing, test = self.tests[name]
        value = force(test)
        return (value.text if isinstance(value, PathValue) else listing).removeprefix(self.checkout + os.sep)

    def evaluate(self, name: str) -> Evaluation:
        """The evaluation of a test with all of our modules."""
        value: Any = force(self.tests[name][1])
        file = value.text if isinstance(value, PathValue) else "<unknown-file>"
        arguments = Attrs({"realPkgs": self.real, "pkgsPath": "/pkgs-path-is-not-there"})
        own = ModuleSpec(__name__, __name__, config=Attrs({"_module": Attrs({"args": arguments})}))
        library = self.context.library
        around = "tests/default.nix"
        return self.context.evaluate(
            [NixModule.of(library, value, file, file), NixModule.of(library, self.around, around, around), own],
            system=self.system,
        )


def _scripts_run_by(shell: str) -> None:
    """Lets builders take a shell that is there, as in the original's tests."""
    made = builders.Builders.__init__

    def with_shell(this: Any, recipes: Any, system: Any, _: Any, text_of: Any) -> None:
        made(this, recipes, system, lambda: shell, text_of)

    builders.Builders.__init__ = with_shell


def _packages_without_files() -> None:
    """Lets a package that is a text be a text without context and have no files, as the original's scrubbed ones."""
    made = reference.Package.__init__
    add = join._Tree.add

    def without_context(this: Any, path: str, name: str, **given: Any) -> None:
        made(this, path, name, **given)
        if path.startswith("@"):
            dict.__setitem__(this, "outPath", path)

    def without_files(this: Any, branch: Any) -> None:
        if not branch.path.startswith("@"):
            add(this, branch)

    reference.Package.__init__ = without_context
    join._Tree.add = without_files
