"""Store objects that a configuration makes itself: texts, scripts, trees of links, results of commands.

Each method gives a package, that is a value with an `outPath`; what makes the object is a recipe in the registry.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from home_manager.diagnostics import failure
from home_manager.nix.builtins.version_numbers import parse_name
from home_manager.packages.join import Branch, Joined
from home_manager.packages.reference import Package, passed_through, store_name
from home_manager.store import Command, Link, LinkFarm, Recipe, Recipes, Text
from home_manager.values import Attrs, Function, PathValue, Value
from home_manager.values.lazy import force

NOT_ENVIRONMENT = frozenset(
    (
        "name", "pname", "version", "meta", "passthru", "nativeBuildInputs", "buildInputs",
        "propagatedBuildInputs", "preferLocalBuild", "allowSubstitutes", "__structuredAttrs", "outputs",
        "strictDeps", "passAsFile", "enableParallelBuilding", "outputHash", "outputHashAlgo",
        "outputHashMode", "__functor", "__functionArgs", "src", "env",
    )
)  # fmt: skip
"""Arguments of a build that say something about it, and are no variables for its script."""

HOOK = re.compile(r"-(?:makeWrapper|makeBinaryWrapper|makeShellWrapper|installShellFiles|copyDesktopItems|\w+Hook4?)$")
"""Inputs of a build that are shell functions; those that make sense here are in `build.bash`."""


@cache
def shell_text(name: str) -> str:
    """A file of shell code that goes before every build script: `build.bash`, `phases.bash`."""
    with open(os.path.join(os.path.dirname(__file__), name), encoding="utf-8") as file:
        return file.read()


Shell = Callable[[], str]
"""The path of the shell that scripts are run by; a function, because most configurations write no script."""


class Builders:
    """Makes packages for one package set; `shell` gives the path of bash."""

    def __init__(self, recipes: Recipes, system: str, shell: Shell, text_of: Callable[[Value], str]) -> None:
        self.recipes = recipes
        self.system = system
        self.shell = shell
        self.text_of = text_of

    def made(
        self,
        recipe: Recipe,
        *,
        again: Callable[[Mapping[str, Value]], Recipe] | None = None,
        name: str = "",
        main_program: str = "",
        attributes: Mapping[str, Value] | None = None,
    ) -> Package:
        """The package for a recipe. `again` makes another recipe when attributes are overridden."""
        path = self.recipes.add(recipe)
        shown = name or recipe.name

        def changed(changes: Mapping[str, Value]) -> Package:
            attrs = {**given, **{k: v for k, v in changes.items() if k not in ("outPath", "type", "passthru")}}
            attrs.update(passed_through(changes))
            deep = {key: value for key, value in changes.items() if key not in ("meta", "passthru")}
            if not deep or again is None:
                return self.made(recipe, again=again, name=shown, main_program=main_program, attributes=attrs)
            return self.made(again(deep), again=again, name=shown, main_program=main_program, attributes=attrs)

        given = {"system": self.system, **(attributes or {})}
        given.pop("name", None)
        package = Package(path, shown, attributes=given, changed=changed)
        meta = force(given.get("meta", Attrs()))
        whole = package._meta()
        whole["mainProgram"] = main_program or shown
        whole.update(meta.items() if isinstance(meta, dict) else ())
        package.add("meta", whole)
        # What a configuration makes itself has no version but the one in its name.
        for attribute, value in zip(("pname", "version"), parse_name(shown), strict=True):
            if attribute not in given:
                package.add(attribute, value)
        return package

    # Texts

    def text(
        self,
        name: str,
        text: str,
        *,
        executable: bool = False,
        destination: str = "",
        main_program: str = "",
        attributes: Mapping[str, Value] | None = None,
    ) -> Package:
        """A text file, or with `destination` (`/bin/x`) a folder that holds it there."""
        shown = {"text": text, "destination": destination, **(attributes or {})}

        def again(changes: Mapping[str, Value]) -> Recipe:
            new = self.text_of(changes["text"]) if "text" in changes else text
            return Text(store_name(name), new, executable, destination)

        recipe = Text(store_name(name), text, executable, destination)
        return self.made(recipe, again=again, name=name, main_program=main_program, attributes=shown)

    def shell_script(self, name: str, text: str, *, program: bool = False) -> Package:
        """A bash script; as a `program` it lies in `bin/`."""
        return self.text(
            name,
            f"#!{self.shell()}\n{text}\n",
            executable=True,
            destination=f"/bin/{name}" if program else "",
            main_program=name,
        )

    # Trees

    def link(self, name: str, target: str) -> Package:
        """One link, to where it says: nothing of the target is read or kept."""
        return self.made(Link(store_name(name), target), name=name)

    def link_farm(self, name: str, entries: Mapping[str, str]) -> Package:
        """A folder of links: path below it to target."""
        return self.made(LinkFarm(store_name(name), dict(entries)), name=name)

    def joined(
        self,
        name: str,
        paths: Sequence[str],
        *,
        only: Iterable[str] = (),
        below: str = "",
        whole: bool = False,
        script: str = "",
        inputs: Sequence[str] = (),
        priorities: Mapping[str, int] | None = None,
        attributes: Mapping[str, Value] | None = None,
    ) -> Package:
        """Several objects as one tree; `script` then changes the tree at `$out`."""

        def make(script: str) -> Recipe:
            branches = tuple(
                Branch(path, path[len(self.recipes.prefix) + 33 :], (priorities or {}).get(path, 5)) for path in paths
            )
            tree = Joined(
                store_name(name),
                branches,
                tuple(folder.strip("/") for folder in only),
                whole and not script,
                below=below.strip("/"),
            )
            if not script:
                return tree
            return changed_by(self.recipes, tree, script, inputs, self._variables_for(script))

        def again(changes: Mapping[str, Value]) -> Recipe:
            return make(self.text_of(changes["postBuild"]) if "postBuild" in changes else script)

        return self.made(make(script), again=again, name=name, attributes=attributes)

    # Commands

    def command_recipe(self, name: str, script: str, environment: Mapping[str, str], inputs: Sequence[str]) -> Command:
        """The recipe of what a bash script writes to `$out`; `inputs` are packages whose programs it may call."""
        return script_recipe(name, script, {**self._variables_for(script), **environment}, inputs)

    def _variables_for(self, script: str) -> dict[str, str]:
        """The shell for the programs that a script wraps; only then, because it is a package that must be brought."""
        return {"shell": self.shell()} if re.search("make.*Wrapper|wrapProgram", script) else {}

    def command(
        self,
        name: str,
        script: str,
        environment: Mapping[str, Value],
        *,
        phases: bool = False,
        attributes: Mapping[str, Value] | None = None,
    ) -> Package:
        """What a bash script makes; `environment` are the arguments of the build as in nixpkgs."""

        def make(given: Mapping[str, Value]) -> Recipe:
            inputs = [
                path for key in ("nativeBuildInputs", "buildInputs") for path in self.paths_of(given.get(key, []))
            ]
            variables = self.variables(given)
            if "src" in given and force(given["src"]) is not None:
                variables["src"] = self.text_of(given["src"])
            return self.command_recipe(name, shell_text("phases.bash") if phases else script, variables, inputs)

        def again(changes: Mapping[str, Value]) -> Recipe:
            return make({**environment, **changes})

        shown = {
            **{k: v for k, v in environment.items() if k not in ("name", "passthru", "outputs")},
            "buildCommand": script,
        }
        shown.update(attributes or {})
        main = force(environment.get("meta", Attrs()))
        program = str(force(main.get("mainProgram", ""))) if isinstance(main, dict) else ""
        return self.made(make(environment), again=again, name=name, main_program=program, attributes=shown)

    def variables(self, given: Mapping[str, Value]) -> dict[str, str]:
        """The arguments of a build as environment variables, written as Nix writes them."""
        found: dict[str, str] = {}
        further = force(given.get("env", Attrs()))
        listed = force(given.get("passAsFile", []))
        as_files = frozenset(str(force(each)) for each in listed) if isinstance(listed, list) else frozenset()
        for name, value in (*given.items(), *(further.items() if isinstance(further, dict) else ())):
            value = force(value)
            if name in NOT_ENVIRONMENT or value is None or not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name):
                continue
            if isinstance(value, Function) or (
                isinstance(value, dict) and "outPath" not in value and "__toString" not in value
            ):
                continue
            if name in as_files:
                found[f"{name}Path"] = self.recipes.add(Text(store_name(name), self.text_of(value)))
            else:
                found[name] = self.text_of(value)
        return found

    def paths_of(self, values: Value) -> list[str]:
        """The store paths of a list of packages; lists in it are gone through, null is passed over."""
        values = force(values)
        if values is None:
            return []
        if isinstance(values, list):
            return [path for value in values for path in self.paths_of(value)]
        return [self.text_of(values)]

    def copied(self, value: Value) -> str:
        """The text of a path or package as it goes into a script: a path is copied into the store."""
        value = force(value)
        if isinstance(value, PathValue):
            return self.recipes.copy(store_name(value.text.rpartition("/")[2]), value.text, link=True)
        return self.text_of(value)


def script_recipe(name: str, script: str, environment: Mapping[str, str], inputs: Sequence[str]) -> Command:
    """What a bash script writes to `$out`, with the functions of `build.bash` and the programs of `inputs`."""
    path = tuple(f"{each}/bin" for each in inputs if not HOOK.search(each))
    return Command(store_name(name), f"{shell_text('build.bash')}{script}", tuple(sorted(environment.items())), path)


def changed_by(
    recipes: Recipes,
    tree: Joined,
    script: str,
    inputs: Sequence[str] = (),
    environment: Mapping[str, str] | None = None,
) -> Command:
    """A joined tree that a script then changes at `$out`: a copy of its links, in folders that can be written to."""
    links = replace(tree, whole=False)
    copy = f'cp -a "{recipes.add(links)}"/. "$out"\nchmod -R u+w "$out"\n'
    return script_recipe(tree.name, f"{copy}{script}", environment or {}, inputs)


def checked_name(given: Mapping[str, Value], kind: str) -> str:
    """The name of what is made: `name`, or `pname` and `version`."""
    for key in ("name", "pname"):
        value = force(given.get(key))
        if isinstance(value, str):
            version = force(given.get("version")) if key == "pname" else None
            return f"{value}-{version}" if version else str(value)
    raise failure("builder-without-name", f"`{kind}` needs a `name`")
