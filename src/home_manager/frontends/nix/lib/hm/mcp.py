"""`lib.hm.mcp`: servers of the Model Context Protocol as the programs that use them want them described."""

from __future__ import annotations

from typing import TYPE_CHECKING

from home_manager.frontends.nix.lib.arguments import (
    attribute,
    attrs_of,
    flag_of,
    has,
    joined,
    joined_attrs,
    list_of,
    select,
    string_of,
    to_string,
)
from home_manager.frontends.nix.lib.escaping import shell_word
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.nix.evaluation import LazyCall, call
from home_manager.values import Attrs, Value
from home_manager.values.lazy import Delayed, force

if TYPE_CHECKING:
    from collections.abc import Callable

topic = Topic()


def is_file(value: Value) -> bool:
    """Whether the value of a variable is to be read from a file at run time."""
    return has(value, "file")


def environment(server: Value) -> dict[str, Value]:
    return attrs_of(attrs_of(server).get("env", Attrs()))


def rendered(show: Callable[[Value], Value], variables: dict[str, Value]) -> Attrs:
    return Attrs(
        {
            name: Delayed(lambda value=value: show(select(value, "file")) if is_file(value) else value)  # type: ignore[misc]
            for name, value in variables.items()
        }
    )


@topic.function("renderEnv", 2)
def render_environment(show: Value, variables: Value) -> Value:
    return rendered(lambda path: LazyCall(show, path), attrs_of(variables))


@topic.function("mkEnvFilesWrapper", 1)
def wrapper(arguments: Value) -> Value:
    """A script that reads variables from files, then starts the server."""
    given = attrs_of(arguments)
    name, server = string_of(select(given, "name")), select(given, "server")
    variables = environment(server)
    lines: list[str] = []
    for variable in sorted(variables):
        if not is_file(variables[variable]):
            continue
        word, path = shell_word(variable), shell_word(to_string(select(variables[variable], "file")))
        lines.append(
            joined(
                "",
                [
                    f"if {variable}=$(cat ",
                    path,
                    f"); then\n  export {variable}\nelse\n  echo {shell_word(name)}: cannot read {word} from ",
                    path,
                    " >&2\nfi\n",
                ],
            )
        )
    command = [select(server, "command"), *list_of(attribute(server, "args", []))]
    lines.append(joined("", ["exec ", joined(" ", [shell_word(to_string(item)) for item in command]), "\n"]))
    write = select(select(given, "pkgs"), "writeShellScript")
    return call(write, f"mcp-{name}-wrapper", joined("", lines))


@topic.function("wrapEnvFilesCommand", 2)
def wrap_command(arguments: Value, server: Value) -> Value:
    variables = environment(server)
    if not any([is_file(value) for value in variables.values()]):
        return server
    literals = Attrs({name: value for name, value in variables.items() if not is_file(value)})
    script = Delayed(lambda: wrapper(joined_attrs(arguments, Attrs({"server": server}))))
    return joined_attrs(server, Attrs({"command": script, "args": [], "env": literals}))


@topic.function("addType", 1)
def add_type(server: Value) -> Value:
    if has(server, "type"):
        return server
    kind = "stdio" if attribute(server, "url") is None else "http"
    return joined_attrs(server, Attrs({"type": kind}))


@topic.function("resolveEnabled", 1)
def enabled(server: Value) -> Value:
    on, off = attribute(server, "enabled"), attribute(server, "disabled")
    if on is not None:
        return on
    return None if off is None else not flag_of(off)


@topic.function("transformMcpServer", 1)
def transform(arguments: Value) -> Value:
    """A server in the form that a program expects: its own changes applied, secrets and empty values out of the way."""
    given = attrs_of(arguments)
    source = attrs_of(select(given, "server"))
    url = attribute(source, "url")
    own = Attrs({"enabled": enabled(source), "url": attribute(source, "serverUrl") if url is None else url})
    server: Value = joined_attrs(source, own)
    for change in list_of(given.get("extraTransforms", [])):
        server = call(change, server)
    result = Attrs(attrs_of(server))
    if "env" in result:
        if "mkFileRef" in given:
            show = given["mkFileRef"]
            result["env"] = rendered(lambda path: LazyCall(show, path), environment(result))
        else:
            result["env"] = rendered(lambda path: joined("", ["{file:", to_string(path), "}"]), environment(result))
    for name in ("disabled", "serverUrl", *[string_of(item) for item in list_of(given.get("exclude", []))]):
        result.pop(name, None)
    kept = Attrs()
    for name, value in result.items():
        forced = force(value)
        if forced is not None and not (isinstance(forced, dict | list) and not forced):
            kept[name] = value
    return kept
