"""Flakes as values: `outputs` called with the inputs, each of which is fetched when somebody looks at it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace

from home_manager.diagnostics import Failure, failure
from home_manager.flakes import git, lockfile
from home_manager.flakes.evaluator import TreeEvaluator
from home_manager.flakes.fetchers import Fetchers, Tree, known_of
from home_manager.flakes.lockfile import InputPath, Node, show
from home_manager.flakes.locking import Locked, LockFlags, Locking, Place, lock_file_of
from home_manager.flakes.references import is_relative, text_of
from home_manager.flakes.replaced import replacement
from home_manager.nix.builtins.flakerefs import Reference
from home_manager.nix.evaluation import call, show_type, with_context
from home_manager.nix.path_text import canonical as canonical_path
from home_manager.store import Recipes, machine
from home_manager.values import Attrs, Value
from home_manager.values.lazy import Delayed, force

Replacement = Callable[[Mapping[str, Value], bool], Value]
"""The value that takes the place of an input: given what the lock file knows of it, and whether it is a flake."""

NOTHING_KNOWN: Mapping[str, Value] = {
    "lastModified": 0,
    "lastModifiedDate": "19700101000000",
    "rev": "0" * 40,
    "shortRev": "0" * 7,
}
"""What is said of a replaced input that no lock file knows."""


class Flakes:
    """The flakes of one evaluation."""

    def __init__(
        self,
        evaluator: TreeEvaluator,
        recipes: Recipes,
        fetchers: Fetchers,
        replacements: Mapping[str, Replacement],
        warn: Callable[[str], None],
    ) -> None:
        self._evaluator = evaluator
        self._recipes = recipes
        self._fetchers = fetchers
        self._replacements = replacements
        self._warn = warn

    def call(self, reference: Reference, flags: LockFlags) -> Attrs:
        """The value of a flake, after its lock file was brought up to date as far as that is wanted."""
        what = replacement(reference)
        if what:
            value = force(self._replacements[what](NOTHING_KNOWN, True))
            assert isinstance(value, Attrs)
            return value
        try:
            locked = self.locking(flags).lock(reference)
            if locked.changed:
                self._write(reference, locked, flags)
                locked = self._written(reference, locked, flags)
                if not flags.write:
                    locked = replace(locked, departs=True)
        except Failure as problem:
            problem.add_frame(f"while looking at the inputs of the flake `{text_of(reference)}`")
            raise
        value = force(_Graph(self, locked).result(locked.root))
        assert isinstance(value, Attrs)
        return value

    def locking(self, flags: LockFlags) -> Locking:
        return Locking(self._evaluator, self._recipes, self._fetchers, flags, self._warn)

    # The lock file

    def _write(self, reference: Reference, locked: Locked, flags: LockFlags) -> None:
        change = lockfile.difference(locked.old, locked.root)
        shown = text_of(reference)
        if not flags.write:
            self._warn(f"not writing the changed lock file of the flake `{shown}`:\n{change}")
            return
        path = lock_file_of(locked.place)
        if not path:
            raise failure(
                "flake-lock",
                f"the lock file of the flake `{shown}` would have to change, and cannot be written there",
                notes=tuple(change.splitlines()),
                hints=("pass --no-write-lock-file to use the inputs as they are now",),
            )
        loose = lockfile.unlocked(locked.root)
        if loose is not None:
            self._warn(f"not writing the lock file of the flake `{shown}`: its input `{text_of(loose)}` is not locked")
            return
        if not flags.may_update:
            raise failure(
                "flake-lock",
                f"the lock file of the flake `{shown}` would have to change, and --no-update-lock-file forbids it",
                notes=tuple(change.splitlines()),
            )
        exists = os.path.lexists(path)
        self._warn(f"{'updating' if exists else 'creating'} the lock file `{path}`:\n{change}")
        _replace(path, lockfile.render(locked.root), locked.place.tree.origin)
        if locked.place.tree.locked["type"] == "git":
            root = locked.place.tree.origin
            below = os.path.relpath(path, root)
            if flags.commit:
                summary = f"{below}: {'Update' if exists else 'Add'}"
                git.commit(root, below, f"{summary}\n\nFlake lock file updates:\n\n{change}\n")
            else:
                git.track(root, below)

    def _written(self, reference: Reference, locked: Locked, flags: LockFlags) -> Locked:
        """The locks once more, now that the flake's own source holds the lock file that was written."""
        path = lock_file_of(locked.place)
        if not flags.write or not path or lockfile.unlocked(locked.root) is not None:
            return locked
        self._fetchers.forget()
        return self.locking(LockFlags(write=False, registries=flags.registries)).lock(reference)

    # Values

    def get(self, reference: Reference, *, pure: bool) -> Attrs:
        """`builtins.getFlake`: nothing is written."""
        return self.call(reference, LockFlags(write=False, registries=not pure, allow_unlocked=not pure))

    def source_info(self, tree: Tree, **more: Value) -> Attrs:
        """What the language knows of a tree; its path stands for the whole of it."""
        top = self._recipes.mount(tree.source)
        return Attrs({"outPath": with_context(top, {top}), **tree.attributes(), **more})

    def replaced(self, node: Node) -> Value:
        """The value of an input that is not fetched."""
        known = NOTHING_KNOWN if node.locked is None else {**NOTHING_KNOWN, **known_of(node.locked)}
        return self._replacements[node.replaced](known, node.is_flake)

    def read(self, path: str) -> Value:
        return self._evaluator.eval_file(path)

    def fetch(self, locked: Reference) -> Tree:
        return self._fetchers.fetch(locked)

    def mount(self, tree: Tree) -> str:
        return self._recipes.mount(tree.source)


class _Graph:
    """The values of one flake's inputs."""

    def __init__(self, flakes: Flakes, locked: Locked) -> None:
        self._flakes = flakes
        self._locked = locked
        self._results: dict[Node, Value] = {}
        self._found: dict[Node, Place] = {}

    def result(self, node: Node, path: InputPath = ()) -> Value:
        """The value of a node, computed once; `path` is the way to it, for messages."""
        value = self._results.get(node)
        if value is None:
            value = self._results[node] = Delayed(lambda: self._result(node, path))
        return value

    def _result(self, node: Node, path: InputPath) -> Value:
        if node.replaced:
            return self._flakes.replaced(node)
        try:
            place = self._place(node)
        except Failure as problem:
            problem.add_frame(f"while fetching the input `{show(path)}`")
            raise
        flakes = self._flakes
        info = flakes.source_info(place.tree)
        if self._locked.departs and node is self._locked.root:
            # With other inputs than those of its lock file it is not what that revision says.
            info = Attrs({name: value for name, value in info.items() if name not in ("rev", "shortRev", "revCount")})
        out_path = with_context(place.directory, {place.top})
        if not node.is_flake:
            return Attrs({**info, "sourceInfo": info, "outPath": out_path})
        inputs = Attrs({name: self._input(child, (*path, name)) for name, child in sorted(node.inputs.items())})

        def outputs() -> Value:
            flake = force(flakes.read(f"{place.directory}/flake.nix"))
            assert isinstance(flake, dict)
            own: dict[str, Value] = {**dict(inputs), "self": self.result(node)}
            return call(flake["outputs"], Attrs(own))

        made = force(outputs())
        if not isinstance(made, dict):
            raise failure(
                "flake-file",
                f"`outputs` of the flake `{place.directory}` gives {show_type(made)}, not an attribute set",
            )
        own = {"outPath": out_path, "inputs": inputs, "outputs": made, "sourceInfo": info, "_type": "flake"}
        origin = made.origin if isinstance(made, Attrs) else None
        return Attrs({**dict(made.items()), **info, **own}, origin=origin)

    def _input(self, edge: Node | InputPath, path: InputPath) -> Value:
        if isinstance(edge, Node):
            return self.result(edge, path)

        def followed() -> Value:
            found = lockfile.find(self._locked.root, edge)
            if found is not None:
                return self.result(found, edge)
            # It leads through an input that is replaced, and to its own inputs: those have their names.
            what = replacement({"type": "indirect", "id": edge[-1]})
            if what:
                return self._flakes.replaced(Node(replaced=what))
            raise failure("flake-follows", f"the input `{show(path)}` follows `{show(edge)}`, which is not known here")

        return Delayed(followed)

    def _place(self, node: Node) -> Place:
        """Where a node lies: as it was read while locking, or fetched now."""
        place = self._locked.places.get(node) or self._found.get(node)
        if place is not None:
            return place
        assert node.locked is not None
        if is_relative(node.locked):
            parent = lockfile.find(self._locked.root, node.parent or ())
            assert parent is not None
            above = self._place(parent)
            directory = canonical_path(f"{above.directory}/{node.locked['path']}")
            if node.locked.get("dir"):
                directory = canonical_path(f"{directory}/{node.locked['dir']}")
            place = Place(above.tree, above.top, directory)
        else:
            tree = self._flakes.fetch(node.locked)
            top = self._flakes.mount(tree)
            below = str(node.locked.get("dir", ""))
            place = Place(tree, top, canonical_path(f"{top}/{below}") if below else top)
        self._found[node] = place
        return place


def _replace(path: str, text: str, top: str) -> None:
    """Writes a file so that it is there as a whole or not at all; a link must stay within the flake's own tree."""
    temporary = f"{path}.new-{os.getpid()}"
    real = os.path.realpath(path)
    if not real.startswith(f"{os.path.realpath(top)}/"):
        raise failure(
            "flake-lock",
            f"the lock file `{path}` is a link out of the flake, to `{real}`, and is not written",
            hints=("make it a file of its own",),
        )
    with machine(f"writing `{path}`"):
        try:
            with open(temporary, "x", encoding="utf-8") as file:
                file.write(text)
            os.replace(temporary, real)
        finally:
            if os.path.lexists(temporary):
                os.unlink(temporary)
