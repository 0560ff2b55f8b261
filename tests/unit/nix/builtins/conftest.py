"""A machine that lives in memory, and an evaluator on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest

from home_manager.diagnostics import Failure
from home_manager.nix.errors import eval_error
from home_manager.nix.evaluation import Evaluator, deep_force, print_value, with_deep_stack
from home_manager.nix.hash_encoding import Hash, sha256
from home_manager.nix.io import PathFilter
from home_manager.nix.store_paths import fixed_path, text_path

STORE = "/nix/store"


class MemoryIO:
    """Files by path; directories are what has files below it."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {
            "/etc/hello.txt": b"hello\n",
            "/etc/zero": b"a\0b",
            "/etc/latin": b"caf\xe9",
            "/etc/one.nix": b"{ x = 1; }",
            "/etc/dir/default.nix": b"x: x + y",
            "/etc/dir/sub/a": b"a",
        }
        self.links: dict[str, str] = {"/etc/link": "/etc/hello.txt", "/etc/broken": "/etc/nothing"}
        self.shown: list[str] = []
        self.fetched: list[tuple[str, dict[str, object]]] = []
        self.copied: list[tuple[str, str, list[str]]] = []

    def read_file(self, path: str) -> bytes:
        path = self.links.get(path, path)
        if path not in self.files:
            raise eval_error(f"path '{path}' does not exist")
        return self.files[path]

    def read_dir(self, path: str) -> Mapping[str, str]:
        below = path.rstrip("/") + "/"
        names = {name[len(below) :].partition("/")[0] for name in [*self.files, *self.links] if name.startswith(below)}
        return {name: str(self.file_type(below + name)) for name in names}

    def file_type(self, path: str) -> str | None:
        if path in self.links:
            return "symlink"
        if path in self.files:
            return "regular"
        below = path.rstrip("/") + "/"
        return "directory" if any(name.startswith(below) for name in self.files) or path in ("/", STORE) else None

    def exists(self, path: str) -> bool:
        return self.file_type(self.real_path(path)) is not None

    def real_path(self, path: str) -> str:
        return self.links.get(path, path)

    def home(self) -> str:
        return "/home/alice"

    def get_env(self, name: str) -> str:
        return "alice" if name == "USER" else ""

    def current_time(self) -> int:
        return 1000

    def current_system(self) -> str:
        return "x86_64-linux"

    def copy_to_store(self, path: str, name: str, filter: PathFilter | None = None, *, flat: bool = False) -> str:
        if self.file_type(path) is None:
            raise eval_error(f"path '{path}' does not exist")
        kept: list[str] = []

        def walk(directory: str) -> None:
            for entry, kind in sorted(self.read_dir(directory).items()):
                if filter is None or filter(f"{directory}/{entry}", kind):
                    kept.append(f"{directory}/{entry}")
                    walk(f"{directory}/{entry}")

        walk(path)
        self.copied.append((path, name, kept))
        return fixed_path(STORE, name, "nar", Hash("sha256", sha256(repr((path, kept)).encode())))

    def add_text(self, name: str, text: str, references: Sequence[str]) -> str:
        return text_path(STORE, name, text.encode(), references)

    def fetch(self, kind: str, arguments: Mapping[str, object]) -> Mapping[str, object]:
        self.fetched.append((kind, dict(arguments)))
        return {"outPath": f"{STORE}/19k94y693b5mi3rbb0f3y9c4zq1jc3z0-source", "rev": "f" * 40}

    def trace(self, message: str) -> None:
        self.shown.append(f"trace: {message}")

    def notice(self, message: str) -> None:
        self.warn(message)

    def warn(self, message: str) -> None:
        self.shown.append(f"warning: {message}")


@pytest.fixture
def io() -> MemoryIO:
    return MemoryIO()


@pytest.fixture
def show(io: MemoryIO) -> Callable[..., str]:
    """Evaluates an expression deeply and prints it; of a failure, its message."""

    def run(expression: str, *, pure: bool = False, frames: bool = False) -> str:
        evaluator = Evaluator(io, store_dir=STORE, pure=pure, search_path=[("etc", "/etc")])
        try:
            return with_deep_stack(lambda: print_value(deep_force(evaluator.eval_text(expression, base="/etc"))))
        except Failure as error:
            traced = [frame.text for frame in error.frames] if frames else []
            return " < ".join([f"error: {error}", *traced])

    return run
