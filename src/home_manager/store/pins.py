"""Pinned roots: links outside of the profile that keep a store object, such as `result` of a build."""

from __future__ import annotations

import os

from home_manager.store.faults import machine
from home_manager.store.hashing import digest
from home_manager.store.links import replace_link
from home_manager.store.removal import remove_tree


class Pins:
    """A directory of links to the links that pin something; a pin whose link is gone no longer counts."""

    __slots__ = ("directory",)

    def __init__(self, directory: str | os.PathLike[str]) -> None:
        self.directory = os.fspath(directory)

    def add(self, link: str, target: str) -> None:
        """Make `link` (absolute) point to the store path `target` and remember it as a root."""
        with machine(f"writing the link `{link}`"):
            pin = f"{self.directory}/{digest(link)}"
            os.makedirs(pin, exist_ok=True)
            replace_link(f"{pin}/link", link)
            os.replace(_own(link, target), link)

    def roots(self, *, forget: bool = True) -> list[str]:
        """The paths that are pinned now; pins whose link is gone are forgotten, unless nothing is to be changed."""
        if not os.path.isdir(self.directory):
            return []
        found = []
        with machine(f"reading `{self.directory}`"):
            for name in sorted(os.listdir(self.directory)):
                pin = f"{self.directory}/{name}/link"
                link = os.readlink(pin) if os.path.islink(pin) else ""
                if os.path.islink(link):
                    found.append(os.readlink(link))
                elif forget:
                    remove_tree(f"{self.directory}/{name}")
        return found


def _own(link: str, target: str) -> str:
    """A new link to `target` beside `link`, under a name that no other program uses."""
    temporary = f"{os.path.dirname(link)}/.home-manager-{os.getpid()}"
    if os.path.islink(temporary):
        os.unlink(temporary)
    os.symlink(target, temporary)
    return temporary
