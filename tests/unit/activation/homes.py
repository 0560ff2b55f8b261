"""A home in a scratch directory, with generations made on the spot."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from home_manager.activation import Layout, Options, Report, System, activate
from home_manager.manifest import BUILTIN_STEPS, MERGE_FORMATS, FileEntry, Manifest, Step, dump
from home_manager.paths import HomeRelPath
from home_manager.store import Files, FileSource, HomeFiles, Link, Profile, Recipes, Store, Text

QUIET = System(durable=False)


def steps(*bash: tuple[str, str], before: str | None = None, after: str | None = None) -> tuple[Step, ...]:
    """The program's steps, with bash steps put before or after one of them."""
    found = [Step(name, "builtin") for name in BUILTIN_STEPS]
    at = BUILTIN_STEPS.index(before) if before else BUILTIN_STEPS.index(after) + 1 if after else len(found)
    found[at:at] = [Step(name, "bash", script) for name, script in bash]
    return tuple(found)


@dataclass(frozen=True)
class Real:
    """A real file that a generation wants: its text, how it is on the disk, and more of its entry."""

    text: str
    how: str
    mode: str = ""
    more: Mapping[str, object] = field(default_factory=dict)

    def entry(self, target: str, source: str) -> FileEntry:
        format = MERGE_FORMATS.get(os.path.splitext(target)[1], "") if self.how == "merge" else ""
        entry = FileEntry(HomeRelPath(target), source, on_disk=self.how, mode=self.mode, format=format)  # type: ignore[arg-type]
        return replace(entry, **self.more)  # type: ignore[arg-type]


@dataclass
class Home:
    """A home below `top`, its store and its layout."""

    top: Path
    printed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.path = self.top / "home"
        self.path.mkdir(parents=True, exist_ok=True)
        self.layout = Layout.resolve(str(self.path), environ={})
        self.store = Store(self.layout.store, durable=False)
        self.profile = Profile(self.layout.profiles, durable=False)

    def generation(
        self,
        files: Mapping[str, str | Real | FileEntry] | None = None,
        *,
        steps: Sequence[Step] | None = None,
        packages: Sequence[str] | None = None,
        **more: object,
    ) -> tuple[Manifest, str]:
        """A generation: target → text, or an entry whose source is made beforehand."""
        recipes = Recipes(self.store.root)
        entries = []
        for target, what in (files or {}).items():
            if isinstance(what, FileEntry):
                entries.append(what)
            elif isinstance(what, Real):
                entries.append(what.entry(target, recipes.add(Text("text", what.text))))
            else:
                entries.append(FileEntry(HomeRelPath(target), recipes.add(Text("text", what))))
        home_path = None
        if packages is not None:
            home_path = recipes.add(Files("home-manager-path", {f"bin/{name}": name for name in packages}))
        manifest = Manifest(os.environ.get("USER", "alice"), str(self.path), files=tuple(entries), home_path=home_path)
        if steps is not None:
            manifest = replace(manifest, steps=tuple(steps))
        manifest = replace(manifest, **more)  # type: ignore[arg-type]
        sources = tuple(
            FileSource(e.target.text, e.source, e.recursive, e.executable) for e in entries if e.on_disk == "link"
        )
        tree = recipes.add(HomeFiles(sources))
        content: dict[str, str | Link] = {"manifest.json": dump(manifest), "home-files": Link("", tree)}
        if home_path is not None:
            content["home-path"] = Link("", home_path)
        path = recipes.add(Files("home-manager-generation", content))
        self.store.realise(recipes, (path,))
        return manifest, path

    def activate(
        self,
        generation: tuple[Manifest, str],
        *,
        system: System = QUIET,
        layout: Layout | None = None,
        **options: object,
    ) -> Report:
        chosen = Options(output=self.printed.append, skip_sanity_checks=True, **options)  # type: ignore[arg-type]
        return activate(*generation, layout=layout or self.layout, options=chosen, system=system)

    def switch(self, files: Mapping[str, str | Real | FileEntry], **options: object) -> Report:
        return self.activate(self.generation(files), **options)  # type: ignore[arg-type]

    @property
    def output(self) -> str:
        return "".join(self.printed)

    def tree(self) -> dict[str, str]:
        """Everything in the home but the state: path → content, `-> text` of a link, `/` of a directory."""
        found = {}
        for directory, names, files in os.walk(self.path):
            names[:] = [name for name in names if os.path.join(directory, name) != str(self.path / ".local")]
            for name in [*names, *files]:
                path = os.path.join(directory, name)
                relative = os.path.relpath(path, self.path)
                if os.path.islink(path):
                    found[relative] = "-> " + os.readlink(path)
                elif os.path.isdir(path):
                    found[relative] = "/"
                elif os.path.isfile(path):
                    found[relative] = Path(path).read_text()
                else:
                    found[relative] = "special"
        return found

    def put(self, target: str, text: str) -> Path:
        path = self.path / target
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def read(self, target: str) -> str:
        return (self.path / target).read_text()
