"""Computing what every input of a flake is: what the lock file says where that still holds, else by fetching it.

The steps are those of the original, so that both write the same lock file. Inputs that this program replaces are not
fetched: what the lock file says of them stays, and where it says nothing, nothing is written.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from home_manager.diagnostics import Failure, Label, failure, nearest
from home_manager.flakes import flake_file, lockfile
from home_manager.flakes.evaluator import TreeEvaluator
from home_manager.flakes.fetchers import Fetchers, Tree
from home_manager.flakes.flake_file import FlakeFile, Input
from home_manager.flakes.lockfile import InputPath, Node, show
from home_manager.flakes.references import canonical, is_locked, is_relative, text_of
from home_manager.flakes.replaced import replacement
from home_manager.nix.builtins.flakerefs import Reference
from home_manager.nix.path_text import canonical as canonical_path
from home_manager.paths import open_file
from home_manager.store import Recipes


@dataclass(frozen=True, slots=True)
class LockFlags:
    """What the command line says about the lock file.

    `updates` are inputs to be locked anew, `overrides` references that take the place of an input's own.
    """

    recreate: bool = False
    may_update: bool = True
    write: bool = True
    commit: bool = False
    reference_file: str = ""
    registries: bool = True
    updates: frozenset[InputPath] = frozenset()
    overrides: Mapping[InputPath, Reference] = field(default_factory=dict)
    allow_unlocked: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """A flake that was read: its tree, the store path of that tree, and of the directory with its `flake.nix`."""

    tree: Tree
    top: str
    directory: str
    file: FlakeFile | None = None

    @property
    def below(self) -> str:
        return self.directory[len(self.top) + 1 :]


@dataclass(frozen=True, slots=True)
class Locked:
    """A flake with all of its inputs known; `places` are those that had to be looked at for that.

    `departs` says that the lock file differs and is left as it is.
    """

    place: Place
    root: Node
    old: Node
    places: Mapping[Node, Place]
    departs: bool = False

    @property
    def changed(self) -> bool:
        return lockfile.as_data(self.root)[0] != lockfile.as_data(self.old)[0]


@dataclass(frozen=True, slots=True)
class _Override:
    input: Input
    place: Place
    parent: InputPath | None
    of_user: bool = False


class Locking:
    """One computation of locks."""

    def __init__(
        self,
        evaluator: TreeEvaluator,
        recipes: Recipes,
        fetchers: Fetchers,
        flags: LockFlags,
        warn: Callable[[str], None],
    ) -> None:
        self._evaluator = evaluator
        self._recipes = recipes
        self._fetchers = fetchers
        self._flags = flags
        self._warn = warn
        self._overrides: dict[InputPath, _Override] = {}
        self._used: set[InputPath] = set()
        self._seen: set[InputPath] = set()
        self._parents: list[Reference] = []
        self._places: dict[Node, Place] = {}

    def lock(self, reference: Reference) -> Locked:
        """The locks of a flake."""
        flags = self._flags
        place = self.load(reference, (), lists=flags.registries)
        assert place.file is not None
        try:
            old = self._read_lock_file(place, flags.reference_file)
        except Failure:
            if not flags.recreate:
                raise
            old = Node()
        for path, target in flags.overrides.items():
            self._overrides[path] = _Override(Input(target), place, None, of_user=True)
        root = Node()
        self._places[root] = place
        self._compute(place.file.inputs, root, (), None if flags.recreate else old, (), place, trusted=False)
        for path, target in flags.overrides.items():
            if path not in self._used:
                self._warn(f"`--override-input {show(path)} {text_of(target)}` does not match any input")
        for path in flags.updates - self._seen:
            self._warn(f"`--update-input {show(path)}` does not match any input of this flake")
        self._check_follows(root, place.file)
        return Locked(place, root, old, self._places)

    # Reading flakes

    def load(self, reference: Reference, path: InputPath, *, lists: bool) -> Place:
        """Fetches a flake and reads its `flake.nix`."""
        shown = text_of(reference)
        tree = self._fetchers.fetch(reference, lists=lists)
        directory = str(reference.get("dir", ""))
        place = self._placed(tree, directory)
        file = flake_file.read(self._evaluator, place.directory, shown, path)
        wanted = {name: value for name, value in file.own.items() if tree.locked.get(name, False) != value}
        if wanted and tree.locked["type"] == "git":
            again = {k: v for k, v in reference.items() if k not in ("narHash", "dir")} | wanted
            place = self._placed(self._fetchers.fetch(again, lists=lists), directory)
            file = flake_file.read(self._evaluator, place.directory, shown, path)
        return Place(place.tree, place.top, place.directory, file)

    def _placed(self, tree: Tree, directory: str = "") -> Place:
        top = self._recipes.mount(tree.source)
        return Place(tree, top, canonical_path(f"{top}/{directory}") if directory else top)

    def _within(self, parent: Place, reference: Reference, path: InputPath, *, is_flake: bool) -> Place:
        """A flake, or anything else, in the tree of the flake that names it."""
        base = parent.directory
        directory = canonical_path(f"{base}/{reference['path']}")
        if reference.get("dir"):
            directory = canonical_path(f"{directory}/{reference['dir']}")
        if directory != parent.top and not directory.startswith(f"{parent.top}/"):
            raise failure(
                "flake-missing",
                f"the path `{reference['path']}` of the input `{show(path)}` leaves the flake",
                notes=(f"the flake's source is `{self._evaluator.shown(parent.top)}`",),
                hints=("use an absolute path, as `path:/…`",),
            )
        file = flake_file.read(self._evaluator, directory, text_of(reference), path) if is_flake else None
        return Place(parent.tree, parent.top, directory, file)

    def _read_lock_file(self, place: Place, other: str = "") -> Node:
        if other:
            try:
                with open(open_file(other), encoding="utf-8") as file:
                    return lockfile.parse(file.read(), other)
            except OSError as error:
                raise failure(
                    "flake-lock", f"the lock file `{other}` cannot be read", notes=((error.strerror or "").lower(),)
                ) from None
        path = f"{place.directory}/flake.lock"
        if self._evaluator.io.file_type(path) is None:
            return Node()
        return lockfile.parse(
            self._evaluator.io.read_file(path).decode("utf-8", "replace"), self._evaluator.shown(path)
        )

    # The computation

    def _compute(
        self,
        inputs: Mapping[str, Input],
        node: Node,
        prefix: InputPath,
        old: Node | None,
        follows_prefix: InputPath,
        place: Place,
        *,
        trusted: bool,
    ) -> None:
        for name, each in inputs.items():
            self._add_overrides(each, (*prefix, name), place, prefix)
        for path, override in self._overrides.items():
            if path[:-1] == prefix and path[-1] not in inputs and not node.replaced and (override.of_user or prefix):
                self._warn(
                    f"the input `{show(prefix)}` has an override for an input `{path[-1]}` that it does not have"
                )
        for name, declared in sorted(inputs.items()):
            try:
                self._one(name, declared, node, (*prefix, name), old, follows_prefix, place, trusted=trusted)
            except Failure as problem:
                if not problem.diagnostic.labels and declared.span is not None:
                    problem.diagnostic = replace(problem.diagnostic, labels=(Label(declared.span),))
                problem.add_frame(f"while updating the flake input `{show((*prefix, name))}`", declared.span)
                raise

    def _add_overrides(self, each: Input, path: InputPath, place: Place, parent: InputPath) -> None:
        for name, override in each.overrides.items():
            inner = (*path, name)
            if override.reference is not None or override.follows is not None:
                self._overrides.setdefault(inner, _Override(override, place, parent))
            self._add_overrides(override, inner, place, parent)

    def _one(
        self,
        name: str,
        declared: Input,
        node: Node,
        path: InputPath,
        old: Node | None,
        follows_prefix: InputPath,
        place: Place,
        *,
        trusted: bool,
    ) -> None:
        override = self._overrides.get(path)
        given = declared
        if override is not None:
            self._used.add(path)
            given = override.input
        if given.follows is not None:
            node.inputs[name] = given.follows
            return
        reference = given.reference or {"type": "indirect", "id": name}
        base = place if override is None else override.place
        parent: InputPath | None = None
        if is_relative(reference):
            parent = path[:-1] if override is None else override.parent
        is_flake = declared.is_flake
        self._seen.add(path)
        of_user = override is not None and override.of_user
        kept: Node | None = None
        if old is not None and path not in self._flags.updates:
            found = old.inputs.get(name)
            kept = found if isinstance(found, Node) else None
        what = replacement(reference)
        if what and not of_user:
            self._replaced(name, node, path, reference, old, follows_prefix, place, what, is_flake)
            return
        if (
            kept is not None
            and kept.original is not None
            and canonical(kept.original) == canonical(reference)
            and kept.parent == parent
            and not of_user
        ):
            self._keep(name, kept, node, path, follows_prefix, place, trusted=trusted)
            return
        if not self._flags.allow_unlocked and not is_locked(reference) and not is_relative(reference):
            raise failure(
                "nix-pure",
                f"the input `{show(path)}` is not locked, and nothing unlocked is fetched in pure evaluation mode",
                hints=("have the flake write a lock file, or pass --impure",),
            )
        original = declared.reference if of_user and declared.reference is not None else reference
        self._new(name, node, path, reference, original, base, parent, is_flake, of_user=of_user)

    def _replaced(
        self,
        name: str,
        node: Node,
        path: InputPath,
        reference: Reference,
        old: Node | None,
        follows_prefix: InputPath,
        place: Place,
        what: str,
        is_flake: bool,
    ) -> None:
        """An input that is not fetched: as the lock file has it, whatever was asked for."""
        found = None if old is None else old.inputs.get(name)
        if isinstance(found, Node) and found.locked is not None:
            self._keep(name, found, node, path, follows_prefix, place, trusted=True)
            child = node.inputs[name]
            assert isinstance(child, Node)
            child.replaced = what
            return
        node.inputs[name] = Node(original=reference, is_flake=is_flake, replaced=what)

    def _keep(
        self,
        name: str,
        kept: Node,
        node: Node,
        path: InputPath,
        follows_prefix: InputPath,
        place: Place,
        *,
        trusted: bool,
    ) -> None:
        """An input as the lock file has it; only what may be overridden in it is looked at."""
        child = Node(original=kept.original, locked=kept.locked, is_flake=kept.is_flake, parent=kept.parent)
        node.inputs[name] = child
        again = any(len(update) > len(path) and update[: len(path)] == path for update in self._flags.updates)
        inner: dict[str, Input] = {}
        if not again:
            for key, edge in kept.inputs.items():
                if isinstance(edge, Node):
                    inner[key] = Input(edge.original, is_flake=edge.is_flake)
                    continue
                if not trusted and (*path, key) not in self._overrides:
                    # The override that made it follow is gone: the flake itself has to say what it wants.
                    again = True
                    break
                inner[key] = Input(follows=(*follows_prefix, *edge))
        if not again:
            self._compute(inner, child, path, kept, follows_prefix, place, trusted=True)
            return
        assert kept.locked is not None
        if is_relative(kept.locked):
            found = self._within(place, kept.locked, path, is_flake=kept.is_flake)
        else:
            found = self.load(kept.locked, path, lists=False)
        self._places[child] = found
        if found.file is not None:
            self._compute(found.file.inputs, child, path, kept, follows_prefix, found, trusted=False)

    def _new(
        self,
        name: str,
        node: Node,
        path: InputPath,
        reference: Reference,
        original: Reference,
        base: Place,
        parent: InputPath | None,
        is_flake: bool,
        *,
        of_user: bool,
    ) -> None:
        """An input that has to be fetched."""
        directory = {"dir": reference["dir"]} if reference.get("dir") else {}
        if is_relative(reference):
            place = self._within(base, reference, path, is_flake=is_flake)
            locked: Reference = {**reference}
        elif is_flake:
            place = self.load(reference, path, lists=of_user)
            locked = {**place.tree.locked, **directory}
        else:
            place = self._placed(self._fetchers.fetch(reference, lists=of_user))
            locked = {**place.tree.locked, **directory}
        child = Node(original=original, locked=locked, is_flake=is_flake, parent=parent)
        node.inputs[name] = child
        self._places[child] = place
        if place.file is None:
            return
        if reference in self._parents:
            raise failure("flake-circle", f"the flake `{text_of(reference)}` is an input of itself")
        self._parents.append(reference)
        try:
            own = self._read_lock_file(place)
            self._compute(place.file.inputs, child, path, own, path, place, trusted=False)
        finally:
            self._parents.pop()

    def _check_follows(self, root: Node, file: FlakeFile) -> None:
        edges = lockfile.all_inputs(root)
        for path, override in self._overrides.items():
            # What an input that is replaced shall follow is not in the graph, and a slip of the pen all the same.
            if override.input.follows is not None and _below_replaced(root, path):
                edges.setdefault(path, override.input.follows)
        for path, edge in edges.items():
            if (
                isinstance(edge, tuple)
                and edge
                and lockfile.find(root, edge) is None
                and not _below_replaced(root, edge)
            ):
                first, own = file.inputs.get(path[0]), self._overrides.get(path)
                span = None if first is None else first.span
                near = nearest(show(edge), file.inputs)
                raise failure(
                    "flake-follows",
                    f"the input `{show(path)}` follows an input `{show(edge)}` that does not exist",
                    span=span if own is None or own.input.span is None else own.input.span,
                    notes=("the inputs of this flake: " + ", ".join(f"`{name}`" for name in sorted(file.inputs)),),
                    hints=(f"did you mean `{near[0]}`?" if near else "name one of them, or add that one",),
                )


def _below_replaced(root: Node, path: InputPath) -> bool:
    """Whether a path leads through an input that is replaced, whose own inputs are not known."""
    for end in range(1, len(path)):
        node = lockfile.find(root, path[:end])
        if node is not None and node.replaced:
            return True
    return False


def lock_file_of(place: Place) -> str:
    """Where the lock file of a flake on this machine is; empty where nothing can be written."""
    if not place.tree.origin:
        return ""
    return (
        os.path.join(place.tree.origin, place.below, "flake.lock") if place.below else f"{place.tree.origin}/flake.lock"
    )
