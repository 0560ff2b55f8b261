"""From option values to a manifest: what a configuration wants, as the data that activation reads."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any, cast

from home_manager import __version__
from home_manager.diagnostics import Diagnostic, Failure, Failures, failure
from home_manager.lazy import force
from home_manager.manifest import BUILTIN_STEPS, FileEntry, Manifest, Meta, PackageEntry, Step, Systemd
from home_manager.nix.values import PathValue, Value
from home_manager.options.evaluation import Evaluation
from home_manager.options.graph import topological
from home_manager.packages import Package
from home_manager.packages.builders import changed_by
from home_manager.packages.join import Branch, home_path
from home_manager.paths import HomeRelPath, store_name
from home_manager.store import Copy, FileSource, HomeFiles, Recipes

SESSION_VARIABLES = "/etc/profile.d/hm-session-vars.sh"
"""Where the file with the session's variables lies in its package."""


def check_assertions(evaluation: Evaluation) -> None:
    """Raises every failed assertion of the configuration, together."""
    failed: list[Diagnostic] = []
    for entry in cast(list[Value], force(evaluation.value("assertions"))):
        assertion = cast(Mapping[str, Value], force(entry))
        if force(assertion["assertion"]) is not True:
            message = str(force(assertion["message"])).strip()
            failed.append(Diagnostic("assertion-failed", message))
    if len(failed) == 1:
        raise Failure(failed[0])
    if failed:
        raise Failures(tuple(failed))


def warnings_of(evaluation: Evaluation) -> tuple[str, ...]:
    """The warnings of the configuration, each once, in order."""
    texts = [str(force(warning)).strip() for warning in cast(list[Value], evaluation.value("warnings"))]
    return tuple(dict.fromkeys(texts))


def files_of(evaluation: Evaluation, recipes: Recipes) -> tuple[FileEntry, ...]:
    """The enabled entries of `home.file`, the shortest target first; two for one target are a failure."""
    found: dict[str, FileEntry] = {}
    names: dict[str, str] = {}
    for name, value in sorted(cast(Mapping[str, Value], evaluation.value("home.file")).items()):
        file = cast(Mapping[str, Value], force(value))
        if force(file["enable"]) is not True:
            continue
        target = HomeRelPath.parse(str(force(file["target"])))
        if target.text in found:
            raise failure(
                "target-twice",
                f"two files want to be at `{target}`",
                notes=(f'`home.file."{names[target.text]}"` and `home.file."{name}"`',),
                hints=("give one of them another `target`, or disable it with `enable = false;`",),
            )
        names[target.text] = name
        found[target.text] = FileEntry(
            target=target,
            source=source_path(force(file["source"]), recipes),
            recursive=force(file["recursive"]) is True,
            executable=cast("bool | None", force(file["executable"])),
            force=force(file["force"]) is True,
            ignore_links=force(file["ignorelinks"]) is True,
            on_change=str(force(file["onChange"])),
        )
    return tuple(sorted(found.values(), key=lambda entry: (len(entry.target.text), entry.target)))


def source_path(source: Value, recipes: Recipes) -> str:
    """The absolute path of a file's source; what lies outside of the store is copied into it when the home is built."""
    if isinstance(source, dict) and "outPath" in source:
        source = force(source["outPath"])
    path = source.text if isinstance(source, PathValue) else str(source)
    if path.startswith(recipes.prefix) or path.startswith("/nix/store/"):
        return path
    return recipes.add(Copy(store_name(os.path.basename(path)), path))


def packages_of(evaluation: Evaluation) -> tuple[PackageEntry, ...]:
    """`home.packages` without repetitions, in order."""
    extra = tuple(str(force(name)) for name in cast(list[Value], evaluation.value("home.extraOutputsToInstall")))
    found: dict[str, PackageEntry] = {}
    for value in cast(list[Value], evaluation.value("home.packages")):
        package = cast(Mapping[str, Any], force(value))
        path = str(force(package["outPath"]))
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
    branches = [Branch(package.path, package.name, package.priority) for package in packages_of(evaluation)]
    commands = str(evaluation.value("home.extraProfileCommands"))
    tree = home_path(branches)
    path = recipes.add(changed_by(recipes, tree, commands) if commands.strip() else tree)
    return Package(path, tree.name)


def files_recipe(files: Sequence[FileEntry], overlap: str) -> HomeFiles:
    """The recipe of the tree of links that a home's files become."""
    entries = tuple(
        FileSource(file.target.text, file.source, file.recursive, file.executable, file.ignore_links) for file in files
    )
    return HomeFiles(entries, cast(Any, overlap))


def preview_links(manifest: Manifest, files: str, recipes: Recipes) -> dict[str, str]:
    """The links that a home gets of a tree of files that is not built: target to text."""
    return {target: f"{files}/{target}" for target in preview_sources(manifest, recipes)}


def preview_sources(manifest: Manifest, recipes: Recipes) -> dict[str, str]:
    """What a home's files come from, before they are built: target to the path of its content.

    What a recursive directory holds is known where it is copied into the store or lies outside of it.
    """
    sources: dict[str, str] = {}
    for entry in manifest.files:
        recipe = recipes.get(entry.source)
        if entry.recursive and isinstance(recipe, Copy) and recipe.listing.kind == "directory":
            sources.update((f"{entry.target}/{leaf}", f"{entry.source}/{leaf}") for leaf in recipe.listing.leaves())
        else:
            sources[entry.target.text] = entry.source
    return sources


def manifest_of(evaluation: Evaluation, recipes: Recipes, *, created_from: str) -> Manifest:
    """Everything that activation has to know of a configuration."""

    def text(path: str) -> str:
        return str(evaluation.value(path))

    return Manifest(
        username=text("home.username"),
        home_directory=text("home.homeDirectory"),
        state_version=text("home.stateVersion"),
        files=files_of(evaluation, recipes),
        packages=packages_of(evaluation),
        home_path=_path(evaluation.value("home.path")),
        steps=steps_of(evaluation),
        activation_path=tuple(f"{path}/bin" for path in _paths(evaluation, "home.extraActivationPath")),
        empty_activation_path=evaluation.value("home.emptyActivationPath") is True,
        uid=cast("int | None", evaluation.value("home.uid")),
        systemd=_systemd(evaluation),
        session_variables_file=f"{_path(evaluation.value('home.sessionVariablesPackage'))}{SESSION_VARIABLES}",
        warnings=warnings_of(evaluation),
        meta=Meta(tool_version=__version__, created_from=created_from),
    )


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
