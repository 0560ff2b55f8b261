"""Forges: where GitHub, GitLab and SourceHut say what a branch is at, and where their archives are."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from home_manager.diagnostics import failure
from home_manager.flakes.references import text_of
from home_manager.nix.builtins.flakerefs import Reference
from home_manager.paths import open_file

Text = Callable[[str], str]
"""The small text at an address."""

HOSTS: Mapping[str, str] = {"github": "github.com", "gitlab": "gitlab.com", "sourcehut": "git.sr.ht"}
_SHA = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True, slots=True)
class Forges:
    """The addresses at forges; `server` stands in for `https://HOST`, for tests."""

    server: str = ""

    def _top(self, reference: Reference) -> tuple[str, str]:
        """Host, and address of the server itself."""
        host = str(reference.get("host") or HOSTS[str(reference["type"])])
        return host, self.server or f"https://{host}"

    def revision(self, reference: Reference, text: Text) -> str:
        """The revision that a branch or tag (or, without one, the main branch) is at now."""
        kind, (host, top) = reference["type"], self._top(reference)
        owner, repo, ref = reference["owner"], reference["repo"], str(reference.get("ref", "HEAD"))
        if kind == "github":
            api = self.server or (f"https://api.{host}" if host == "github.com" else f"{top}/api/v3")
            return self._sha(reference, text, f"{api}/repos/{owner}/{repo}/commits/{ref}", "sha")
        if kind == "gitlab":
            project = f"{owner}%2F{repo}".replace("/", "%2F")
            url = f"{top}/api/v4/projects/{project}/repository/commits?ref_name={ref}"
            return self._sha(reference, text, url, "id")
        return self._advertised(reference, text(f"{top}/{owner}/{repo}/info/refs"), ref, text, f"{top}/{owner}/{repo}")

    def _sha(self, reference: Reference, text: Text, url: str, key: str) -> str:
        try:
            data = json.loads(text(url))
            found = str((data[0] if isinstance(data, list) else data)[key])
        except (ValueError, KeyError, IndexError, TypeError):
            found = ""
        if not _SHA.fullmatch(found):
            raise _no_such(reference)
        return found

    def _advertised(self, reference: Reference, refs: str, ref: str, text: Text, top: str) -> str:
        """The revision by the list of references that git servers give; HEAD is a file of its own."""
        if ref == "HEAD":
            ref = text(f"{top}/HEAD").strip().removeprefix("ref: ")
            if _SHA.fullmatch(ref):
                return ref
        for line in refs.splitlines():
            sha, _, name = line.partition("\t")
            if name in (ref, f"refs/heads/{ref}", f"refs/tags/{ref}") and _SHA.fullmatch(sha):
                return sha
        raise _no_such(reference)

    def archive(self, reference: Reference) -> str:
        """Where the archive of a revision is."""
        kind, (host, top) = reference["type"], self._top(reference)
        owner, repo, rev = str(reference["owner"]), reference["repo"], reference["rev"]
        if kind == "github":
            if host != "github.com":
                return f"{top}/api/v3/repos/{owner}/{repo}/tarball/{rev}"
            return f"{top}/{owner}/{repo}/archive/{rev}.tar.gz"
        if kind == "gitlab":
            project = f"{owner}%2F{repo}".replace("/", "%2F")
            return f"{top}/api/v4/projects/{project}/repository/archive.tar.gz?sha={rev}"
        return f"{top}/{owner}/{repo}/archive/{rev}.tar.gz"


def _no_such(reference: Reference) -> Exception:
    what = f"branch or tag `{reference['ref']}`" if "ref" in reference else "main branch"
    return failure(
        "fetch-failed",
        f"`{text_of(reference)}` has no {what}",
        hints=("look at the names of the repository and of the branch",),
    )


def tokens() -> dict[str, str]:
    """The tokens for forges that the configuration of Nix holds (`access-tokens = github.com=TOKEN …`)."""
    found: dict[str, str] = {}
    config = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")
    texts = []
    for path in ("/etc/nix/nix.conf", f"{config}/nix/nix.conf"):
        try:
            with open(open_file(path), encoding="utf-8", errors="replace") as file:
                texts.append(file.read())
        except OSError:
            continue
    for line in "\n".join([*texts, os.environ.get("NIX_CONFIG", "")]).splitlines():
        name, equals, value = line.partition("=")
        if equals and name.strip() in ("access-tokens", "extra-access-tokens"):
            found.update((host, token) for host, sep, token in (word.partition("=") for word in value.split()) if sep)
    return found


def headers(url: str) -> dict[str, str]:
    """What is sent to a forge so that it knows who asks."""
    host, _, path = re.sub(r"^https://(?:api\.)?", "", url).partition("/")
    if not url.startswith("https://"):
        return {}
    place, best = f"{host}/{path.removeprefix('repos/')}", ""
    given = tokens()
    for key in given:
        if (place == key or place.startswith(f"{key}/")) and len(key) > len(best):
            best = key
    if not best:
        return {}
    token = given[best]
    kind, colon, secret = token.partition(":")
    if colon and kind == "PAT":
        return {"Private-token": secret}
    if colon and kind == "OAuth2":
        return {"Authorization": f"Bearer {secret}"}
    return {"Authorization": f"token {token}"}
