"""The text of OpenSSH's client configuration: directives, and blocks of them."""

from collections.abc import Iterable, Mapping
from typing import Any

EXTRA = "__hmSshBlockExtraOptions"
"""The key of a block under which the `extraOptions` of an old `matchBlocks` entry travel."""

NO_DIRECTIVES = ("header", "extraOptions", EXTRA)

# Of most directives ssh heeds only the first, so those that take a list have all values on one line.
BY_COMMA = frozenset(
    {
        "CASignatureAlgorithms",
        "Ciphers",
        "HostKeyAlgorithms",
        "HostbasedAcceptedAlgorithms",
        "HostbasedKeyTypes",
        "IgnoreUnknown",
        "KbdInteractiveDevices",
        "KexAlgorithms",
        "MACs",
        "PreferredAuthentications",
        "ProxyJump",
        "PubkeyAcceptedAlgorithms",
        "PubkeyAcceptedKeyTypes",
    }
)
BY_SPACE = frozenset(
    {
        "CanonicalDomains",
        "CanonicalizePermittedCNAMEs",
        "ChannelTimeout",
        "GlobalKnownHostsFile",
        "PermitRemoteOpen",
        "SendEnv",
        "UserKnownHostsFile",
    }
)


PATHS = frozenset(
    {"CertificateFile", "ControlPath", "IdentityAgent", "IdentityFile", "RevokedHostKeys", "XAuthLocation"}
)
"""Directives of one path each, which is quoted where it has a space."""


def is_set(value) -> bool:
    """Whether a value is a plain set, which no directive but a few can have: a package is none."""
    return isinstance(value, dict) and "outPath" not in value


def as_list(value) -> list[Any]:
    return value if isinstance(value, list) else [value]


def plain(value) -> str:
    """A value as Nix's `toString` writes it."""
    if value is None or value is False:
        return ""
    if value is True:
        return "1"
    if isinstance(value, float):
        return f"{value:f}"
    if isinstance(value, list):
        return " ".join(plain(each) for each in value)
    if isinstance(value, dict) and "outPath" in value:
        return str(value["outPath"])
    # A path of the configuration is written as it is, not copied to the store.
    return str(value) if isinstance(value, (str, int)) else str(getattr(value, "text", value))


def word(value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return plain(value)


def is_path(address) -> bool:
    return plain(address).startswith("/")


def endpoint(entry: Mapping[str, Any]) -> str:
    """One end of a forwarding: a socket's path, a port, or a port of an address."""
    address, port = entry.get("address", "localhost"), plain(entry.get("port"))
    if address is None:
        return port
    return plain(address) if is_path(address) else f"[{plain(address)}]:{port}"


def forward(value) -> str:
    if is_set(value):
        return f"{endpoint(value['bind'])} {endpoint(value['host'])}"
    return word(value)


def dynamic_forward(value) -> str:
    return endpoint(value) if is_set(value) else word(value)


def environment(variables: Mapping[str, Any]) -> str:
    def quoted(value) -> str:
        text = plain(value).replace("\\", "\\\\").replace('"', '\\"')
        return f'"{text}"'

    return " ".join(f"{name}={quoted(variables[name])}" for name in sorted(variables))


def path_word(value) -> str:
    """One path. OpenSSH ends a word at a space, and knows quotes."""
    text = word(value)
    return f'"{text}"' if any(char.isspace() for char in text) and '"' not in text else text


ONE_BY_ONE = {"LocalForward": forward, "RemoteForward": forward, "DynamicForward": dynamic_forward}


def directive(name: str, value, indent: str = "  ") -> str:
    """The lines of a directive; nothing for `null` and what is empty."""
    if value is None or value == [] or value == {}:
        return ""
    if name == "SetEnv":
        return f"{indent}SetEnv {environment(value)}"
    if name in BY_COMMA or name in BY_SPACE:
        separator = "," if name in BY_COMMA else " "
        quoted = path_word if name.endswith("KnownHostsFile") and isinstance(value, list) else word
        return f"{indent}{name} {separator.join(quoted(each) for each in as_list(value))}"
    render = path_word if name in PATHS else ONE_BY_ONE.get(name, word)
    return "\n".join(f"{indent}{name} {render(each)}" for each in as_list(value))


def directives(block: Mapping[str, Any]) -> Iterable[str]:
    """The names of the directives of a block in order; `IgnoreUnknown` holds only for what follows it."""
    return sorted(
        (name for name in block if name not in NO_DIRECTIVES), key=lambda name: (name != "IgnoreUnknown", name)
    )


def block(content: Mapping[str, Any]) -> str:
    lines = [str(content["header"])]
    lines += [text for name in directives(content) if (text := directive(name, content[name]))]
    extra = content.get(EXTRA) or {}
    if extra:
        lines.append("".join("  {} {}\n".format(name.replace(" ", "\\ "), extra[name]) for name in sorted(extra)))
    return "\n".join(lines)
