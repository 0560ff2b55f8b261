"""`home-manager doctor`: whether this machine and this home are as the program needs them."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from home_manager.cli import exits
from home_manager.cli.messages import _
from home_manager.cli.progress import amount
from home_manager.cli.request_arguments import session
from home_manager.cli.terminal import Terminal
from home_manager.diagnostics import Failure

if TYPE_CHECKING:
    from home_manager.activation import Layout
    from home_manager.home.home import Home

EXAMPLES = """\
  home-manager doctor
  home-manager doctor --network    # asks the package archive too
  home-manager doctor --json
"""

FEW_BYTES = 1_000_000_000
"""Less free space than this is worth a word."""
TOO_FEW_BYTES = 20_000_000
"""With less than this not even a generation can be built."""

Verdict = Literal["ok", "warning", "failed"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: its name, its verdict, a sentence, and what to do about it."""

    check: str
    verdict: Verdict
    message: str
    help: str = ""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--network", action="store_true", help=_("check too whether the package archive answers"))
    parser.add_argument("--json", action="store_true", help=_("one JSON array"))


def run(arguments: Namespace, terminal: Terminal) -> int:
    # To know the archive, the configuration has to be read; without it this is about the home alone.
    opened = session(arguments, terminal, configured=arguments.network)
    found = list(findings(opened.layout, os.environ))
    if arguments.network:
        found.append(archive(opened))
    if arguments.json:
        import json

        rows = [
            {"check": each.check, "verdict": each.verdict, "message": each.message, "help": each.help or None}
            for each in found
        ]
        terminal.say(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        _show(found, terminal)
    return exits.FAILED if any(each.verdict == "failed" for each in found) else exits.OK


def _show(found: list[Finding], terminal: Terminal) -> None:
    words = {"ok": _("ok"), "warning": _("warning"), "failed": _("failed")}
    colours = {"ok": "green", "warning": "yellow", "failed": "red"}
    width = max(map(len, words.values()))
    for each in found:
        word = terminal.style(f"{words[each.verdict]:<{width}}", colours[each.verdict])
        terminal.say(f"{word}  {each.message}")
        if each.help:
            terminal.say(f"{'':<{width}}  {terminal.style(each.help, 'dim')}")


def findings(layout: Layout, environment: Mapping[str, str]) -> Iterator[Finding]:
    """Every check that needs no network. Below a root, what belongs to the caller's session is left out."""
    yield writable(layout)
    yield space(layout)
    yield bash()
    yield isolation()
    yield journal(layout)
    yield generation(layout)
    yield packages_link(layout)
    if layout.root is None:
        yield search_path(layout, environment)
        yield variables(environment)


def _existing(path: str) -> str:
    """The nearest directory at or above a path."""
    while path != "/" and not os.path.isdir(path):
        path = os.path.dirname(path)
    return path


def writable(layout: Layout) -> Finding:
    """Whether our own directories can be written to, or made."""
    for wanted in (layout.store, layout.profiles):
        place = _existing(str(wanted))
        if not os.access(place, os.W_OK | os.X_OK):
            return Finding(
                "store",
                "failed",
                _("`{path}` cannot be written to").format(path=place),
                _("give it to the user whose home this is: `chown -R USER {path}`").format(path=place),
            )
    return Finding("store", "ok", _("the store `{path}` can be written to").format(path=layout.store))


def space(layout: Layout) -> Finding:
    """How much room the disk of the store has."""
    free = os.statvfs(_existing(str(layout.state)))
    size = free.f_bavail * free.f_frsize
    message = _("{size} free on the disk of the store").format(size=amount(size, "B"))
    if size >= FEW_BYTES:
        return Finding("space", "ok", message)
    verdict: Verdict = "failed" if size < TOO_FEW_BYTES else "warning"
    return Finding("space", verdict, message, _("`home-manager expire-generations` and `home-manager gc` make room"))


def bash() -> Finding:
    """Whether there is a bash, which the user's activation steps run in."""
    from home_manager.store.command import find_bash

    try:
        return Finding("bash", "ok", _("bash is `{path}`").format(path=find_bash()))
    except Failure as failed:
        return Finding("bash", "failed", failed.diagnostic.message, "; ".join(failed.diagnostic.hints))


def isolation() -> Finding:
    """Whether builders get namespaces of their own."""
    from home_manager.store.build_process import probe

    reason, pids = probe()
    if not reason and pids:
        return Finding("builders", "ok", _("build scripts are isolated: they see their inputs and reach no network"))
    if not reason:
        return Finding(
            "builders",
            "ok",
            _(
                "build scripts are isolated, but see the processes of this machine, since parts of /proc are covered here"
            ),
        )
    return Finding(
        "builders",
        "warning",
        _("build scripts are not isolated here: {reason}").format(reason=reason),
        _("the kernel, or the container, must allow user namespaces; till then they can do what you can"),
    )


def journal(layout: Layout) -> Finding:
    """Whether a switch was broken off; one that is under way right now is none of that."""
    if _is_locked(str(layout.lock)):
        return Finding("journal", "warning", _("another home-manager is changing this home right now"))
    if os.path.lexists(f"{layout.journal}/current"):
        from home_manager.activation import System
        from home_manager.activation.journal import Journal

        try:
            Journal(System(), str(layout.journal)).read()
        except Failure as failed:
            return Finding("journal", "failed", failed.diagnostic.message, "; ".join(failed.diagnostic.hints))
        return Finding(
            "journal",
            "warning",
            _("a switch was broken off"),
            _("the next command that changes the home, such as `home-manager switch`, finishes it or takes it back"),
        )
    return Finding("journal", "ok", _("no switch was broken off"))


def _is_locked(path: str) -> bool:
    import fcntl

    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    return False


def generation(layout: Layout) -> Finding:
    """Whether the profile leads to a generation that can be read."""
    from home_manager.manifest import load
    from home_manager.store import Profile

    profile = Profile(layout.profiles)
    if not os.path.lexists(profile.pointer):
        return Finding(
            "profile", "warning", _("this home has no generation yet"), _("`home-manager switch` makes the first one")
        )
    back = _("`home-manager switch`, or `home-manager switch --rollback --to ID`, makes another one current")
    current = profile.current
    if current is None:
        return Finding("profile", "failed", _("the profile `{path}` leads nowhere").format(path=profile.pointer), back)
    try:
        with open(f"{current.path}/manifest.json", encoding="utf-8") as file:
            load(file.read())
    except (OSError, Failure) as error:
        return Finding(
            "profile",
            "failed",
            _("generation {number} cannot be read: {reason}").format(
                number=current.number, reason=error.strerror if isinstance(error, OSError) else error
            ),
            back,
        )
    return Finding("profile", "ok", _("generation {number} is in use").format(number=current.number))


def packages_link(layout: Layout) -> Finding:
    """Whether `~/.nix-profile` leads to our packages."""
    link, profile = str(layout.packages_link), str(layout.packages_profile)
    if not os.path.lexists(link):
        if not os.path.islink(profile):
            return Finding("packages", "ok", _("no packages are installed"))
        return Finding(
            "packages", "warning", _("`{path}` is missing").format(path=link), _("`home-manager switch` makes it")
        )
    if os.path.islink(link) and os.path.realpath(link) == os.path.realpath(profile):
        return Finding("packages", "ok", _("`{path}` leads to the packages").format(path=link))
    return Finding(
        "packages",
        "warning",
        _("`{path}` is not ours").format(path=link),
        _("add `{path}/bin` to PATH, or move `{link}` away and switch again").format(path=profile, link=link),
    )


def search_path(layout: Layout, environment: Mapping[str, str]) -> Finding:
    """Whether a shell finds the packages."""
    wanted = {os.path.realpath(f"{place}/bin") for place in (layout.packages_profile, layout.packages_link)}
    listed = [part for part in environment.get("PATH", "").split(":") if part]
    if any(os.path.realpath(part) in wanted for part in listed):
        return Finding("path", "ok", _("PATH has the packages of this home"))
    return Finding(
        "path",
        "warning",
        _("PATH does not have `{path}/bin`").format(path=layout.packages_link),
        _(
            "source `{path}/etc/profile.d/hm-session-vars.sh` in your shell's start-up file, or let `programs.bash.enable`, … do it"
        ).format(path=layout.packages_link),
    )


def variables(environment: Mapping[str, str]) -> Finding:
    """Whether this session has read the variables of the configuration."""
    if environment.get("__HM_SESS_VARS_SOURCED"):
        return Finding("variables", "ok", _("the session's variables have been read"))
    return Finding(
        "variables",
        "warning",
        _("the session's variables have not been read here"),
        _("they are read when you log in by a shell that is set up here, as with `programs.bash.enable`"),
    )


def archive(opened: Home) -> Finding:
    """Whether the archive answers that packages come from."""
    from home_manager.packages.providers.debian.archive_client import Fetcher, NotThere

    try:
        evaluation = opened.evaluate().evaluation
        address = opened.request.archive or str(evaluation.value("home.packageProvider.debian.archive"))
        suite = opened.request.suite or str(evaluation.value("home.packageProvider.debian.suite"))
    except Failure as failed:
        return Finding("archive", "failed", _("the configuration cannot be read: {reason}").format(reason=failed))
    shown = f"{address.rstrip('/')} ({suite})"
    try:
        Fetcher(attempts=1).get(f"{address.rstrip('/')}/dists/{suite}/InRelease")
    except NotThere:
        return Finding(
            "archive",
            "failed",
            _("the archive {archive} answers, but has no such suite").format(archive=shown),
            _("`--debian-suite` names another one"),
        )
    except Failure as failed:
        return Finding(
            "archive",
            "failed",
            _("the archive {archive} does not answer").format(archive=shown),
            "; ".join(failed.diagnostic.notes),
        )
    return Finding("archive", "ok", _("the archive {archive} answers").format(archive=shown))
