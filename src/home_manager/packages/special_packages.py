"""Packages that have attributes of their own, beside those that every package has."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

from home_manager.diagnostics import failure
from home_manager.formats import shell
from home_manager.nix.evaluation import call
from home_manager.packages.builders import Builders
from home_manager.packages.firefox_wrapper import wrapper_override
from home_manager.packages.reference import Package
from home_manager.values import Attrs, Builtin, Function, OpenAttrs, Value
from home_manager.values.lazy import Delayed, force

MOZILLA = ("firefox", "firefox-devedition", "firefox-esr", "floorp-bin", "librewolf", "thunderbird", "thunderbird-esr")
"""Programs that nixpkgs wraps: they can be changed by the arguments of the wrapper."""


CHROMIUM = (
    "brave", "brave-origin", "chromium", "google-chrome", "google-chrome-beta", "google-chrome-dev", "microsoft-edge",
    "ungoogled-chromium", "vivaldi",
)  # fmt: skip
"""Browsers whose arguments nixpkgs has in their package."""


def special_attributes(pkgs: OpenAttrs, make: Builders) -> Mapping[str, Callable[[Package], Value]]:
    """The attributes as `package.attribute`; `*` stands for every package."""
    return {
        "python3.pkgs": lambda package: pkgs["python3Packages"],
        "python3.interpreter": lambda package: f"{package}/bin/python3",
        "python3.sitePackages": lambda package: "lib/python3/dist-packages",
        "python3.pythonVersion": lambda package: "3.13",
        "python3.executable": lambda package: "python3",
        "vim.customize": lambda package: Builtin("customize", 1, lambda given: vim_customized(package, make, given)),
        "vim-full.customize": lambda package: Builtin(
            "customize", 1, lambda given: vim_customized(package, make, given)
        ),
        "neovim-unwrapped.lua": lambda package: pkgs["luajit"],
        "nix.pname": lambda package: "nix",
        **{f"{name}.override": lambda package: wrapper_override(make, package, {}) for name in MOZILLA},
        **{f"{name}.override": lambda package: with_arguments(package, make) for name in CHROMIUM},
        "*.src": source_of,
    }


def with_arguments(package: Package, make: Builders) -> Value:
    """`override` of a browser: `commandLineArgs` are put before those that it is started with."""

    def changed(change: Value) -> Value:
        wanted = force(change)
        if isinstance(wanted, Function):
            wanted = force(call(wanted, Attrs()))
        flags = make.text_of(wanted.get("commandLineArgs", "")) if isinstance(wanted, dict) else ""
        if not flags:
            return package if package.overridden is None else package.overridden(wanted)
        program = package.main_program
        script = f'wrapProgram "$out/bin/{program}" --add-flags {shell.quote(flags)}\n'
        attributes = {key: package[key] for key in ("pname", "version", "meta")}
        return make.joined(make.text_of(package["name"]), [str(package)], script=script, attributes=attributes)

    return Builtin("override", 1, changed)


def source_of(package: Package) -> Value:
    """The source of a package: providers bring what is built, so there is none."""
    raise failure(
        "package-source",
        f"the source of the package `{package['name']}` is not at hand",
        notes=("packages come built from their provider",),
        hints=("name the source itself, for instance with fetchFromGitHub or a path beside the configuration",),
    )


def vim_customized(package: Package, make: Builders, given: Value) -> Value:
    """Vim that starts with its own vimrc and plugins: `vim.customize { vimrcConfig = { customRC; packages; }; }`."""
    arguments = force(given)
    assert isinstance(arguments, dict)
    config = force(arguments.get("vimrcConfig", Attrs()))
    fields = config if isinstance(config, dict) else {}
    name = make.text_of(arguments.get("name", "vim"))
    entries: dict[str, str] = {}
    groups = force(fields.get("packages", Attrs()))
    for group, kinds in groups.items() if isinstance(groups, dict) else ():
        lists = force(kinds)
        for kind in ("start", "opt"):
            for plugin in make.paths_of(lists.get(kind, []) if isinstance(lists, dict) else []):
                short = plugin[len(make.recipes.prefix) + 33 :]
                entries[f"pack/{group}/{kind}/{short}"] = plugin
    lines = ["set nocompatible"]
    if entries:
        plugins = make.link_farm("vim-pack-dir", entries)
        lines += [f"set packpath^={plugins}", f"set runtimepath^={plugins}"]
    lines.append(make.text_of(fields.get("customRC", "")))
    vimrc = make.text("vimrc", "\n".join(lines) + "\n")
    programs = make.joined(
        name,
        [str(package)],
        script=_started_with(str(vimrc), make.shell()),
        attributes={"vimrcFile": vimrc, "meta": Attrs({"mainProgram": package.main_program})},
    )
    return programs


VIM_NAMES = ("vim", "vi", "view", "vimdiff", "ex", "rvim", "rview", "gvim")


def _started_with(vimrc: str, shell: str) -> str:
    names = " ".join(VIM_NAMES)
    return (
        f"for name in {names}; do\n"
        '  [ -e "$out/bin/$name" ] || continue\n'
        '  target=$(readlink "$out/bin/$name"); rm "$out/bin/$name"\n'
        f'  printf \'#!%s\\nexec -a "$0" %q -u %q "$@"\\n\' {shell} "$target" {vimrc} > "$out/bin/$name"\n'
        '  chmod +x "$out/bin/$name"\n'
        "done\n"
    )


def own_members(make: Builders) -> Mapping[str, Mapping[str, Value]]:
    """Members of sets that are made here, since modules need them and no provider has them."""

    def sensible() -> Value:
        with open(os.path.join(os.path.dirname(__file__), "sensible.vim"), encoding="utf-8") as file:
            text = file.read()
        return make.text("vim-sensible", text, destination="/plugin/sensible.vim")

    return {"vimPlugins": {"vim-sensible": Delayed(sensible)}}
