"""From `--flake URI#NAME` to an evaluation: the flake is called, and one of its `homeConfigurations` chosen."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace

from home_manager.configuration.context import EvaluationContext
from home_manager.configuration.flake.home_manager_configuration import ActivationPackage
from home_manager.diagnostics import Failure, Span, failure, nearest
from home_manager.flakes.locking import LockFlags
from home_manager.flakes.references import of_user, split_fragment, text_of
from home_manager.nix.evaluation import show_type
from home_manager.options.eval_modules import Evaluation
from home_manager.values import Attrs, Value
from home_manager.values.lazy import force

HOMES = "homeConfigurations"
SYSTEMS = ("nixosConfigurations", "darwinConfigurations")
SHOWN = 12
"""So many names are listed; who has more knows them."""


def evaluate_flake(context: EvaluationContext) -> Evaluation:
    """The evaluation of the home that a request names in a flake. Nothing of the home is computed yet."""
    uri, name = split_fragment(context.request.flake or "")
    here = os.getcwd()
    try:
        reference = of_user(uri, here)
        flake = context.flakes.flakes().call(reference, _flags(context, here))
    except Failure as failed:
        _remark_on_directory(failed, uri)
        raise
    shown = uri or text_of(reference)
    homes = _homes(flake, shown)
    found = _chosen(homes, name, shown)
    return _evaluation(homes, found)


def _remark_on_directory(failed: Failure, uri: str) -> None:
    """Says how a directory is named, where there is one of the name that was taken for something else."""
    directory = uri.partition("?")[0]
    if directory and not directory.startswith((".", "/", "~")) and ":" not in directory and os.path.isdir(directory):
        hint = f"the directory `{directory}` is named with `./` before it: --flake ./{uri}"
        failed.diagnostic = replace(failed.diagnostic, hints=(hint,))


def _flags(context: EvaluationContext, here: str) -> LockFlags:
    wishes = context.request.locking
    # Whoever forbids changes is told of one also where nothing would be written anyway.
    dry = context.request.read_only and not wishes.no_update
    return LockFlags(
        recreate=wishes.recreate,
        may_update=not wishes.no_update,
        write=not (wishes.no_write or wishes.reference_file or dry),
        commit=wishes.commit,
        reference_file=wishes.reference_file,
        registries=not wishes.no_registries,
        updates=frozenset(_input_path(each) for each in wishes.updates),
        overrides={_input_path(path): of_user(target, here) for path, target in wishes.overrides},
    )


def _input_path(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("/") if part)


def _homes(flake: Attrs, shown: str) -> Attrs:
    if HOMES not in flake:
        outputs = force(flake.get("outputs", Attrs()))
        names = sorted(outputs) if isinstance(outputs, dict) else []
        near = [name for name in nearest(HOMES, names) if name not in SYSTEMS]
        hints: tuple[str, ...] = (f"did you mean `{HOMES}` by `{near[0]}`?",) if near else ()
        if any(name in SYSTEMS for name in names):
            hints += ("it configures whole systems; a home is added with `home-manager.lib.homeManagerConfiguration`",)
        raise failure(
            "flake-no-homes",
            f"the flake `{shown}` has no `{HOMES}`",
            span=_outputs_place(flake),
            notes=("its outputs: " + _listed(names),) if names else ("it has no outputs",),
            hints=hints or (f"add `{HOMES}.NAME = home-manager.lib.homeManagerConfiguration {{ … }};`",),
        )
    homes = force(flake[HOMES])
    if not isinstance(homes, Attrs):
        raise failure(
            "flake-no-homes",
            f"`{HOMES}` of the flake `{shown}` must be an attribute set, but is {show_type(homes)}",
            span=flake.position(HOMES),
        )
    return homes


def _outputs_place(flake: Attrs) -> Span | None:
    outputs = force(flake.get("outputs", None))
    if isinstance(outputs, Attrs):
        for name in outputs:
            return outputs.position(name)
    return None


def _chosen(homes: Attrs, name: str | None, shown: str) -> str:
    """The name of the home: as it is given, else the caller's on this host, else the caller's."""
    if name:
        for each in (name, _unquoted(name)):
            if each in homes:
                return each
        raise _no_home(homes, _unquoted(name), shown, ())
    tries = candidates(os.environ, host_names())
    for each in tries:
        if each in homes:
            return each
    raise _no_home(homes, tries[-1], shown, tries)


def _unquoted(name: str) -> str:
    """The name in what people write who know the language: `homeConfigurations."alice@host".activationPackage`."""
    name = name.removeprefix(f"{HOMES}.").removesuffix(".activationPackage")
    return name[1:-1] if len(name) > 1 and name[0] == name[-1] == '"' else name


def candidates(environment: Mapping[str, str], hosts: Iterable[str]) -> list[str]:
    """The names that are tried, in order: with the short name of the host first, at last without any."""
    user = environment.get("USER") or environment.get("LOGNAME") or _login_name()
    return list(dict.fromkeys([*(f"{user}@{host}" for host in hosts if host), user]))


def _login_name() -> str:
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return ""


def host_names() -> list[str]:
    """What this machine is called: without its domain, as it calls itself, and with its domain."""
    import socket

    own = socket.gethostname()
    try:
        full = socket.getfqdn(own)
    except OSError:
        full = own
    return [own.partition(".")[0], own, full if full != "localhost" else own]


def _no_home(homes: Attrs, wanted: str, shown: str, tries: tuple[str, ...] | list[str]) -> Failure:
    names = sorted(homes)
    near = nearest(wanted, names)
    notes = ["the homes that it has: " + _listed(names) if names else "it has none at all"]
    if tries:
        notes.insert(0, "looked for " + ", ".join(f"`{each}`" for each in tries))
    hints = (f"did you mean `--flake {shown}#{near[0]}`?",) if near else ()
    if not hints and names:
        hints = (f"name one of them: `--flake {shown}#{names[0]}`",)
    what = f"no home `{wanted}`" if not tries else "no home for you on this machine"
    span = homes.position(names[0]) if names else None
    return failure("flake-no-home", f"the flake `{shown}` has {what}", span=span, notes=tuple(notes), hints=hints)


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(f"`{name}`" for name in names[:SHOWN]) + more


def _evaluation(homes: Attrs, name: str) -> Evaluation:
    span = homes.position(name)
    try:
        value = force(homes[name])
        package: Value = (
            force(value["activationPackage"]) if isinstance(value, dict) and "activationPackage" in value else None
        )
    except Failure as problem:
        problem.add_frame(f'while evaluating `{HOMES}."{name}"`', span)
        raise
    if not isinstance(package, ActivationPackage):
        raise failure(
            "flake-no-home",
            f'`{HOMES}."{name}"` is not a home: it is {show_type(value)}',
            span=span,
            hints=("make it with `home-manager.lib.homeManagerConfiguration { inherit pkgs; modules = [ … ]; }`",),
        )
    return package.evaluation
