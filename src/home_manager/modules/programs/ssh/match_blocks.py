"""`programs.ssh.matchBlocks`: the old way to write blocks, with an option for each directive."""

from collections.abc import Mapping
from typing import Any

from home_manager.authoring import *
from home_manager.modules.programs.ssh.rendering import EXTRA, as_list


def given(kind, doc: str, **more):
    """An option that says nothing unless it is given."""
    return option(t.null_or(kind), default=None, doc=doc, **more)


def files(doc: str):
    return option(
        t.either(t.list_of(t.str), t.null_or(t.str)),
        default=[],
        apply=lambda value: [] if value is None else as_list(value),
        doc=doc,
    )


class Bind(Options):
    """The end where ssh listens."""

    address = option(t.str, default="localhost", example="example.org", doc="The address to listen on.")
    port = given(t.port, "The port to listen on.", example=8080)


class Target(Options):
    """The end where connections go."""

    address = given(t.str, "The address to connect to.", example="example.org")
    port = given(t.port, "The port to connect to.", example=8080)


class Forward(Options):
    """A forwarding from one end to another."""

    bind = option(t.submodule(Bind), doc="Where to listen.")
    host = option(t.submodule(Target), doc="Where to connect.")


FORWARDS_EXAMPLE = '[\n  {\n    bind.port = 8080;\n    host.address = "10.0.0.13";\n    host.port = 80;\n  }\n];\n'


def forwards(directive: str):
    return option(
        t.list_of(t.submodule(Forward)),
        default=[],
        example=literal(FORWARDS_EXAMPLE),
        doc=f"Forwardings; see `{directive}` in ssh_config(5).",
    )


class MatchBlock(Options):
    """A block of the client's configuration."""

    host = given(t.str, "The patterns of a `Host` block; `match` goes before it.", example="*.example.org")
    match = given(
        t.str,
        "The conditions of a `Match` block, which goes before `host`.",
        example='host <hostname> canonical\nhost <hostname> exec "ping -c1 -q 192.168.17.1"',
    )
    port = given(t.port, "The port of the remote host.")
    forwardAgent = given(t.bool, "Whether the remote host can use the authentication agent.")
    forwardX11 = option(t.bool, default=False, doc="Whether X11 connections are forwarded.")
    forwardX11Trusted = option(t.bool, default=False, doc="Whether remote X11 clients have full access.")
    identitiesOnly = given(t.bool, "Whether only configured identities are used, whatever the agent offers.")
    identityFile = files("The files of the identities, in the order in which they are tried.")
    identityAgent = files("Where the identity agent listens.")
    user = given(t.str, "The user to log in as.")
    hostname = given(t.str, "The real name of the host.")
    serverAliveInterval = given(t.int, "After how many seconds of silence the server is asked for a sign of life.")
    serverAliveCountMax = given(t.positive, "How many such questions may stay unanswered.")
    sendEnv = option(t.list_of(t.str), default=[], doc="Variables of the environment that are sent to the server.")
    setEnv = option(
        t.attrs_of(t.one_of(t.str, t.path, t.int, t.float)), default={}, doc="Variables that are set on the server."
    )
    compression = given(t.bool, "Whether the connection is compressed.")
    checkHostIP = option(
        t.bool, default=True, doc="Whether the address of the host is looked up in `known_hosts`, too."
    )
    proxyCommand = given(t.str, "The command that connects to the server.")
    proxyJump = given(t.str, "The host to go through.")
    certificateFile = files("The files of the user's certificates.")
    addressFamily = given(t.enum("any", "inet", "inet6"), "Which family of addresses is used.")
    localForwards = forwards("LocalForward")
    remoteForwards = forwards("RemoteForward")
    dynamicForwards = option(
        t.list_of(t.submodule(Bind)),
        default=[],
        example=literal("[ { port = 8080; } ];\n"),
        doc="Dynamic forwardings; see `DynamicForward` in ssh_config(5).",
    )
    extraOptions = option(
        t.attrs_of(t.str), default={}, visible=False, doc="Further directives; use `programs.ssh.settings` instead."
    )
    addKeysToAgent = given(t.str, "Whether keys are added to the agent: `yes`, `no`, `ask`, `confirm` or a time.")
    hashKnownHosts = given(t.bool, "Whether names and addresses are hashed in `known_hosts`.")
    userKnownHostsFile = given(t.str, "The files of known hosts, separated by blanks.")
    controlMaster = given(
        t.enum("yes", "no", "ask", "auto", "autoask"), "Whether sessions share one connection to the network."
    )
    controlPath = given(t.str, "The socket of a shared connection.")
    controlPersist = given(t.str, "Whether and how long a shared connection stays open.", example="10m")
    kexAlgorithms = given(
        t.list_of(t.str),
        "The algorithms of the key exchange.",
        example=["curve25519-sha256@libssh.org", "diffie-hellman-group-exchange-sha256"],
    )


DIRECTIVES = {
    "port": "Port",
    "forwardAgent": "ForwardAgent",
    "identitiesOnly": "IdentitiesOnly",
    "identityFile": "IdentityFile",
    "identityAgent": "IdentityAgent",
    "user": "User",
    "hostname": "HostName",
    "serverAliveInterval": "ServerAliveInterval",
    "serverAliveCountMax": "ServerAliveCountMax",
    "sendEnv": "SendEnv",
    "setEnv": "SetEnv",
    "compression": "Compression",
    "proxyCommand": "ProxyCommand",
    "proxyJump": "ProxyJump",
    "certificateFile": "CertificateFile",
    "addressFamily": "AddressFamily",
    "localForwards": "LocalForward",
    "remoteForwards": "RemoteForward",
    "dynamicForwards": "DynamicForward",
    "addKeysToAgent": "AddKeysToAgent",
    "hashKnownHosts": "HashKnownHosts",
    "userKnownHostsFile": "UserKnownHostsFile",
    "controlMaster": "ControlMaster",
    "controlPath": "ControlPath",
    "controlPersist": "ControlPersist",
    "kexAlgorithms": "KexAlgorithms",
    "extraOptions": EXTRA,
}
"""The directive of each option that is written as it is."""


def bare(value):
    """A value without the views of submodules in it."""
    if isinstance(value, list):
        return [bare(each) for each in value]
    if isinstance(value, dict) and "outPath" not in value:
        return {name: bare(value[name]) for name in value}
    return value


def as_settings(old: Mapping[str, Any]) -> dict[str, Any]:
    """An old block as one of `programs.ssh.settings`."""
    found: dict[str, Any] = {}
    if old["match"] is not None:
        found["header"] = f"Match {old['match']}"
    elif old["host"] is not None:
        found["header"] = f"Host {old['host']}"
    for name, key in (("forwardX11", "ForwardX11"), ("forwardX11Trusted", "ForwardX11Trusted")):
        if old[name]:
            found[key] = True
    if not old["checkHostIP"]:
        found["CheckHostIP"] = False
    for name, key in DIRECTIVES.items():
        value = bare(old[name])
        if value is not None and value != [] and value != {}:
            found[key] = value
    return found
