"""A repository that wants to run something: whatever its configuration names, looking at it or fetching it runs nothing.

Each trap touches a file of its own. Where git itself falls into a trap, the test says with which command, so that a trap
that cannot spring is noticed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from home_manager.diagnostics import Failure
from home_manager.flakes import git as git_package
from home_manager.flakes.cache import Cache
from home_manager.flakes.fetched_sources import fetch_source
from home_manager.flakes.fetchers import Fetchers
from home_manager.flakes.git.export import resolved
from home_manager.flakes.git.program import check_address, check_ref
from home_manager.flakes.locking import LockFlags
from home_manager.home.generation_metadata import revision_of
from home_manager.nix.builtins.flakerefs import parse_flake_ref
from unit.flakes.conftest import Bench, git, repository, write

FLAKE = '{ inputs.leaf.url = "path:./leaf"; outputs = { self, leaf }: { here = leaf.leaf; }; }'
LEAF = "{ outputs = { self }: { leaf = true; }; }"


@dataclass
class Scene:
    """A repository with a trap, and the folder in which traps leave their marks."""

    place: Path
    marks: Path

    def trap(self, name: str) -> str:
        """A program that leaves its mark, does what a filter should, and ends well."""
        program = self.marks.parent / f"trap-{name}"
        program.write_text(f"#!/bin/sh\n: > '{self.marks}/{name}'\ntimeout 1 cat\nexit 0\n")
        program.chmod(0o755)
        return str(program)

    def config(self, *pairs: tuple[str, str]) -> None:
        for name, value in pairs:
            git(self.place, "config", name, value)

    def sprung(self) -> list[str]:
        return sorted(os.listdir(self.marks))


def _attributes(scene: Scene, line: str) -> None:
    (scene.place / ".git/info/attributes").write_text(line + "\n")


def _promisor(scene: Scene, url: str) -> None:
    """Makes it a partial clone that lacks an object."""
    scene.config(
        ("core.repositoryformatversion", "1"),
        ("extensions.partialClone", "origin"),
        ("remote.origin.promisor", "true"),
        ("remote.origin.url", url),
    )
    blob = git(scene.place, "rev-parse", "HEAD:lost").strip()
    lost = scene.place / ".git/objects" / blob[:2] / blob[2:]
    lost.chmod(0o600)
    lost.unlink()


def clean(scene: Scene) -> None:
    scene.config(("filter.x.clean", scene.trap("clean")), ("filter.x.smudge", scene.trap("smudge")))
    _attributes(scene, "* filter=x")


def process(scene: Scene) -> None:
    scene.config(("filter.x.process", scene.trap("process")), ("filter.x.required", "true"))
    _attributes(scene, "* filter=x")


def included(scene: Scene) -> None:
    other = scene.place / ".git/other"
    other.write_text(f'[filter "x"]\n\tclean = {scene.trap("included")}\n')
    scene.config(("include.path", "other"))
    _attributes(scene, "* filter=x")


def tracked_attributes(scene: Scene) -> None:
    (scene.place / ".gitattributes").write_text("* filter=x diff=x\n")
    git(scene.place, "add", ".gitattributes")
    git(scene.place, "commit", "-q", "-m", "attributes")
    scene.config(("filter.x.clean", scene.trap("attributes")))


def of_work_tree(scene: Scene) -> None:
    scene.config(("core.repositoryformatversion", "1"), ("extensions.worktreeConfig", "true"))
    (scene.place / ".git/config.worktree").write_text(f'[filter "x"]\n\tclean = {scene.trap("worktree")}\n')
    _attributes(scene, "* filter=x")


def monitor(scene: Scene) -> None:
    scene.config(("core.fsmonitor", scene.trap("monitor")))


def hooks(scene: Scene) -> None:
    folder = scene.place / ".git/elsewhere"
    folder.mkdir()
    scene.config(("core.hooksPath", str(folder)))
    names = ("post-index-change", "pre-commit", "post-commit", "reference-transaction", "post-checkout", "commit-msg")
    for where in (folder, scene.place / ".git/hooks"):
        where.mkdir(exist_ok=True)
        for name in names:
            shutil.copy(scene.trap(f"hook-{name}"), where / name)


def ext_remote(scene: Scene) -> None:
    scene.config(("protocol.ext.allow", "always"))
    _promisor(scene, f"ext::{scene.trap('ext')}")


def ssh_command(scene: Scene) -> None:
    scene.config(("core.sshCommand", scene.trap("ssh")))
    _promisor(scene, "ssh://example.org/x")


def git_proxy(scene: Scene) -> None:
    scene.config(("core.gitProxy", scene.trap("proxy")))
    _promisor(scene, "git://example.org/x")


def upload_pack(scene: Scene) -> None:
    scene.config(("remote.origin.uploadpack", scene.trap("upload-pack")))
    _promisor(scene, str(scene.place.parent))


def signatures(scene: Scene) -> None:
    scene.config(
        ("gpg.program", scene.trap("gpg")), ("log.showSignature", "true"), ("commit.gpgSign", "true"),
        ("gpg.x509.program", scene.trap("x509")), ("gpg.ssh.program", scene.trap("sign")),
    )  # fmt: skip


def differences(scene: Scene) -> None:
    scene.config(
        ("diff.external", scene.trap("external")),
        ("diff.x.command", scene.trap("command")),
        ("diff.x.textconv", scene.trap("textconv")),
        ("merge.x.driver", scene.trap("driver")),
    )
    _attributes(scene, "* diff=x merge=x")


def pagers(scene: Scene) -> None:
    pairs = [(f"pager.{name}", "true") for name in ("log", "status", "config", "rev-list", "ls-files")]
    scene.config(("core.pager", scene.trap("pager")), ("core.editor", scene.trap("editor")), *pairs)


def aliases(scene: Scene) -> None:
    scene.config(
        *(
            (f"alias.{name}", f"!{scene.trap('alias')}")
            for name in ("status", "log", "archive", "rev-parse", "ls-files")
        )
    )


def others(scene: Scene) -> None:
    scene.config(
        ("core.alternateRefsCommand", scene.trap("alternate")),
        ("uploadpack.packObjectsHook", scene.trap("pack")),
        ("credential.helper", f"!{scene.trap('credential')}"),
        ("core.askPass", scene.trap("ask")),
        ("tar.tar.command", scene.trap("tar")),
        ("sequence.editor", scene.trap("sequence")),
    )


CONTROLS: dict[Callable[[Scene], None], tuple[str, ...] | None] = {
    clean: ("status",),
    process: ("status",),
    included: ("status",),
    tracked_attributes: ("status",),
    of_work_tree: ("status",),
    monitor: ("status",),
    hooks: ("add", "-N", "new"),
    ext_remote: ("cat-file", "-p", "HEAD:lost"),
    ssh_command: ("cat-file", "-p", "HEAD:lost"),
    git_proxy: ("cat-file", "-p", "HEAD:lost"),
    upload_pack: ("cat-file", "-p", "HEAD:lost"),
    signatures: ("commit", "-q", "--allow-empty", "-m", "x"),
    differences: ("diff",),
    pagers: None,
    aliases: None,
    others: None,
}


def _touched(scene: Scene) -> None:
    """Makes the index unsure of every file, so that git has to look into them."""
    for name in ("flake.nix", "file"):
        text = (scene.place / name).read_text()
        (scene.place / name).write_text(text)
        os.utime(scene.place / name, (1_800_000_000, 1_800_000_000))


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    place = repository(
        tmp_path / "place", {"flake.nix": FLAKE, "leaf/flake.nix": LEAF, "file": "content\n", "lost": "lost\n"}
    )
    (place / "new").write_text("new\n")
    (tmp_path / "marks").mkdir()
    return Scene(place, tmp_path / "marks")


@pytest.mark.parametrize(("trap", "control"), [pytest.param(t, c, id=t.__name__) for t, c in CONTROLS.items() if c])
def test_the_traps_spring_for_git_itself(
    scene: Scene, trap: Callable[[Scene], None], control: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    trap(scene)
    _touched(scene)
    if trap in (ext_remote, ssh_command, git_proxy, upload_pack):
        # Newer versions of git fetch nothing of themselves while they serve another; here it is asked directly.
        monkeypatch.setenv("GIT_NO_LAZY_FETCH", "0")
    if trap is differences:
        (scene.place / "file").write_text("other\n")
    subprocess.run(
        ["git", "-C", str(scene.place), *control], capture_output=True, stdin=subprocess.DEVNULL, check=False
    )
    assert scene.sprung()


def _quiet(action: Callable[[], object]) -> None:
    try:
        action()
    except Failure as problem:
        # What lacks an object cannot be exported; that is said, and nothing else is tried.
        assert problem.diagnostic.code == "git-failed", problem.diagnostic


@pytest.mark.parametrize("trap", list(CONTROLS), ids=lambda trap: trap.__name__)
def test_nothing_of_a_repository_runs(scene: Scene, tmp_path: Path, trap: Callable[[Scene], None]) -> None:
    trap(scene)
    _touched(scene)
    url = f"git+file://{scene.place}"
    fetchers = Fetchers(Cache(str(tmp_path / "cache")))
    rev = git(scene.place, "rev-parse", "HEAD").strip()
    Bench(tmp_path / "cache").flakes.call(parse_flake_ref(url), LockFlags())
    asked = (url, f"{url}?submodules=1", f"{url}?ref=main", f"{url}?rev={rev}", f"{url}?rev={rev}&submodules=1")
    for reference in asked:
        _quiet(lambda reference=reference: fetchers.fetch(parse_flake_ref(reference)))
    for submodules in (False, True):
        arguments = {"url": str(scene.place), "rev": rev, "fetchSubmodules": submodules}
        _quiet(lambda a=arguments, n=submodules: fetch_source(fetchers, "fetchgit", a, str(tmp_path / f"got-{n}")))
    assert revision_of(f"{scene.place}/flake.nix")[0] == rev
    git_package.track(str(scene.place), "new")
    git_package.commit(str(scene.place), "new", "a new file")
    assert scene.sprung() == []
    assert (
        "new"
        in subprocess.run(
            ["git", "-C", str(scene.place), "ls-tree", "--name-only", "HEAD"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
    )


def test_nothing_of_a_submodule_or_a_bare_repository_runs(scene: Scene, tmp_path: Path) -> None:
    outer = repository(tmp_path / "outer", {"flake.nix": LEAF})
    git(outer, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(scene.place), "sub")
    git(outer, "commit", "-q", "-m", "submodule")
    bare = tmp_path / "bare"
    git(tmp_path, "clone", "-q", "--bare", str(scene.place), str(bare))
    inner = Scene(outer / "sub", scene.marks)
    for place in (outer / ".git/modules/sub", bare):
        for name, value in (("filter.x.clean", scene.trap("in")), ("core.fsmonitor", scene.trap("monitor"))):
            git(tmp_path, f"--git-dir={place}", "config", name, value)
        (place / "info").mkdir(exist_ok=True)
        (place / "info/attributes").write_text("* filter=x\n")
    os.utime(inner.place / "file", (1_800_000_000, 1_800_000_000))
    fetchers = Fetchers(Cache(str(tmp_path / "cache")))
    rev = git(outer, "rev-parse", "HEAD").strip()
    scene.marks.joinpath("in").unlink(missing_ok=True)
    scene.marks.joinpath("monitor").unlink(missing_ok=True)
    whole = fetchers.fetch(parse_flake_ref(f"git+file://{outer}?submodules=1"))
    assert whole.source.accepts is not None and whole.source.accepts("sub/file")
    exported = fetchers.fetch(parse_flake_ref(f"git+file://{outer}?rev={rev}&submodules=1"))
    assert (Path(exported.directory) / "sub/file").read_text() == "content\n"
    assert fetchers.fetch(parse_flake_ref(f"git+file://{bare}?ref=main")).locked["ref"] == "main"
    assert scene.sprung() == []
    git(inner.place, "status")
    assert "in" in scene.sprung()


@pytest.mark.parametrize(
    "command",
    [
        ("option", "home.username"),
        ("plan",),
        ("build", "--dry-run"),
        ("switch", "--dry-run"),
        ("why", "home.username"),
    ],
    ids=lambda words: words[0],
)
def test_no_command_that_looks_at_a_flake_runs_anything(scene: Scene, tmp_path: Path, command: tuple[str, ...]) -> None:
    home = tmp_path / "alice"
    home.mkdir()
    (scene.place / "flake.nix").write_text(
        '{ inputs.nixpkgs.url = "github:NixOS/nixpkgs"; inputs.home-manager.url = "github:nix-community/home-manager";\n'
        "  outputs = { nixpkgs, home-manager, ... }: { homeConfigurations.alice = home-manager.lib.homeManagerConfiguration {\n"
        f"    pkgs = nixpkgs.legacyPackages.{os.uname().machine}-linux;\n"
        '    modules = [ { home = { username = "alice"; stateVersion = "25.05";'
        f' homeDirectory = "{home}"; }}; }} ]; }}; }}; }}\n'
    )
    for trap in (clean, monitor, hooks, signatures, differences, pagers, aliases, others):
        trap(scene)
    _touched(scene)
    words = [
        sys.executable,
        "-m",
        "home_manager",
        *command,
        "--flake",
        f"{scene.place}#alice",
        "--root",
        str(tmp_path / "root"),
    ]
    environment = {**os.environ, "HOME": str(home), "USER": "alice"}
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stderr
    assert scene.sprung() == []


# What git would take for something else


@pytest.mark.parametrize(
    "url",
    [
        "--upload-pack=touch FILE;",
        "-u./x",
        "ext::sh -c touch% FILE",
        "fd::17",
        "ssh://-oProxyCommand=touch/x",
        "-oProxyCommand=touch:x",
        "user@-oProxyCommand=touch:x",
        "https://example.org/x\nhelper",
        "transport::address",
        "ftp://example.org/x",
        "relative/path",
        "rsync://example.org/x",
    ],
)
def test_an_address_that_is_no_address_is_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(Failure) as failed:
        fetch_source(
            Fetchers(Cache(str(tmp_path / "cache"))), "fetchgit", {"url": url, "rev": "0" * 40}, str(tmp_path / "x")
        )
    assert failed.value.diagnostic.code == "git-address"
    with pytest.raises(Failure) as failed:
        Fetchers(Cache(str(tmp_path / "cache"))).fetch({"type": "git", "url": url})
    assert failed.value.diagnostic.code == "git-address"


@pytest.mark.parametrize(
    "more",
    [
        {"githubBase": "-oProxyCommand=touch x", "owner": "o", "repo": "r"},
        {"owner": "o", "repo": "r", "tag": "--upload-pack=touch x"},
        {"owner": "o", "repo": "r", "rev": "a:refs/heads/b"},
    ],
)
def test_no_argument_of_a_forge_is_an_option(more: dict[str, object], tmp_path: Path) -> None:
    arguments = {**more, "fetchSubmodules": True}
    host = more.get("githubBase", "github.com")
    arguments["url"] = f"https://{host}/o/r/archive/{more.get('rev', more.get('tag'))}.tar.gz"
    with pytest.raises(Failure) as failed:
        fetch_source(Fetchers(Cache(str(tmp_path / "cache"))), "fetchFromGitHub", arguments, str(tmp_path / "x"))
    assert failed.value.diagnostic.code == "git-address"


@pytest.mark.parametrize(
    "url", ["https://github.com/a/b.git", "ssh://git@host:22/x", "git@host:a/b", "file:///x", "/x y", "http://[::1]/x"]
)
def test_addresses_that_are_taken(url: str) -> None:
    check_address(url)


@pytest.mark.parametrize(
    "ref", ["-x", "--upload-pack=x", "a..b", "a:refs/heads/b", "a b", "a^", "x@{1}", "", ".a", "a.lock"]
)
def test_a_ref_that_git_would_read_otherwise_is_refused(ref: str, tmp_path: Path) -> None:
    with pytest.raises(Failure) as failed:
        check_ref(ref)
    assert failed.value.diagnostic.code == "git-address"


def test_a_revision_that_is_an_option_is_refused(scene: Scene, tmp_path: Path) -> None:
    for rev in ("--output=/x", "HEAD", "abc"):
        with pytest.raises(Failure) as failed:
            Fetchers(Cache(str(tmp_path / "cache"))).fetch(
                {"type": "git", "url": f"file://{scene.place}", "rev": rev, "ref": "main"}
            )
        assert failed.value.diagnostic.code in ("git-address", "nix-hash")


def test_a_submodule_with_a_hostile_address_is_refused(tmp_path: Path, scene: Scene) -> None:
    for url in ("ext::sh -c touch% x", "--upload-pack=touch x", "-x"):
        outer = repository(tmp_path / f"outer{abs(hash(url))}", {"file": "x"})
        rev = git(scene.place, "rev-parse", "HEAD").strip()
        write(outer, {".gitmodules": f'[submodule "sub"]\n\tpath = sub\n\turl = {url}\n\tupdate = !touch x\n'})
        git(outer, "add", ".gitmodules")
        git(outer, "update-index", "--add", "--cacheinfo", f"160000,{rev},sub")
        git(outer, "commit", "-q", "-m", "x")
        arguments = {"url": str(outer), "rev": git(outer, "rev-parse", "HEAD").strip()}
        with pytest.raises(Failure) as failed:
            fetch_source(Fetchers(Cache(str(tmp_path / "cache"))), "fetchgit", arguments, str(tmp_path / "got"))
        assert failed.value.diagnostic.code == "git-address"


@pytest.mark.parametrize(
    ("base", "address", "expected"),
    [
        ("https://h/a/b", "../c", "https://h/a/c"),
        ("https://h/a/b", "./c", "https://h/a/b/c"),
        ("https://h/a/b/", "../../d/c", "https://h/d/c"),
        ("git@h:a/b", "../c", "git@h:a/c"),
        ("git@h:b", "../c", "git@h:c"),
        ("file:///x/y", "../c", "file:///x/c"),
        ("/x/y", "../c", "/x/c"),
        ("https://h/a", "ssh://other/x", "ssh://other/x"),
    ],
)
def test_relative_addresses_of_submodules(base: str, address: str, expected: str) -> None:
    assert resolved(base, address) == expected


def test_one_place_starts_git() -> None:
    top = Path(git_package.__file__).parents[2]
    # A list that begins with the program: what modules put into their options has no options of git beside it.
    command = re.compile(r"""\[\s*["']git["'],\s*["']-""")
    starting = [str(path.relative_to(top)) for path in top.rglob("*.py") if command.search(path.read_text())]
    assert starting == ["flakes/git/program.py"]
