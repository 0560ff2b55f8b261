"""`home-manager why PATH|OPTION|PACKAGE`: which definition made it, where it stands, and with what priority."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from home_manager.cli import exits
from home_manager.cli.messages import _
from home_manager.cli.request_arguments import session
from home_manager.cli.terminal import Terminal
from home_manager.diagnostics import failure, nearest

if TYPE_CHECKING:
    from home_manager.configuration.generation import Evaluated
    from home_manager.configuration.provenance import Origin, Reason

EXAMPLES = """\
  home-manager why programs.git.enable
  home-manager why ~/.config/git/config
  home-manager why ripgrep
"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("what", metavar="WHAT", help=_("a file of the home, an option, or a package"))
    parser.add_argument("--json", action="store_true", help=_("one JSON object"))


def run(arguments: Namespace, terminal: Terminal) -> int:
    from home_manager.configuration.provenance import why
    from home_manager.nix.deep_stack import with_deep_stack

    opened = session(arguments, terminal)
    configured = opened.evaluate()
    asked = os.path.expanduser(arguments.what) if arguments.what.startswith("~/") else arguments.what
    home = str(opened.layout.home)
    if asked.startswith("~/") or asked.startswith(f"{os.environ.get('HOME')}/"):
        home = os.environ.get("HOME") or home
    reason = with_deep_stack(lambda: why(configured, home, asked))
    if reason is None:
        raise failure(
            "nothing-known",
            _("`{what}` is no file, option or package of this configuration").format(what=arguments.what),
            hints=_hints(configured, arguments.what),
        )
    if arguments.json:
        import json

        terminal.say(json.dumps(_as_data(reason), indent=2, ensure_ascii=False))
    else:
        _show(reason, terminal)
    return exits.OK


def _show(reason: Reason, terminal: Terminal) -> None:
    kinds = {"option": _("option"), "file": _("file"), "package": _("package")}
    title = _("{kind} {name}").format(kind=kinds[reason.kind], name=reason.name)
    terminal.say(terminal.style(title, "bold"))
    if not reason.origins:
        terminal.say("  " + _("nobody defines it"))
    for origin in reason.origins:
        _line(origin, terminal, option=reason.kind != "option")
    if reason.because:
        terminal.say(terminal.style(_("since"), "bold"))
        for origin in reason.because:
            _line(origin, terminal, option=True)


def _line(origin: Origin, terminal: Terminal, *, option: bool) -> None:
    """A definition: its place, what stands there, and how it takes part."""
    remarks = [origin.word] if origin.word else []
    if origin.effect == "overridden":
        remarks.append(_("overridden"))
    elif origin.effect == "off":
        remarks.append(_("its condition is false"))
    said = [place(origin)]
    if option:
        said.append(origin.option)
    if remarks:
        said.append(f"({', '.join(remarks)})")
    text = "  " + "  ".join(said)
    terminal.say(text if origin.counts else terminal.style(text, "dim"))
    if origin.span is not None:
        line = origin.span.source.text.count("\n", 0, origin.span.start)
        written = origin.span.source.text.split("\n")[line].strip()
        terminal.say(terminal.style(f"      {written}", "dim"))


def place(origin: Origin) -> str:
    """The file of a definition, with line and column where they are known; below this folder named from it."""
    text = str(origin.span) if origin.span is not None else origin.file
    here = f"{os.getcwd().rstrip('/')}/"
    return text.removeprefix(here)


def _as_data(reason: Reason) -> dict[str, object]:
    def row(origin: Origin) -> dict[str, object]:
        line, column = origin.span.source.position(origin.span.start) if origin.span is not None else (None, None)
        return {
            "option": origin.option,
            "file": origin.span.source.name if origin.span is not None else origin.file,
            "line": line,
            "column": column,
            "priority": origin.priority,
            "order": origin.order,
            "standing": origin.effect,
        }

    return {
        "kind": reason.kind,
        "name": reason.name,
        "definitions": [row(origin) for origin in reason.origins],
        "since": [row(origin) for origin in reason.because],
    }


def _hints(configured: Evaluated, what: str) -> tuple[str, ...]:
    """Near names among the files and packages; an option's are said by `home-manager option`."""
    manifest = configured.manifest
    known = [entry.target.text for entry in manifest.files] + [package.name for package in manifest.packages]
    meant = nearest(what, known)[:1]
    if meant:
        return tuple(_("did you mean `{name}`?").format(name=name) for name in meant)
    return (_("`home-manager option NAME` searches the options, `home-manager packages` lists the packages"),)
