"""The Debian provider against an archive of the test's own."""

from __future__ import annotations

import json
import os
import subprocess
import tarfile
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from home_manager.diagnostics import Failure
from home_manager.packages.names import Entry
from home_manager.packages.package_lock import Lacking, Locked, LockedFile
from home_manager.packages.providers import SilentProgress, WantedPackage

SILENT = SilentProgress()


def objects(world: SimpleNamespace) -> list[str]:
    if not os.path.isdir(world.store.root):
        return []
    return [name for name in os.listdir(world.store.root) if not name.startswith(".")]


def script(world: SimpleNamespace, text: str = "echo hello") -> bytes:
    E = world.archives.Entry
    data: bytes = world.archives.deb([E("./usr/bin/hello", f"#!/bin/sh\n{text}\n".encode(), 0o755)])
    return data


def code(world: SimpleNamespace, *requests: object) -> str:
    with pytest.raises(Failure) as caught:
        world.realise(world.provider(), list(requests))
    return caught.value.diagnostic.code


def test_a_script_is_brought_and_runs(world: SimpleNamespace) -> None:
    world.release.add("hello", script(world))
    world.release.publish()
    request = world.request("hello")
    (made,) = world.realise(world.provider(), [request], SILENT)
    assert made.version == "1.0"
    ran = subprocess.run([f"{world.path(request)}/bin/hello"], capture_output=True, text=True, check=True)
    assert ran.stdout == "hello\n"
    assert not os.access(f"{world.path(request)}/bin", os.W_OK) or os.geteuid() == 0


def test_what_is_locked_and_there_asks_nobody(world: SimpleNamespace) -> None:
    world.release.add("hello", script(world))
    world.release.publish()
    request = world.request("hello")
    (entry,) = world.provider().lock([request], SILENT)
    wanted = [WantedPackage(request, entry, world.path(request))]
    world.provider().realise(wanted, SILENT)
    before = list(world.release.asked)
    assert world.provider(address="http://127.0.0.1:1").realise(wanted, SILENT) == []
    assert world.release.asked == before


def test_a_cached_closure_needs_no_network(world: SimpleNamespace) -> None:
    world.release.add("hello", script(world))
    world.release.publish()
    request = world.request("hello")
    world.realise(world.provider(), [request])
    count = len(world.release.asked)
    (entry,) = world.provider().lock([request], SILENT)
    elsewhere = world.path(request).replace("-hello", "-again")
    world.provider().realise([WantedPackage(request, entry, elsewhere)], SILENT)
    assert os.path.exists(f"{elsewhere}/bin/hello")
    assert len(world.release.asked) == count


def test_unreachable_archive_names_address_and_cause(world: SimpleNamespace) -> None:
    world.release.publish()
    with pytest.raises(Failure) as caught:
        world.realise(world.provider(address="http://127.0.0.1:9"), [world.request("hello")], SILENT)
    diagnostic = caught.value.diagnostic
    assert diagnostic.code == "archive-unreachable"
    assert "http://127.0.0.1:9/dists/stable/InRelease" in diagnostic.message
    assert any("refused" in note for note in diagnostic.notes)
    assert objects(world) == []


def test_suite_that_is_not_there(world: SimpleNamespace) -> None:
    assert code(world, world.request("hello")) == "archive-unreachable"


def test_tampered_description_is_refused(world: SimpleNamespace) -> None:
    world.release.add("hello", script(world))
    world.release.publish()
    path = "dists/stable/InRelease"
    world.release.files[path] = world.release.files[path].replace(b"Version: 1", b"Version: 2")
    assert code(world, world.request("hello")) == "archive-untrusted"


def test_unknown_key_is_refused(world: SimpleNamespace) -> None:
    world.release.publish()
    stranger = world.archives.new_release()
    stranger.add("hello", script(world))
    stranger.publish()
    world.release.files.update(stranger.files)
    assert code(world, world.request("hello")) == "archive-untrusted"


def test_unsigned_description_is_refused(world: SimpleNamespace) -> None:
    world.release.files["dists/stable/InRelease"] = b"Origin: Debian\nSuite: stable\n"
    assert code(world, world.request("hello")) == "archive-untrusted"


def test_description_of_another_suite_is_refused(world: SimpleNamespace) -> None:
    world.release.suite = "oldstable"
    world.release.publish()
    world.release.files["dists/stable/InRelease"] = world.release.files["dists/oldstable/InRelease"]
    world.release.suite = "stable"
    assert code(world, world.request("hello")) == "archive-untrusted"


def test_expired_description_is_refused(world: SimpleNamespace) -> None:
    world.release.further = "Valid-Until: Sat, 13 Sep 2025 08:00:00 UTC\n"
    world.release.publish()
    assert code(world, world.request("hello")) == "archive-expired"


def test_index_that_differs_from_its_hash_is_refused(world: SimpleNamespace) -> None:
    world.release.add("hello", script(world))
    world.release.publish()
    path = "dists/stable/main/binary-amd64/Packages.xz"
    world.release.files[path] = world.release.files[path][:-4] + b"abcd"
    assert code(world, world.request("hello")) == "archive-corrupt"


def test_package_that_differs_from_its_hash_is_refused(world: SimpleNamespace) -> None:
    world.release.add("hello", script(world))
    world.release.publish()
    path = next(path for path in world.release.files if path.endswith(".deb"))
    world.release.files[path] = world.release.files[path][:-4] + b"abcd"
    assert code(world, world.request("hello")) == "archive-corrupt"
    assert objects(world) == []


def test_one_bad_package_of_several_stops_the_rest_and_leaves_nothing(world: SimpleNamespace) -> None:
    for number in range(12):
        world.release.add(f"p{number}", script(world, f"echo {number}"))
    world.release.publish()
    bad = next(path for path in world.release.files if "/p7_" in path)
    world.release.files[bad] = b"x" * len(world.release.files[bad])
    assert code(world, *(world.request(f"p{number}") for number in range(12))) == "archive-corrupt"
    assert objects(world) == []


def test_a_broken_off_download_is_continued(world: SimpleNamespace) -> None:
    data = script(world, "echo " + os.urandom(3000).hex())
    world.release.add("hello", data)
    world.release.publish()
    provider = world.provider()
    suite = provider.suite(SILENT)
    record = suite.index.get("hello")
    place = provider._cached(LockedFile(record.name, record.version, record.path, record.size, record.sha256))
    os.makedirs(os.path.dirname(place))
    with open(f"{place}.partial", "wb") as file:
        file.write(data[:1000])
    seen = []

    class Watching(SilentProgress):
        def advance(self, done: int, total: int, unit: str = "", detail: str = "") -> None:
            if unit == "B":
                seen.append((done, total))

    world.realise(provider, [world.request("hello")], Watching())
    assert os.path.exists(f"{world.path(world.request('hello'))}/bin/hello")
    assert seen[0][0] == 1000 and seen[-1] == (len(data), len(data))


def test_a_locked_package_stays_what_it_was_until_the_archive_drops_it(world: SimpleNamespace) -> None:
    world.release.add("hello", script(world))
    world.release.publish()
    request = world.request("hello")
    (old,) = world.provider().lock([request], SILENT)
    world.release.packages.clear()
    world.release.add("hello", script(world, "echo newer"), "1.0-2")
    world.release.publish()
    world.provider().realise([WantedPackage(request, old, world.path(request))], SILENT)
    assert subprocess.run([f"{world.path(request)}/bin/hello"], capture_output=True, text=True).stdout == "hello\n"
    (new,) = world.provider().lock([request], SILENT, refresh=True)
    assert (old.version, new.version) == ("1.0", "1.0")
    assert old.digest() != new.digest()


def test_an_older_description_that_is_played_back_is_not_taken(world: SimpleNamespace) -> None:
    """It is signed and holds still: what was seen before is newer, in the cache or only remembered."""
    world.release.add("hello", script(world))
    world.release.publish()
    older = dict(world.release.files)
    world.release.packages.clear()
    world.release.add("hello", script(world, "echo newer"), "1.0-2")
    world.release.date = "Sun, 07 Sep 2025 08:00:00 UTC"
    world.release.publish()
    world.provider().suite(SILENT, refresh=True)
    world.release.files.update(older)
    for _ in range(2):
        assert "07 Sep" in world.provider().suite(SILENT, refresh=True).pin
    (kept,) = (world.tmp_path / "cache").rglob("InRelease")
    kept.unlink()
    with pytest.raises(Failure) as caught:
        world.provider().suite(SILENT, refresh=True)
    assert caught.value.diagnostic.code == "archive-untrusted"
    assert "older than what it said before" in caught.value.diagnostic.message


def test_a_locked_package_that_the_archive_dropped_names_update(world: SimpleNamespace) -> None:
    world.release.add("hello", script(world))
    world.release.publish()
    request = world.request("hello")
    (old,) = world.provider().lock([request], SILENT)
    for path in [path for path in world.release.files if path.endswith(".deb")]:
        del world.release.files[path]
    with pytest.raises(Failure) as caught:
        world.provider().realise([WantedPackage(request, old, world.path(request))], SILENT)
    assert caught.value.diagnostic.code == "package-gone"
    assert any("home-manager update" in hint for hint in caught.value.diagnostic.hints)
    assert objects(world) == []


def test_locking_downloads_no_package(world: SimpleNamespace) -> None:
    world.release.add("hello", script(world))
    world.release.publish()
    provider = world.provider()
    entry, lacking = provider.lock([world.request("hello"), world.request("nothing-like-it")], SILENT)
    assert isinstance(entry, Locked) and [file.name for file in entry.files] == ["hello"]
    assert isinstance(lacking, Lacking) and lacking.providers == ("debian",)
    assert provider.pin()["suite"] == "stable"
    assert not any(path.endswith(".deb") for path in world.release.asked)


def test_dependency_that_the_suite_lacks(world: SimpleNamespace) -> None:
    world.release.add("hello", script(world), Depends="libabsent (>= 2)")
    world.release.publish()
    assert code(world, world.request("hello")) == "package-dependencies"


def test_renamed_program_with_man_page_and_completion(world: SimpleNamespace, entry: Callable[..., Entry]) -> None:
    E = world.archives.Entry
    world.release.add(
        "fd-find",
        world.archives.deb(
            [
                E("./usr/lib/cargo/bin/fd", b"#!/bin/sh\necho fd\n", 0o755),
                E("./usr/bin/fdfind", link="../lib/cargo/bin/fd"),
                E("./usr/share/man/man1/fdfind.1.gz", b"page"),
                E("./usr/share/bash-completion/completions/fdfind", b"complete -F _fdfind fdfind\n"),
                E("./usr/share/zsh/vendor-completions/_fdfind", b"#compdef fdfind\n"),
                E("./usr/share/locale/de/LC_MESSAGES/fd.mo", b"x"),
                E("./usr/share/doc/fd-find/changelog.gz", b"x"),
            ]
        ),
    )
    world.release.publish()
    request = world.request("fd")
    world.realise(world.provider({"fd": entry("fd", "fd-find", "fd", {"fd": "fdfind"})}), [request], SILENT)
    assert os.listdir(f"{world.path(request)}/bin") == ["fd"]
    assert subprocess.run([f"{world.path(request)}/bin/fd"], capture_output=True, text=True).stdout == "fd\n"
    assert os.path.exists(f"{world.path(request)}/share/man/man1/fd.1.gz")
    with open(f"{world.path(request)}/share/zsh/site-functions/_fd") as file:
        assert file.read() == "#compdef fd\n"
    with open(f"{world.path(request)}/share/bash-completion/completions/fd") as file:
        assert file.read() == "complete -F _fdfind fd\n"
    assert not os.path.exists(f"{world.path(request)}/share/locale")
    assert not os.path.exists(f"{world.path(request)}/share/doc/fd-find/changelog.gz")


def test_a_rename_goes_before_another_program_of_that_name(world: SimpleNamespace, entry: Callable[..., Entry]) -> None:
    E = world.archives.Entry
    world.release.add(
        "fox-esr",
        world.archives.deb(
            [
                E("./usr/bin/fox", b"#!/bin/sh\necho another\n", 0o755),
                E("./usr/bin/fox-esr", b"#!/bin/sh\necho wanted\n", 0o755),
            ]
        ),
    )
    world.release.publish()
    request = world.request("fox")
    world.realise(world.provider({"fox": entry("fox", "fox-esr", "fox", {"fox": "fox-esr"})}), [request])
    ran = subprocess.run([f"{world.path(request)}/bin/fox"], capture_output=True, text=True, check=True)
    assert ran.stdout == "wanted\n"


def test_main_program_of_a_dependency_and_alternatives(world: SimpleNamespace, entry: Callable[..., Entry]) -> None:
    E, deb = world.archives.Entry, world.archives.deb
    world.release.add("lang", deb([E("./usr/share/doc/lang/copyright", b"c")]), Depends="lang-minimal | nothing")
    world.release.add(
        "lang-minimal",
        deb(
            [E("./usr/bin/lang.real", b"#!/bin/sh\necho lang\n", 0o755), E("./usr/bin/lang", link="lang.real")],
            postinst="update-alternatives --install /usr/bin/editor editor /usr/bin/lang.real 10\n",
        ),
    )
    world.release.publish()
    request = world.request("lang")
    world.realise(world.provider({"lang": entry("lang", "lang", "lang")}), [request], SILENT)
    assert subprocess.run([f"{world.path(request)}/bin/lang"], capture_output=True, text=True).stdout == "lang\n"
    assert not os.path.exists(f"{world.path(request)}/bin/editor")


def test_alternative_that_is_the_main_program(world: SimpleNamespace, entry: Callable[..., Entry]) -> None:
    E, deb = world.archives.Entry, world.archives.deb
    world.release.add(
        "vi-tool",
        deb(
            [E("./usr/bin/vi.basic", b"#!/bin/sh\necho $0\n", 0o755)],
            postinst="update-alternatives --install /usr/bin/vi vi /usr/bin/vi.basic 30 \\\n"
            " --slave /usr/share/man/man1/vi.1.gz vi.1.gz /usr/share/man/man1/x.1.gz\n",
        ),
    )
    world.release.publish()
    request = world.request("vi")
    world.realise(world.provider({"vi": entry("vi", "vi-tool", "vi")}), [request], SILENT)
    assert sorted(os.listdir(f"{world.path(request)}/bin")) == ["vi", "vi.basic"]


def test_scripts_find_their_interpreter_and_files_in_the_tree(world: SimpleNamespace) -> None:
    E, deb = world.archives.Entry, world.archives.deb
    world.release.add("interp", deb([E("./usr/bin/interp", b'#!/bin/sh\ntail -n +2 "$1"\n', 0o755)]))
    world.release.add(
        "tool",
        deb(
            [
                E(
                    "./usr/bin/tool",
                    b"#!/usr/bin/env interp\n/usr/share/tool/data /usr/share/absent/data /bin/interp\n",
                    0o755,
                ),
                E("./usr/share/tool/data", b"d"),
                E("./usr/share/applications/tool.desktop", b"[Desktop Entry]\nExec=/usr/bin/tool %U\n"),
            ]
        ),
        Depends="interp",
    )
    world.release.publish()
    request = world.request("tool")
    world.realise(world.provider(), [request], SILENT)
    out = subprocess.run([f"{world.path(request)}/bin/tool"], capture_output=True, text=True, check=True).stdout
    root = f"{world.path(request)}/root"
    assert out.split() == [f"{root}/usr/share/tool/data", "/usr/share/absent/data", f"{root}/usr/bin/interp"]
    with open(f"{world.path(request)}/share/applications/tool.desktop") as file:
        assert f"Exec={root}/usr/bin/tool %U" in file.read()


@pytest.mark.parametrize(
    "entries",
    [
        [("../outside", "")],
        [("/etc/passwd", "")],
        [("./usr/x/../../../y", "")],
        [("./usr/lib/a", "../../../../etc"), ("./usr/lib/a/passwd", "")],
    ],
)
def test_what_would_leave_the_folder_is_refused(world: SimpleNamespace, entries: list[tuple[str, str]]) -> None:
    E, deb = world.archives.Entry, world.archives.deb
    world.release.add("bad", deb([E(path, b"" if link else b"evil", link=link) for path, link in entries]))
    world.release.publish()
    outside = sorted(os.listdir(world.tmp_path))
    try:
        world.realise(world.provider(), [world.request("bad")], SILENT)
    except Failure as problem:
        assert problem.diagnostic.code == "package-damaged"
        assert objects(world) == []
    else:
        # The link was left out, so that the file lies where its path says.
        found = [name for name in objects(world) if "-deb-bad" in name]
        assert os.path.isfile(f"{world.store.root}/{found[0]}/usr/lib/a/passwd")
    assert set(os.listdir(world.tmp_path)) - set(outside) <= {"cache", "store"}


def test_devices_are_refused(world: SimpleNamespace) -> None:
    E, deb = world.archives.Entry, world.archives.deb
    world.release.add("bad", deb([E("./usr/bin/x", type=tarfile.CHRTYPE)]))
    world.release.publish()
    assert code(world, world.request("bad")) == "package-damaged"


def test_broken_package_is_said(world: SimpleNamespace) -> None:
    world.release.add("bad", b"!<arch>\nnonsense that is long enough to be a header of sixty bytes, or so")
    world.release.publish()
    assert code(world, world.request("bad")) == "package-damaged"
    assert objects(world) == []


def test_set_user_id_is_dropped_and_hard_links_become_links(world: SimpleNamespace) -> None:
    E, deb = world.archives.Entry, world.archives.deb
    world.release.add(
        "su",
        deb(
            [E("./bin/su", b"#!/bin/sh\necho su\n", 0o4755), E("./usr/bin/also", link="./bin/su", type=tarfile.LNKTYPE)]
        ),
    )
    world.release.publish()
    request = world.request("su")
    world.realise(world.provider(), [request], SILENT)
    assert os.stat(f"{world.path(request)}/bin/su").st_mode & 0o7777 == 0o555
    assert subprocess.run([f"{world.path(request)}/bin/also"], capture_output=True, text=True).stdout == "su\n"


def test_a_program_runs_with_the_packages_own_loader_and_libraries(
    world: SimpleNamespace, entry: Callable[..., Entry]
) -> None:
    found = world.archives.machine_program("true")
    if found is None:
        pytest.skip("this machine has no dynamically linked `true` for amd64")
    program, libraries, loader = found
    E, deb = world.archives.Entry, world.archives.deb
    lib = "./usr/lib/x86_64-linux-gnu"
    world.release.add("libc6", deb([E(f"{lib}/{name}", data, 0o755) for name, data in libraries]))
    world.release.add(
        "coreutils", deb([E("./usr/bin/true", program, 0o4755)], compression="gz"), Depends="libc6 (>= 1)"
    )
    world.release.publish()
    request = world.request("true")
    world.realise(world.provider({"true": entry("true", "coreutils")}), [request], SILENT)
    path = f"{world.path(request)}/bin/true"
    environment = {"LD_DEBUG": "libs", "PATH": os.environ["PATH"]}
    ran = subprocess.run([path], capture_output=True, text=True, env=environment, check=True)
    root = os.path.realpath(f"{world.path(request)}/root/usr/lib")
    assert f"{world.path(request)}/root/usr/lib/x86_64-linux-gnu/libc.so.6" in ran.stderr
    assert "(RPATH from file" in ran.stderr
    assert root.startswith(world.store.root)
    from home_manager.packages.providers.debian import elf

    with open(path, "rb") as file:
        made = elf.read(file.read())
    assert made.interpreter == f"{world.path(request)}/root/usr/lib/x86_64-linux-gnu/{loader}"
    with open(f"{world.path(request)}/.programs") as text:
        assert json.load(text)["bin/true"][1] == "usr/bin/true"


def test_changes_of_a_package_are_answered_with_a_warning(world: SimpleNamespace) -> None:
    world.release.add("hello", script(world))
    world.release.publish()
    (made,) = world.realise(world.provider(), [world.request("hello", changes=("patches",))], SILENT)
    assert "patches" in made.warnings[0]


def test_parts_become_one_package(world: SimpleNamespace, entry: Callable[..., Entry]) -> None:
    E, deb = world.archives.Entry, world.archives.deb
    world.release.add(
        "lang",
        deb([E("./usr/bin/lang", b"#!/bin/sh\ncat /usr/lib/lang/*.txt\n", 0o755), E("./usr/lib/lang/a.txt", b"a\n")]),
    )
    world.release.add("python3-extra", deb([E("./usr/lib/lang/b.txt", b"b\n")]))
    world.release.publish()
    request = world.request("lang", parts=(("python3Packages", "extra"),))
    world.realise(world.provider(), [request], SILENT)
    assert sorted(os.listdir(f"{world.path(request)}/root/usr/lib/lang")) == ["a.txt", "b.txt"]


def test_disk_that_cannot_be_written_is_one_failure(world: SimpleNamespace) -> None:
    world.release.add("hello", script(world))
    world.release.publish()
    (world.tmp_path / "cache").write_text("in the way")
    assert code(world, world.request("hello")) in ("machine-error", "not-writable")
