"""The machine of a dry run: it reads like the real one, and only notes what it is told to change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from home_manager.activation.system import Completed, Status, System
from home_manager.store import Profile


class DryRunSystem(System):
    """Reads like the machine, changes nothing, and tells `note` what would have been done."""

    def __init__(self, note: Callable[[str], None]) -> None:
        super().__init__()
        self.note = note
        self.gone: set[str] = set()

    def make_directory(self, path: str, mode: int | None = None) -> None:
        self.note(f"make the directory {path}")
        self.gone.discard(path)

    def make_directories(self, path: str) -> None:
        pass

    def make_link(self, path: str, target: str) -> None:
        self.note(f"link {path} to {target}")
        self.gone.discard(path)

    def replace_link(self, path: str, target: str) -> None:
        self.note(f"link {path} to {target}")

    def hard_link(self, path: str, name: str) -> None:
        self.note(f"keep {path} as {name}")

    def write_file(self, path: str, source: str, text: str | None, mode: int, *, replace: bool) -> None:
        self.note(f"write {path}" if text is not None else f"copy {source} to {path}")

    def change_mode(self, path: str, mode: int) -> None:
        self.note(f"change the permissions of {path} to {mode:04o}")

    def rename(self, old: str, new: str) -> None:
        self.note(f"move {old} to {new}")
        self.gone.add(old)

    def move_to_free_place(self, old: str, new: str) -> None:
        self.note(f"move {old} to {new}")
        self.gone.add(old)

    def double(self, path: str, name: str) -> None:
        pass

    def status(self, path: str) -> Status | None:
        """What is at a path, but for what would have been moved or removed by now."""
        return None if path in self.gone else super().status(path)

    def unlink(self, path: str) -> None:
        self.note(f"remove {path}")
        self.gone.add(path)

    def remove_directory(self, path: str) -> None:
        self.note(f"remove the directory {path} if it is empty")
        self.gone.add(path)

    def remove_tree(self, path: str) -> int:
        return 0

    def copy_tree(self, old: str, new: str) -> None:
        pass

    def append(self, path: str, data: bytes) -> None:
        pass

    def synchronise(self, directories: Iterable[str]) -> None:
        pass

    def point(self, profile: Profile, path: str, number: int | None) -> int:
        self.note(f"make {path} the current generation")
        return number if number is not None else 0

    def run(self, command: Sequence[str], environment: Mapping[str, str], timeout: float | None = None) -> Completed:
        self.note("run " + " ".join(command))
        return Completed(0, "")
