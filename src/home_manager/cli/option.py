"""`home-manager option NAME`: an option's value, type, default, description, and who declared and set it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from home_manager.cli import exits
from home_manager.cli.messages import _
from home_manager.cli.request_arguments import session
from home_manager.cli.terminal import Terminal
from home_manager.diagnostics import Failure, failure, nearest

if TYPE_CHECKING:
    from home_manager.values import Value

EXAMPLES = """\
  home-manager option programs.git.enable
  home-manager option programs.git                # the names below it
  home-manager option --recursive programs.bash   # and all their values
  home-manager option home.sessionVariables.EDITOR
"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("names", nargs="*", metavar="OPTION", help=_("the option, or the beginning of its name"))
    parser.add_argument("--recursive", action="store_true", help=_("all values at or below the name"))


def run(arguments: Namespace, terminal: Terminal) -> int:
    configured = session(arguments, terminal).evaluate()
    options: Value = configured.options
    names = [name.removesuffix(".") for name in arguments.names] or [""]
    for number, name in enumerate(names):
        if number:
            terminal.say()
        found = find(options, split_name(name))
        if arguments.recursive:
            for line in every_value(found):
                terminal.say(line)
        elif found.option is None:
            terminal.say(_("This attribute set contains:"))
            for key in sorted(_keys(found.at)):
                terminal.say(key)
        else:
            for line in sections(found, terminal):
                terminal.say(line)
    return exits.OK


@dataclass(frozen=True, slots=True)
class Found:
    """What a name leads to: a namespace (`option` is None), an option, or `rest` inside of an option's value."""

    path: tuple[str, ...]
    at: Value
    option: dict[str, Value] | None = None
    rest: tuple[str, ...] = ()


def split_name(name: str) -> tuple[str, ...]:
    """The parts of an option's name; a part with dots stands in quotes, as in Nix."""
    import re

    parts = re.findall(r'"((?:[^"\\]|\\.)*)"|([^."]+)', name)
    return tuple(re.sub(r"\\(.)", r"\1", quoted) if quoted else plain for quoted, plain in parts)


def find(options: Value, path: Sequence[str]) -> Found:
    """Follows a name through the options; a `Failure` with near names where it leads nowhere."""
    from home_manager.values.lazy import force

    at = force(options)
    for depth, part in enumerate(path):
        assert isinstance(at, dict)
        if part not in at:
            written = ".".join(path[: depth + 1])
            meant = nearest(part, _keys(at))
            raise failure(
                "unknown-option",
                _("the option `{name}` does not exist").format(name=written),
                hints=tuple(
                    _("did you mean `{name}`?").format(name=".".join([*path[:depth], name])) for name in meant[:1]
                ),
            )
        at = force(at[part])
        if _is_option(at):
            assert isinstance(at, dict)
            return Found(tuple(path[: depth + 1]), at, at, tuple(path[depth + 1 :]))
    return Found(tuple(path), at)


def sections(found: Found, terminal: Terminal) -> Iterator[str]:
    """The parts of the report, each a title and indented lines, in the order of the original."""
    option = found.option
    assert option is not None
    yield from _section(_("Value"), _value(option, found.rest), terminal)
    default = _shown(option.get("defaultText", option.get("default", _NOTHING)))
    if default:
        yield from _section(_("Default"), default, terminal)
    yield from _section(_("Type"), _type(option), terminal)
    example = _shown(option.get("example", _NOTHING))
    if example:
        yield from _section(_("Example"), example, terminal)
    yield from _section(_("Description"), _plain(option.get("description")), terminal)
    yield from _section(_("Declared by"), _files(option.get("declarations")), terminal)
    yield from _section(_("Defined by"), _files(option.get("files")) or _("(nobody)"), terminal, last=True)


def every_value(found: Found) -> Iterator[str]:
    """`name = value;` for each visible option at or below a place; what cannot be computed says why."""
    from home_manager.values.lazy import force

    if found.option is not None:
        name = ".".join((*found.path, *found.rest))
        try:
            text = _value(found.option, found.rest)
        except Failure as failed:
            text = f"# {failed}"
        yield f"{name} = {text};"
        return
    assert isinstance(found.at, dict)
    for key in sorted(_keys(found.at)):
        child = force(found.at[key])
        if _is_option(child):
            assert isinstance(child, dict)
            if not force(child.get("internal", False)):
                yield from every_value(Found((*found.path, key), child, child))
        elif isinstance(child, dict):
            yield from every_value(Found((*found.path, key), child))


_NOTHING = object()


def _is_option(value: Value) -> bool:
    return isinstance(value, dict) and value.get("_type") == "option"


def _keys(value: Value) -> list[str]:
    return [key for key in value if not key.startswith("_")] if isinstance(value, dict) else []


def _section(title: str, text: str, terminal: Terminal, *, last: bool = False) -> Iterator[str]:
    if not text:
        return
    yield terminal.style(f"{title}:", "bold")
    for line in text.split("\n"):
        yield f"  {line}".rstrip()
    if not last:
        yield ""


def _value(option: dict[str, Value], rest: Sequence[str]) -> str:
    from home_manager.values import Attrs
    from home_manager.values.lazy import force

    if not force(option.get("isDefined", True)):
        return _("(not set)")
    value = force(option["value"])
    for part in rest:
        if not isinstance(value, dict) or part not in value:
            raise failure(
                "unknown-option",
                _("the value has no `{part}`").format(part=part),
                hints=tuple(_("did you mean `{name}`?").format(name=name) for name in nearest(part, _keys(value))[:1]),
            )
        value = force(value[part])
    if option.get("loc") == ["specialisation"] and isinstance(value, dict) and _has_no_end(value, rest):
        return _nix(Attrs({name: "…" for name in sorted(value)}))
    return _nix(value)


def _has_no_end(value: Value, rest: Sequence[str]) -> bool:
    """Whether what is at this place of the specialisations holds whole configurations, or namespaces of options."""
    from home_manager.options.proxies import ConfigView

    return len(rest) <= 2 or isinstance(value, ConfigView)


def _nix(value: Value) -> str:
    from home_manager.frontends.nix.lib.pretty import Style, pretty

    return pretty(value, Style(pretty_values=True))


def _shown(value: Value) -> str:
    """A default or example; one given as text (`literalExpression`) is shown as it was written."""
    from home_manager.values.lazy import force

    if value is _NOTHING:
        return ""
    value = force(value)
    if isinstance(value, dict) and value.get("_type") in ("literalExpression", "literalMD"):
        return str(force(value["text"])).rstrip("\n")
    return _nix(value)


def _type(option: dict[str, Value]) -> str:
    from home_manager.values.lazy import force

    kind = force(option.get("type"))
    if isinstance(kind, dict):
        return str(force(kind.get("description", force(kind.get("name", "")))))
    return ""


def _plain(value: Value) -> str:
    from home_manager.values.lazy import force

    value = force(value)
    if isinstance(value, dict):
        value = force(value.get("text", ""))
    return str(value or "").strip("\n")


def _files(value: Value) -> str:
    from home_manager.values.lazy import force

    value = force(value)
    if not isinstance(value, list):
        return ""
    return "\n".join(dict.fromkeys(str(force(item)) for item in value))
