"""What a package of nixpkgs is in Debian: by the table of names, by the rules of its set, or by the same name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from home_manager.diagnostics.nearest import nearest
from home_manager.packages.names import Entry
from home_manager.packages.providers.debian.package_index import Index


@dataclass(frozen=True, slots=True)
class Resolution:
    """A package of nixpkgs in Debian: what it is made of, its main program, and names of programs to Debian's."""

    packages: tuple[str, ...]
    main: str
    renames: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Unknown:
    """A package that the suite does not have; `tried` are the Debian names that were looked for."""

    attribute: tuple[str, ...]
    tried: tuple[str, ...]
    known: bool


SETS: Mapping[str, tuple[str, ...]] = {
    "aspellDicts": ("aspell-{}",),
    "bat-extras": (),
    "emacsPackages": ("elpa-{}",),
    "fishPlugins": ("fish-{}",),
    "gnome": ("{}",),
    "gnomeExtensions": ("gnome-shell-extension-{}",),
    "haskellPackages": ("{}", "libghc-{}-dev"),
    "hunspellDicts": ("hunspell-{}",),
    "kdePackages": ("{}", "kde-{}"),
    "libsForQt5": ("{}", "{}-qt5"),
    "luaPackages": ("lua-{}",),
    "lxqt": ("{}",),
    "mate": ("{}",),
    "mpvScripts": ("mpv-{}",),
    "nerd-fonts": (),
    "nodePackages": ("{}", "node-{}"),
    "nodePackages_latest": ("{}", "node-{}"),
    "obs-studio-plugins": ("obs-{}",),
    "perlPackages": ("lib{}-perl",),
    "phpPackages": ("php-{}",),
    "python3Packages": ("python3-{}",),
    "qt6": ("{}", "qt6-{}"),
    "qt6Packages": ("{}", "{}-qt6"),
    "rPackages": ("r-cran-{}", "r-bioc-{}"),
    "rubyPackages": ("ruby-{}",),
    "texlivePackages": (),
    "tmuxPlugins": ("tmux-{}", "tmux-plugin-{}"),
    "vimPlugins": ("{}", "vim-{}"),
    "vscode-extensions": (),
    "xfce": ("{}", "xfce4-{}"),
    "xorg": ("{}",),
}
"""How Debian names the members of nixpkgs' sets, most likely first."""


def resolve(index: Index, names: Mapping[str, Entry], attribute: tuple[str, ...]) -> Resolution | Unknown:
    """The Debian packages for a package of nixpkgs."""
    text = ".".join(attribute)
    entry = names.get(text)
    if entry is not None and entry.debian:
        lacking = tuple(name for name in entry.debian if index.get(name) is None)
        if lacking:
            return Unknown(attribute, lacking, True)
        return Resolution(entry.debian, entry.main_program, dict(entry.renames))
    tried = () if entry is not None and entry.absent else tuple(dict.fromkeys(candidates(attribute)))
    for name in tried:
        if index.get(name) is not None:
            return Resolution(
                (name,), entry.main_program if entry else attribute[-1], dict(entry.renames) if entry else {}
            )
    return Unknown(attribute, tried, entry is not None)


def candidates(attribute: tuple[str, ...]) -> Iterable[str]:
    """The names that a package may have in Debian if no table knows it."""
    *sets, last = attribute
    plain = re.sub(r"_", "-", last.lower())
    if not sets:
        yield last.lower()
        yield plain
        # nixpkgs keeps old versions as name_1_2, Debian as name1.2 or not at all.
        found = re.fullmatch(r"(.+?)_([0-9_]+)", last.lower())
        if found:
            yield f"{found.group(1)}{found.group(2).replace('_', '.')}"
            yield f"{found.group(1)}-{found.group(2).replace('_', '.')}"
        return
    set_name = re.sub(r"^(python3)\d+Packages$", r"\1Packages", sets[-1])
    for pattern in SETS.get(set_name, ("{}",)):
        yield pattern.format(plain)
        bare = re.sub(r"^(?:vim|nvim|python|perl|node|tmux)-|-(?:vim|nvim)$", "", plain)
        if bare != plain:
            yield pattern.format(bare)


def nearest_names(part: Unknown, index: Index, names: Mapping[str, Entry]) -> tuple[str, ...]:
    """The names that are nearest to one that nobody knows; none for a package that is known and not here."""
    if part.known:
        return ()
    text = ".".join(part.attribute)
    return tuple(nearest(text, {*names, *index.names()} if len(part.attribute) == 1 else set(names)))


def quoted(names: Iterable[str]) -> str:
    """Names as they stand in a sentence: `` `a`, `b` or `c` ``."""
    marked = [f"`{name}`" for name in names]
    return marked[0] if len(marked) == 1 else f"{', '.join(marked[:-1])} or {marked[-1]}" if marked else ""
