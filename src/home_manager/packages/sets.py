"""Sets of packages inside of the package set: `vimPlugins`, `python3Packages`, `nerd-fonts`, `vscode-extensions`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from home_manager.nix.evaluation import call
from home_manager.packages.names import Entry
from home_manager.packages.reference import Package
from home_manager.values import MISSING, Builtin, EndlessAttrs, Value
from home_manager.values.lazy import force

NAMED_LIKE_A_SET = re.compile(r"[A-Za-z0-9_]+(?:Packages|Plugins|Extensions|Addons|Scripts|Versions|Dicts)(?:_latest)?")
"""What sets are called; a package is called after its project, whose words a dash divides: `nemo-with-extensions`."""

SETS = frozenset(
    (
        "bat-extras", "darwin", "eclipses", "gnome", "gst_all_1", "haskell", "hies", "hunspellDictsChromium",
        "jetbrains", "kdePackages", "libretro", "libsForQt5", "linuxKernel", "llvmPackages", "lxqt", "mate",
        "nerd-fonts", "nixos-artwork", "nur", "obs-studio-plugins", "ocamlPackages", "pantheon", "qt5", "qt6",
        "terraform-providers", "texlive", "unixtools", "vscode-extensions", "winePackages",
        "wineWow64Packages", "wineWowPackages", "xfce", "xorg",
    )
)  # fmt: skip
"""Sets whose name does not say so."""

DEEP: Mapping[str, int] = {
    "vscode-extensions": 1,
    "nur": 3,
    "haskell": 2,
    "linuxKernel": 1,
    "nixos-artwork": 1,
    "darwin": 0,
}
"""How many levels of sets lie between a set and its packages, where there are any."""

NOT_PACKAGES = frozenset(
    (
        "type", "outPath", "drvPath", "outputs", "outputName", "override", "overrideAttrs",
        "overrideDerivation", "passthru", "_module", "recurseForDerivations", "imports", "options", "meta",
        "pname", "version", "all", "isDarwin", "isLinux",
    )
)  # fmt: skip
"""Attributes by which a set would be taken for something that it is not."""

PLAUSIBLE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_'+-]*")
"""What a package can be called."""


def is_set(name: str) -> bool:
    """Whether a name of the package set is a set of packages."""
    return name in SETS or NAMED_LIKE_A_SET.fullmatch(name) is not None


def is_plausible(name: str) -> bool:
    """Whether a name may be a package that nobody has told us of."""
    return name not in NOT_PACKAGES and not name.startswith("__") and PLAUSIBLE.fullmatch(name) is not None


class PackageScope(EndlessAttrs):
    """One such set. `make` gives the package at a place; `further` are attributes that are no packages."""

    __slots__ = ("_further", "_levels", "_make", "_names", "_place")

    def __init__(
        self,
        place: tuple[str, ...],
        make: Callable[[tuple[str, ...]], Package],
        names: Mapping[str, Entry],
        further: Mapping[str, Value],
        levels: int = 0,
    ) -> None:
        super().__init__()
        self._place = place
        self._make = make
        self._names = names
        self._levels = levels
        self._further = {
            "recurseForDerivations": True,
            "overrideScope": Builtin("overrideScope", 1, self._changed),
            "extend": Builtin("extend", 1, self._changed),
            **further,
        }

    def find(self, name: str) -> Value:
        own = self._further.get(name, MISSING)
        if own is not MISSING or not is_plausible(name):
            return own
        if self._levels > 0:
            return PackageScope((*self._place, name), self._make, self._names, {}, self._levels - 1)
        return self._make((*self._place, name))

    def names(self) -> Iterable[str]:
        prefix = ".".join(self._place) + "."
        known = {name[len(prefix) :].partition(".")[0] for name in self._names if name.startswith(prefix)}
        return [*self._further, *sorted(known)]

    def knows(self, name: str) -> bool:
        place = ".".join((*self._place, name))
        return (
            name in self._further or place in self._names or any(each.startswith(f"{place}.") for each in self._names)
        )

    def offers(self, name: str) -> bool:
        # Of most sets only few members have been written down, or none.
        return self.get(name, MISSING) is not MISSING

    def _changed(self, function: Value) -> Value:
        """`overrideScope`: the set with what a function of the new and the old one gives."""
        new = PackageScope(self._place, self._make, self._names, self._further, self._levels)
        changes = force(call(function, new, self))
        if isinstance(changes, dict):
            for name, value in changes.items():
                dict.__setitem__(new, name, value)
                new._further[name] = value
        return new
