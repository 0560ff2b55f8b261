"""From option values to a manifest: what a configuration wants, as the data that activation reads."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeVar, cast

from home_manager import __version__
from home_manager.configuration.flake.source_locations import is_own
from home_manager.diagnostics import Diagnostic, Failure, Failures, Label, failure
from home_manager.manifest import BUILTIN_STEPS, MERGE_FORMATS, FileEntry, Manifest, Meta, PackageEntry, Step, Systemd
from home_manager.options.dag import topological
from home_manager.options.definition import settle
from home_manager.options.errors.subjects import Within
from home_manager.options.eval_modules import Evaluation
from home_manager.options.location import Location
from home_manager.options.renames import OldName
from home_manager.packages import Package, PackageRecipe
from home_manager.packages.builders import changed_by
from home_manager.packages.join import Branch, home_path
from home_manager.packages.package_lock import Lacking
from home_manager.paths import STORE_NAME, HomeRelPath, store_name
from home_manager.store import FileSource, HomeFiles, Link, Recipes
from home_manager.values import Attrs, ContextString, PathValue, Value
from home_manager.values.lazy import force

Read = TypeVar("Read")

SESSION_VARIABLES = "/etc/profile.d/hm-session-vars.sh"
"""Where the file with the session's variables lies in its package."""


def checked(evaluation: Evaluation, recipes: Recipes, read: Callable[[], Read]) -> Read:
    """What `read` makes of a configuration; every mistake in what is read and every failed assertion, together.

    Only definitions without option are a mistake wherever they stand: what nobody reads may have any value.
    """
    problems: list[Failure] = []
    try:
        if not evaluation.unknown() and not failed_assertions(evaluation, certain=True):
            return read()
    except Failure as problem:
        problems.append(problem)
    for part in _parts(evaluation, recipes).values():
        # What is read in vain is remembered, and looked at below.
        with suppress(Failure):
            part()
    found = [*evaluation.failures(*problems), *failed_assertions(evaluation, certain=False)]
    found += doubts_of(evaluation, recipes)
    raise Failure(found[0]) if len(found) == 1 else Failures(tuple(found))


def doubts_of(evaluation: Evaluation, recipes: Recipes) -> tuple[Diagnostic, ...]:
    """What is wrong in the user's own files with options that nothing reads, each a warning."""
    return tuple(evaluation.doubts(lambda file: is_own(file, recipes)))


def failed_assertions(evaluation: Evaluation, *, certain: bool) -> list[Diagnostic]:
    """The assertions that do not hold; where mistakes are known (not `certain`), those that meet one say nothing."""
    failed: list[Diagnostic] = []
    for entry in _assertions(evaluation, certain=certain):
        try:
            assertion = cast(Mapping[str, Value], force(entry))
            if force(assertion["assertion"]) is True:
                continue
            message = str(force(assertion["message"])).strip()
            span = assertion.position("assertion") if isinstance(assertion, Attrs) else None
            labels = () if span is None else (Label(span, "this does not hold"),)
            problem = Failure(Diagnostic("assertion-failed", message, labels=labels))
            evaluation.shared.frontend.suggest(problem, evaluation)
            failed.append(problem.diagnostic)
        except Failure:
            if certain:
                raise
    return failed


def _assertions(evaluation: Evaluation, *, certain: bool) -> list[Value]:
    try:
        return cast(list[Value], force(evaluation.value("assertions")))
    except Failure:
        if certain:
            raise
    entries: list[Value] = []
    try:
        definitions = evaluation.slot("assertions").definitions()
    except Failure:
        return []
    for definition in definitions:
        try:
            for each in settle([definition])[0]:
                entries.extend(cast(list[Value], force(each.value)))
        except Failure:
            # It needs an option of which the mistake is known.
            continue
    return entries


def warnings_of(evaluation: Evaluation) -> tuple[str, ...]:
    """The warnings of the configuration, each once, in order."""
    texts = [str(force(warning)).strip() for warning in cast(list[Value], evaluation.value("warnings"))]
    return tuple(dict.fromkeys(texts))


def old_names_of(evaluation: Evaluation) -> dict[str, str]:
    """The warnings about old names, each with what it says where the lines are told, too."""
    warnings = (force(warning) for warning in cast(list[Value], evaluation.value("warnings")))
    return {str(warning).strip(): warning.placed.strip() for warning in warnings if isinstance(warning, OldName)}


def files_of(evaluation: Evaluation, recipes: Recipes) -> tuple[FileEntry, ...]:
    """The enabled entries of `home.file`, the shortest target first; two for one target are a failure."""
    found: dict[str, FileEntry] = {}
    names: dict[str, str] = {}
    for name, value in sorted(cast(Mapping[str, Value], evaluation.value("home.file")).items()):
        file = cast(Mapping[str, Value], force(value))
        if force(file["enable"]) is not True:
            continue
        try:
            target = HomeRelPath.parse(str(force(file["target"])))
            source = source_path(force(file["source"]), recipes)
        except Failure as problem:
            evaluation.shared.frontend.suggest(problem, evaluation)
            problem.about = Within(Location(("home", "file", name), evaluation.shared))
            evaluation.shared.frontend.suggest(problem, evaluation)
            raise
        if is_lacking(recipes, source):
            continue
        if target.text in found:
            raise failure(
                "target-twice",
                f"two files want to be at `{target}`",
                notes=(f'`home.file."{names[target.text]}"` and `home.file."{name}"`',),
                hints=("give one of them another `target`, or disable it with `enable = false;`",),
            )
        names[target.text] = name
        on_disk = _on_disk(file, name, target)
        if on_disk.get("mode") and not int(on_disk["mode"], 8) & 0o004:
            # What is not for everybody in the home is not for everybody in the store either.
            source = recipes.private(source)
        found[target.text] = FileEntry(
            target=target,
            source=source,
            recursive=force(file["recursive"]) is True,
            executable=cast("bool | None", force(file["executable"])),
            force=force(file["force"]) is True,
            ignore_links=force(file["ignorelinks"]) is True,
            on_change=str(force(file["onChange"])),
            **on_disk,
        )
    return tuple(sorted(found.values(), key=lambda entry: (len(entry.target.text), entry.target)))


def doubtful_links(files: Sequence[FileEntry], recipes: Recipes) -> Iterator[str]:
    """Warnings about files by `mkOutOfStoreSymlink` that are not what its name says."""
    for file in files:
        recipe = recipes.get(file.source)
        if not isinstance(recipe, Link):
            continue
        name = f'`home.file."{file.target}"`'
        if recipe.target.startswith(recipes.prefix):
            yield (
                f"{name}: mkOutOfStoreSymlink was given a path of a flake, so the link leads to the copy of the flake in the "
                f"store, which does not change: give the place of the file as a text, as "
                f'mkOutOfStoreSymlink "${{config.home.homeDirectory}}/…"'
            )
        elif file.recursive:
            yield (
                f"{name}: `recursive` makes links to the files that were in `{recipe.target}` when the home was built; "
                "leave it out to have one link to the directory itself"
            )


def is_lacking(recipes: Recipes, path: str) -> bool:
    """Whether a path lies in a package that no provider has, so that there is nothing at it."""
    recipe = recipes.containing(path)
    return isinstance(recipe, PackageRecipe) and isinstance(recipe.entry, Lacking)


def _on_disk(file: Mapping[str, Value], name: str, target: HomeRelPath) -> dict[str, Any]:
    """What an entry says of real files, as fields of its `FileEntry`; a mode for a link is a failure."""
    how, mode = str(force(file["onDisk"])), force(file["mode"])
    if how == "link":
        if mode is not None:
            raise failure(
                "mode-of-link",
                f"`{target}` has the mode `{mode}`, but it is a link, which has no mode of its own",
                notes=(f'it is defined in `home.file."{name}"`',),
                hints=('make it a real file: `onDisk = "copy";`', "or leave `mode` out"),
            )
        return {}
    format = force(file["mergeFormat"]) or MERGE_FORMATS.get(os.path.splitext(target.text)[1].lower(), "")
    if how == "merge" and not format:
        raise failure(
            "merge-format",
            f"it is not known which format `{target}` has, so keys cannot be merged into it",
            notes=(f'it is defined in `home.file."{name}"`',),
            hints=('say it: `mergeFormat = "ini";` (or "json", "toml", "yaml")', 'or `onDisk = "copy";`'),
        )
    return {"on_disk": how, "mode": str(mode or ""), "format": format if how == "merge" else ""}


def source_path(source: Value, recipes: Recipes) -> str:
    """The absolute path of a file's source; what lies outside of the store is copied into it when the home is built."""
    if isinstance(source, dict) and "outPath" in source:
        source = force(source["outPath"])
    path = source.text if isinstance(source, PathValue) else str(source)
    if path.startswith("/nix/store/"):
        return path
    # What only reads as a path of the store is copied on its own, as any file: a link to the whole source of a flake
    # would change with every change of any other file.
    if path.startswith(recipes.prefix) and (isinstance(source, ContextString) or recipes.mounted(path) is None):
        # A path that leads out of a flake by `..` ends beside the objects of the store, and is none of them.
        is_object = STORE_NAME.fullmatch(path[len(recipes.prefix) :].partition("/")[0])
        if is_object is not None:
            return path
    return recipes.copy(store_name(os.path.basename(path)), path)


def packages_of(evaluation: Evaluation, recipes: Recipes) -> tuple[PackageEntry, ...]:
    """`home.packages` without repetitions and without what no provider has, in order."""
    extra = tuple(str(force(name)) for name in cast(list[Value], evaluation.value("home.extraOutputsToInstall")))
    found: dict[str, PackageEntry] = {}
    for value in cast(list[Value], evaluation.value("home.packages")):
        package = cast(Mapping[str, Any], force(value))
        path = str(force(package["outPath"]))
        if is_lacking(recipes, path):
            continue
        meta = force(package.get("meta", {}))
        priority = force(meta.get("priority", 5)) if isinstance(meta, dict) else 5
        name = str(force(package["name"]))
        found.setdefault(path, PackageEntry(name, path, priority if isinstance(priority, int) else 5, ("out", *extra)))
    return tuple(found.values())


def steps_of(evaluation: Evaluation) -> tuple[Step, ...]:
    """The entries of `home.activation` in an order that respects what each comes before and after."""
    entries = cast(Mapping[str, Value], evaluation.value("home.activation"))
    return tuple(
        Step(name, "builtin") if name in BUILTIN_STEPS and not data else Step(name, "bash", str(data))
        for name, data in topological(entries)
    )


def profile_of(evaluation: Evaluation, recipes: Recipes) -> Package:
    """The tree of everything that the packages install, changed by the commands that modules want to run on it."""
    branches = [Branch(package.path, package.name, package.priority) for package in packages_of(evaluation, recipes)]
    commands = str(evaluation.value("home.extraProfileCommands"))
    tree = home_path(branches)
    path = recipes.add(changed_by(recipes, tree, commands) if commands.strip() else tree)
    return Package(path, tree.name)


def files_recipe(files: Sequence[FileEntry], overlap: str) -> HomeFiles:
    """The recipe of the tree of links that a home's files become; real files are no part of it."""
    entries = tuple(
        FileSource(file.target.text, file.source, file.recursive, file.executable, file.ignore_links)
        for file in files
        if file.on_disk == "link"
    )
    return HomeFiles(entries, cast(Any, overlap))


def manifest_of(evaluation: Evaluation, recipes: Recipes) -> Manifest:
    """Everything that activation has to know of a configuration."""
    parts: dict[str, Any] = {field: part() for field, part in _parts(evaluation, recipes).items()}
    parts["warnings"] = (*parts["warnings"], *doubtful_links(parts["files"], recipes))
    return Manifest(**parts, meta=Meta(tool_version=__version__))


def _parts(evaluation: Evaluation, recipes: Recipes) -> dict[str, Callable[[], object]]:
    """What is read of a configuration, by the fields of the manifest."""

    def text(path: str) -> Callable[[], str]:
        return lambda: str(evaluation.value(path))

    return {
        "username": text("home.username"),
        "home_directory": text("home.homeDirectory"),
        "state_version": text("home.stateVersion"),
        "files": lambda: files_of(evaluation, recipes),
        "packages": lambda: packages_of(evaluation, recipes),
        "home_path": lambda: _path(evaluation.value("home.path")),
        "steps": lambda: steps_of(evaluation),
        "activation_path": lambda: tuple(f"{path}/bin" for path in _paths(evaluation, "home.extraActivationPath")),
        "empty_activation_path": lambda: evaluation.value("home.emptyActivationPath") is True,
        "uid": lambda: evaluation.value("home.uid"),
        "systemd": lambda: _systemd(evaluation),
        "session_variables_file": lambda: (
            f"{_path(evaluation.value('home.sessionVariablesPackage'))}{SESSION_VARIABLES}"
        ),
        "warnings": lambda: warnings_of(evaluation),
    }


def _path(package: Value) -> str:
    """The store path of a package."""
    return str(force(cast(Mapping[str, Value], force(package))["outPath"]))


def _paths(evaluation: Evaluation, option: str) -> list[str]:
    return [_path(package) for package in cast(list[Value], evaluation.value(option))]


def _systemd(evaluation: Evaluation) -> Systemd:
    start = evaluation.value("systemd.user.startServices")  # the option's `apply` makes it a boolean
    timeout = evaluation.value("systemd.user.servicesStartTimeoutMs")
    return Systemd(
        start_services="sd-switch" if start in (True, "sd-switch") else "suggest",
        start_timeout_ms=timeout if isinstance(timeout, int) else 0,
        units=f"{_below_home(evaluation)}/systemd/user",
    )


def _below_home(evaluation: Evaluation) -> str:
    """The directory for configuration, relative to the home."""
    return str(evaluation.value("xdg.configHome")).removeprefix(f"{evaluation.value('home.homeDirectory')}/")
