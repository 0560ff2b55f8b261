"""References to flakes as attribute sets and as URLs: `parseFlakeRef`, `flakeRefToString`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from home_manager.diagnostics import Failure
from home_manager.nix.builtins.url import URL, BadURL, parse_query, parse_url, percent_decode
from home_manager.nix.errors import eval_error
from home_manager.nix.hash_encoding import parse_hash
from home_manager.nix.operations import expect_attrs, expect_plain_string, force, show_type
from home_manager.values import Attrs, Builtin, Value

if TYPE_CHECKING:
    from home_manager.nix.builtins.evaluator_services import EvaluatorServices

Reference = dict[str, str | int | bool]

_FORGES = ("github", "gitlab", "sourcehut")
_REV = r"[0-9a-fA-F]{40}"
_REF = r"[a-zA-Z0-9@][a-zA-Z0-9_./@+\-]*"
_ID = r"[a-zA-Z][a-zA-Z0-9_\-]*"
_SHORT = re.compile(
    rf"({_ID}(?:/(?:{_REV}|{_REF}(?:/{_REV})?))?)(?:#((?:[\w.~!$&'\"()*+,;=:@/? ^\-]|%[0-9a-fA-F]{{2}})*))?\Z"
)
_PATH_REF = re.compile(r"([^?#]*)(?:\?([^#]*))?(?:#(.*))?\Z", re.DOTALL)
_BAD_REF = re.compile(r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|/\.|\.lock(?:/|\Z)|[./]\Z|\A[./\-]|\A@?\Z")
_TARBALL = (".zip", ".tar", ".tgz", ".tar.gz", ".tar.xz", ".tar.bz2", ".tar.zst")
_GIT_TEXTS = ("rev", "ref", "keytype", "publicKey", "publicKeys")
_GIT_FLAGS = ("shallow", "submodules", "lfs", "exportIgnore", "allRefs", "verifyCommit")
_CURL = ("url", "narHash", "name", "unpack", "rev", "revCount", "lastModified")
_ALLOWED: Mapping[str, tuple[str, ...]] = {
    "path": ("path", "rev", "revCount", "lastModified", "narHash"),
    "git": (
        *_GIT_TEXTS,
        *_GIT_FLAGS,
        "url",
        "lastModified",
        "revCount",
        "narHash",
        "name",
        "dirtyRev",
        "dirtyShortRev",
    ),
    "hg": ("url", "ref", "rev", "revCount", "narHash", "name"),
    "indirect": ("id", "ref", "rev", "narHash"),
    "tarball": _CURL,
    "file": _CURL,
    **dict.fromkeys(_FORGES, ("owner", "repo", "ref", "rev", "narHash", "lastModified", "host", "treeHash")),
}


def legal_ref(name: str) -> bool:
    """Whether git takes a name for a branch or a tag."""
    return _BAD_REF.search(name) is None


def parse_flake_ref(text: str) -> Reference:
    """The attributes of a flake reference; nothing is looked up, and paths must be absolute."""
    reference, fragment = _parse(text)
    if fragment:
        raise _error(f"unexpected fragment '{fragment}' in flake reference '{text}'")
    return reference


def _as_json(reference: Reference) -> str:
    return json.dumps(reference, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _error(message: str) -> Failure:
    return eval_error(message, code="nix-flake-ref")


def _parse(text: str) -> tuple[Reference, str]:
    short = _SHORT.match(text)
    if short is not None:
        try:
            return _from_url(URL("flake", None, short[1].split("/"))), percent_decode(short[2] or "")
        except BadURL as error:
            raise _error(str(error)) from None
    try:
        url = parse_url(text)
        fragment, url.fragment = url.fragment, ""
        return _with_dir(url), fragment
    except BadURL:
        pass
    found = _PATH_REF.match(text)
    assert found is not None
    if not found[1].startswith("/"):
        raise _error(f"flake reference '{text}' is not an absolute path")
    try:
        url = URL("path", "", found[1].split("/"), parse_query(found[2] or ""))
        return _with_dir(url), percent_decode(found[3] or "")
    except BadURL as error:
        raise _error(str(error)) from None


def _with_dir(url: URL) -> Reference:
    directory = url.query.pop("dir", "")
    reference = _from_url(url)
    if directory:
        reference["dir"] = directory
    return reference


def _from_url(url: URL) -> Reference:
    application, transport = url.transport()
    if url.scheme in _FORGES:
        return _forge(url)
    if url.scheme == "flake":
        return _indirect(url)
    if url.scheme == "path":
        return _path(url)
    if url.scheme == "git" or application == "git":
        return _git(url)
    if application == "hg" and transport in ("http", "https", "ssh", "file"):
        rest = {name: value for name, value in url.query.items() if name not in ("rev", "ref")}
        given = {name: value for name, value in url.query.items() if name in ("rev", "ref")}
        return {"type": "hg", "url": str(URL(transport, url.authority, url.path, rest)), **given}
    if transport in ("file", "http", "https") and application in (None, "tarball", "file"):
        return _download(url, application or "tarball", transport)
    raise _error(f"input '{url}' is unsupported")


def _forge(url: URL) -> Reference:
    parts = url.segments()
    if len(parts) < 2:
        raise BadURL(f"URL '{url}' is invalid")
    result: Reference = {"type": url.scheme, "owner": parts[0], "repo": parts[1]}
    if len(parts) == 3 and re.fullmatch(_REV, parts[2]):
        result["rev"] = parts[2]
    elif len(parts) >= 3:
        result["ref"] = "/".join(parts[2:])
    for name in ("rev", "ref"):
        if name in url.query:
            if name in result:
                what = "commit hashes" if name == "rev" else "branch/tag names"
                raise BadURL(f"URL '{url}' contains multiple {what}")
            result[name] = url.query[name]
    for name in ("host", "narHash"):
        if name in url.query:
            result[name] = url.query[name]
    return _checked_forge(result)


def _checked_forge(reference: Reference) -> Reference:
    shown = _as_json(reference)
    ref, rev = reference.get("ref"), reference.get("rev")
    if ref is not None and rev is not None:
        raise BadURL(f"input {shown} contains both a commit hash ('{rev}') and a branch/tag name ('{ref}')")
    if rev is not None:
        parse_hash(str(rev), "sha1")
    if ref is not None and not legal_ref(str(ref)):
        raise BadURL(f"input {shown} contains an invalid branch/tag name")
    if not re.fullmatch(r"[a-zA-Z0-9.\-]*", str(reference.get("host", ""))):
        raise BadURL(f"input {shown} contains an invalid instance host")
    return reference


def _indirect(url: URL) -> Reference:
    parts = url.segments()
    if not 1 <= len(parts) <= 3:
        raise BadURL(f"GitHub URL '{url}' is invalid")
    result: Reference = {"type": "indirect", "id": parts[0]}
    if not re.fullmatch(_ID, parts[0]):
        raise BadURL(f"'{parts[0]}' is not a valid flake ID")
    if len(parts) == 2 and re.fullmatch(_REV, parts[1]):
        result["rev"] = parts[1]
    elif len(parts) > 1:
        if not legal_ref(parts[1]):
            what = "a commit hash or branch/tag name" if len(parts) == 2 else "a branch/tag name"
            raise BadURL(f"in flake URL '{url}', '{parts[1]}' is not {what}")
        result["ref"] = parts[1]
    if len(parts) == 3:
        if not re.fullmatch(_REV, parts[2]):
            raise BadURL(f"in flake URL '{url}', '{parts[2]}' is not a commit hash")
        result["rev"] = parts[2]
    return result


def _path(url: URL) -> Reference:
    if url.authority:
        raise _error(f"path URL '{url}' should not have an authority ('{url.authority}')")
    result: Reference = {"type": "path", "path": "/".join(url.path)}
    for name, value in url.query.items():
        if name in ("rev", "narHash"):
            result[name] = value
        elif name in ("revCount", "lastModified"):
            if not value.isdecimal():
                raise _error(f"path URL '{url}' has invalid parameter '{name}'")
            result[name] = int(value)
        else:
            raise _error(f"path URL '{url}' has unsupported parameter '{name}'")
    return result


def _git(url: URL) -> Reference:
    result: Reference = {"type": "git"}
    rest: dict[str, str] = {}
    for name, value in url.query.items():
        if name in _GIT_TEXTS:
            result[name] = value
        elif name in _GIT_FLAGS:
            result[name] = value == "1"
        else:
            rest[name] = value
    ref = result.get("ref")
    if ref is not None and not legal_ref(str(ref)):
        raise BadURL(f"invalid Git branch/tag name '{ref}'")
    result["url"] = str(URL(url.transport()[1], url.authority, url.path, rest))
    return result


def _download(url: URL, kind: str, transport: str) -> Reference:
    result: Reference = {"type": kind}
    for name in ("narHash", "rev"):
        if name in url.query:
            result[name] = url.query[name]
    for name in ("revCount", "lastModified"):
        if url.query.get(name, "").isdecimal():
            result[name] = int(url.query[name])
    rest = {name: value for name, value in url.query.items() if name not in _CURL}
    result["url"] = str(URL(transport, url.authority, url.path, rest))
    return result


def flake_ref_text(reference: Reference) -> str:
    """The URL of a reference."""
    kind = reference.get("type")
    if kind is None:
        raise _error("'type' attribute to specify input scheme is required but not provided")
    attributes = {name: value for name, value in reference.items() if name != "dir"}
    directory = str(reference.get("dir", ""))
    allowed = _ALLOWED.get(str(kind))
    if allowed is None:
        raise _error(f"cannot show unsupported input '{_as_json(attributes)}'")
    for name in sorted(attributes):
        if name not in allowed and name not in ("type", "__final"):
            raise _error(f"input attribute '{name}' not supported by scheme '{kind}'")
    try:
        url = _to_url(str(kind), attributes)
    except BadURL as error:
        raise _error(str(error)) from None
    if directory:
        url.query.setdefault("dir", directory)
    return str(url)


def _required(reference: Reference, name: str) -> str:
    value = reference.get(name)
    if value is None:
        raise _error(f"input attribute '{name}' is missing")
    if not isinstance(value, str):
        raise _error(f"input attribute '{name}' is not a string {_as_json(reference)}")
    return value


def _revision(reference: Reference) -> str | None:
    """The revision, checked, in base 16."""
    rev = reference.get("rev")
    if rev is None:
        return None
    text = str(rev)
    named = ":" in text or "-" in text
    return parse_hash(text, None if named else "sha1").base16()


def _to_url(kind: str, reference: Reference) -> URL:
    if kind in _FORGES:
        parts = [_required(reference, "owner"), _required(reference, "repo")]
        _checked_forge(reference)
        given = [str(reference["ref"])] if "ref" in reference else []
        revision = _revision(reference)
        query: dict[str, str] = {name: str(reference[name]) for name in ("narHash", "host") if name in reference}
        return URL(kind, None, [*parts, *given, *([revision] if revision else [])], query)
    if kind == "indirect":
        parts = [_required(reference, "id")]
        if not re.fullmatch(_ID, parts[0]):
            raise BadURL(f"'{parts[0]}' is not a valid flake ID")
        revision = _revision(reference)
        given = [str(reference["ref"])] if "ref" in reference else []
        return URL("flake", None, [*parts, *given, *([revision] if revision else [])])
    if kind == "path":
        query = {name: _shown(value) for name, value in reference.items() if name not in ("path", "type", "__final")}
        return URL("path", None, _required(reference, "path").split("/"), query)
    url = parse_url(_required(reference, "url"))
    if kind in ("tarball", "file"):
        if "narHash" in reference:
            url.query["narHash"] = str(reference["narHash"])
        return url
    if url.scheme != kind:
        url.scheme = f"{kind}+{url.scheme}"
    revision = _revision(reference)
    if revision:
        url.query["rev"] = revision
    if "ref" in reference:
        url.query["ref"] = str(reference["ref"])
    for name in ("shallow", "lfs", "submodules", "exportIgnore", "verifyCommit") if kind == "git" else ():
        if reference.get(name) is True:
            url.query[name] = "1"
    return url


def _shown(value: str | int | bool) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)


def _parse_flake_ref(text: Value) -> Value:
    parsed = parse_flake_ref(
        str(expect_plain_string(text, "while evaluating the argument passed to builtins.parseFlakeRef"))
    )
    return Attrs(parsed)


def _flake_ref_to_string(attrs: Value) -> Value:
    members = expect_attrs(attrs, "while evaluating the argument passed to builtins.flakeRefToString")
    reference: Reference = {}
    for name, lazy in members.items():
        value = force(lazy)
        if isinstance(value, str):
            reference[name] = str(value)
        elif isinstance(value, bool):
            reference[name] = value
        elif isinstance(value, int):
            if value < 0:
                raise eval_error(f"negative value given for flake ref attr {name}: {value}")
            reference[name] = value
        else:
            raise eval_error(
                "flake reference attribute sets may only contain integers, Booleans, and strings, "
                f"but attribute '{name}' is {show_type(value)}"
            )
    return flake_ref_text(reference)


def builtins(ev: EvaluatorServices) -> Iterable[Builtin | tuple[str, Value]]:
    """The built-ins of this topic."""
    return (
        Builtin("parseFlakeRef", 1, _parse_flake_ref),
        Builtin("flakeRefToString", 1, _flake_ref_to_string),
    )
