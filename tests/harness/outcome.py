"""What a configuration comes to: its files, packages, variables, steps and warnings, or the diagnostic that it ends in.

Everything is evaluated and written to a scratch store for real, but for packages, which are empty folders here: no
test reaches the network.
"""

from __future__ import annotations

import functools
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from harness.casefile import Case, Section
from harness.normal import normal_paths
from harness.readers import reject_unreadable
from harness.tree import Shown, files_below
from home_manager.diagnostics import Diagnostic, Failure, Failures

if TYPE_CHECKING:
    from home_manager.manifest import Manifest
    from home_manager.options.eval_modules import Evaluation
    from home_manager.store import Recipes, Store

BASE = """\
{ lib, ... }:

{
  imports = [ ./home.nix ];
  home.username = lib.mkDefault "alice";
  home.homeDirectory = lib.mkDefault "/home/alice";
  home.stateVersion = lib.mkDefault "25.11";
}
"""
"""The configuration around a `module`."""

EMPTY = Case("", (Section("module", "home.nix", "{ }\n"),))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a configuration; texts have their store paths written as names."""

    store: str
    inputs: str
    files: dict[str, Shown]
    packages: tuple[str, ...]
    variables: tuple[str, ...]
    steps: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    objects: dict[str, str]


def configuration_file(case: Case, inputs: Path) -> Path:
    """The file to evaluate: the only `input home.nix`, or the base around a module of that name."""
    if any(True for _ in case.of("module")):
        base = inputs / "configuration.nix"
        base.write_text(BASE, encoding="utf-8")
        return base
    return inputs / "home.nix"


@contextmanager
def _alone(scratch: Path) -> Iterator[None]:
    """Lets nothing of the caller's environment into an evaluation."""
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(PATH=before.get("PATH", ""), HOME=str(scratch / "home"), USER="alice", LC_ALL="C.UTF-8", TZ="UTC")
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@dataclass(slots=True)
class Evaluated:
    """A configuration as far as it goes without writing anything."""

    recipes: Recipes
    evaluation: Evaluation
    manifest: Manifest
    files: str
    said: list[str]


def evaluate(configuration: Path, store: str) -> Evaluated:
    """Evaluates a configuration, with all that activation would ask of it."""
    from home_manager.configuration.evaluate import evaluate_configuration
    from home_manager.configuration.manifest_builder import checked, doubts_of, files_recipe, manifest_of
    from home_manager.configuration.request import Request
    from home_manager.store import Recipes

    recipes, said = Recipes(store), list[str]()
    request = Request(config=str(configuration))
    evaluation = evaluate_configuration(request, recipes, report=said.append, home="/home/alice")
    manifest = checked(evaluation, recipes, lambda: manifest_of(evaluation, recipes))
    said += [each.message for each in doubts_of(evaluation, recipes)]
    files = recipes.add(files_recipe(manifest.files, str(evaluation.value("home.fileOverlapResolution"))))
    return Evaluated(recipes, evaluation, manifest, files, said)


def outcome(configuration: Path, scratch: Path, objects: tuple[str, ...] = ()) -> Outcome:
    """Evaluates a configuration and writes what it makes; `objects` are names of store objects to show."""
    from home_manager.nix.deep_stack import with_deep_stack
    from home_manager.store import Store

    place = scratch / "state" / "store"
    place.parent.mkdir(exist_ok=True)
    inputs = str(configuration.parent)

    def shown_text(text: str) -> str:
        return normal_paths(text, str(place)).replace(inputs, "@inputs@")

    def compute() -> Outcome:
        evaluated = evaluate(configuration, str(place))
        recipes, manifest = evaluated.recipes, evaluated.manifest
        variables = manifest.session_variables_file
        with Store(str(place), durable=False) as store:
            _realise(recipes, store, [evaluated.files, variables.removesuffix("/etc/profile.d/hm-session-vars.sh")])
            shown = {file.target: file for file in files_below(Path(evaluated.files))}
            found = {name: _object(name, recipes, store) for name in objects}
        return Outcome(
            store=str(place),
            inputs=inputs,
            files=shown,
            packages=tuple(sorted({package.name for package in manifest.packages})),
            variables=tuple(shown_text(Path(variables).read_text("utf-8")).splitlines()),
            steps=tuple((step.name, shown_text(step.script)) for step in manifest.steps),
            warnings=tuple(
                line.rstrip().replace(f"{configuration.parent}/", "") for line in (*evaluated.said, *manifest.warnings)
            ),
            objects=found,
        )

    with _alone(scratch):
        return with_deep_stack(compute)


def lock_packages(configuration: Path, scratch: Path) -> None:
    """Evaluates a configuration and locks the packages that its home needs, from a small archive."""
    from harness.archive import small_archive
    from home_manager.nix.deep_stack import with_deep_stack
    from home_manager.packages.package_lock import EMPTY
    from home_manager.packages.providers import SilentProgress
    from home_manager.packages.realise import PackageSources, lock_needed, reference_finder
    from home_manager.store import Store

    place = scratch / "state" / "store"
    with _alone(scratch), Store(str(place), durable=False) as store, small_archive(store, scratch / "cache") as found:
        provider, url = found
        try:
            evaluated = with_deep_stack(lambda: evaluate(configuration, str(place)))
            mention = reference_finder(
                each.span for each in evaluated.evaluation.definitions("home.packages") if each.span
            )
            roots = [package.path for package in evaluated.manifest.packages]
            sources = PackageSources(lambda name: provider, [provider.name])
            lock_needed(EMPTY, evaluated.recipes, roots, sources, SilentProgress(), mention)
        except Failure as failed:
            raise Failures(tuple(_without(url, each) for each in failed.finished())) from None


def _without(url: str, diagnostic: Diagnostic) -> Diagnostic:
    """A diagnostic that does not show where this run's archive was."""
    return replace(
        diagnostic,
        message=diagnostic.message.replace(url, "ARCHIVE"),
        notes=tuple(note.replace(url, "ARCHIVE") for note in diagnostic.notes),
        hints=tuple(hint.replace(url, "ARCHIVE") for hint in diagnostic.hints),
    )


def _realise(recipes: Recipes, store: Store, roots: list[str]) -> None:
    """Makes objects and all that they need, with an empty folder for each package."""
    from home_manager.packages import PackageRecipe

    seen: set[str] = set()
    stack = list(roots)
    while stack:
        path = stack.pop()
        if path in seen:
            continue
        seen.add(path)
        if isinstance(recipes.get(path), PackageRecipe):
            if not store.exists(path):
                store.place(path, os.mkdir)
        else:
            stack.extend(recipes.dependencies(path))
    store.realise(recipes, roots)


def _object(name: str, recipes: Recipes, store: Store) -> str:
    """The text of a store object, or with `name/below` of a file in one."""
    first, _, rest = name.partition("/")
    paths = [path for path in recipes if re.fullmatch(r".*/[0-9a-z]{32}-" + re.escape(first), path)]
    if len(paths) != 1:
        raise AssertionError(f"{len(paths)} objects are called {first}: {paths}")
    _realise(recipes, store, paths)
    text = Path(paths[0], rest).read_text("utf-8") if rest else Path(paths[0]).read_text("utf-8")
    return normal_paths(text, os.path.dirname(paths[0]))


@functools.cache
def empty_outcome() -> Outcome:
    """What the empty configuration comes to; a case lists only what differs from it."""
    from harness.casefile import lay_out

    with tempfile.TemporaryDirectory() as directory:
        scratch = Path(directory).resolve()
        (scratch / "inputs").mkdir()
        lay_out(EMPTY, scratch / "inputs")
        try:
            return outcome(configuration_file(EMPTY, scratch / "inputs"), scratch)
        finally:
            for path in scratch.rglob("*"):
                if path.is_dir() and not path.is_symlink():
                    path.chmod(0o755)


def configuration_sections(case: Case, scratch: Path) -> Iterator[Section]:
    """The sections of what a case's configuration comes to, beyond what the empty one does."""
    inputs = scratch / "inputs"
    named = tuple(section.argument for section in case.of("object"))
    came = outcome(configuration_file(case, inputs), scratch, named)
    whole = any("whole" in section.flags for section in case.of("module", "input"))
    empty = Outcome("", "", {}, (), (), (), (), {}) if whole else empty_outcome()
    for target, shown in came.files.items():
        if not shown.link:
            reject_unreadable(target, shown.content)
        section = shown.section(came.store, came.inputs)
        if target not in empty.files or empty.files[target].section(empty.store, empty.inputs) != section:
            yield section
    for target in empty.files:
        if target not in came.files:
            yield Section("absent", target)
    for name in named:
        yield Section("object", name, came.objects[name])
    yield from _difference("packages", came.packages, empty.packages)
    yield from _difference("variables", came.variables, empty.variables)
    if [name for name, _ in came.steps] != [name for name, _ in empty.steps]:
        yield Section("steps", body="".join(f"{name}\n" for name, _ in came.steps))
    for name, script in came.steps:
        if dict(empty.steps).get(name) != script and script:
            yield Section("step", name, script)
    if came.warnings:
        yield Section("warnings", body="".join(f"{warning}\n" for warning in came.warnings))


def _difference(kind: str, came: tuple[str, ...], empty: tuple[str, ...]) -> Iterator[Section]:
    """What is there and not in the empty outcome, a line each; then what is missing."""
    lines = [line for line in came if line not in empty]
    lines += [f"(without) {line}" for line in empty if line not in came]
    if lines:
        yield Section(kind, body="".join(f"{line}\n" for line in lines))


def diagnostic_text(case: Case, scratch: Path) -> str:
    """The diagnostic that a case's configuration ends in, as the command line shows it."""
    from home_manager.diagnostics.render import render_text

    inputs = scratch / "inputs"
    configuration = configuration_file(case, inputs)
    try:
        outcome(configuration, scratch)
        lock_packages(configuration, scratch)
    except Failure as failed:
        text = render_text(failed.finished(), width=100)
        return normal_paths(text, str(scratch / "state" / "store")).replace(f"{inputs}/", "")
    raise AssertionError("the configuration is accepted, but a diagnostic was expected")
