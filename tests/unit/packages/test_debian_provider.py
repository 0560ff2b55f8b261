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


def objects(shared: SimpleNamespace) -> list[str]:
    if not os.path.isdir(shared.store.root):
        return []
    return [name for name in os.listdir(shared.store.root) if not name.startswith(".")]


def script(shared: SimpleNamespace, text: str = "echo hello") -> bytes:
    E = shared.archives.Entry
    data: bytes = shared.archives.deb([E("./usr/bin/hello", f"#!/bin/sh\n{text}\n".encode(), 0o755)])
    return data


def code(shared: SimpleNamespace, *requests: object) -> str:
    with pytest.raises(Failure) as caught:
        shared.realise(shared.provider(), list(requests))
    return caught.value.diagnostic.code


def test_a_script_is_brought_and_runs(shared: SimpleNamespace) -> None:
    shared.release.add("hello", script(shared))
    shared.release.publish()
    request = shared.request("hello")
    (made,) = shared.realise(shared.provider(), [request], SILENT)
    assert made.version == "1.0"
    ran = subprocess.run([f"{shared.path(request)}/bin/hello"], capture_output=True, text=True, check=True)
    assert ran.stdout == "hello\n"
    assert not os.access(f"{shared.path(request)}/bin", os.W_OK) or os.geteuid() == 0


def test_what_is_locked_and_there_asks_nobody(shared: SimpleNamespace) -> None:
    shared.release.add("hello", script(shared))
    shared.release.publish()
    request = shared.request("hello")
    (entry,) = shared.provider().lock([request], SILENT)
    wanted = [WantedPackage(request, entry, shared.path(request))]
    shared.provider().realise(wanted, SILENT)
    before = list(shared.release.asked)
    assert shared.provider(address="http://127.0.0.1:1").realise(wanted, SILENT) == []
    assert shared.release.asked == before


def test_a_cached_closure_needs_no_network(shared: SimpleNamespace) -> None:
    shared.release.add("hello", script(shared))
    shared.release.publish()
    request = shared.request("hello")
    shared.realise(shared.provider(), [request])
    count = len(shared.release.asked)
    (entry,) = shared.provider().lock([request], SILENT)
    elsewhere = shared.path(request).replace("-hello", "-again")
    shared.provider().realise([WantedPackage(request, entry, elsewhere)], SILENT)
    assert os.path.exists(f"{elsewhere}/bin/hello")
    assert len(shared.release.asked) == count


def test_unreachable_archive_names_address_and_cause(shared: SimpleNamespace) -> None:
    shared.release.publish()
    with pytest.raises(Failure) as caught:
        shared.realise(shared.provider(address="http://127.0.0.1:9"), [shared.request("hello")], SILENT)
    diagnostic = caught.value.diagnostic
    assert diagnostic.code == "archive-unreachable"
    assert "http://127.0.0.1:9/dists/stable/InRelease" in diagnostic.message
    assert any("refused" in note for note in diagnostic.notes)
    assert objects(shared) == []


def test_suite_that_is_not_there(shared: SimpleNamespace) -> None:
    assert code(shared, shared.request("hello")) == "archive-unreachable"


def test_tampered_description_is_refused(shared: SimpleNamespace) -> None:
    shared.release.add("hello", script(shared))
    shared.release.publish()
    path = "dists/stable/InRelease"
    shared.release.files[path] = shared.release.files[path].replace(b"Version: 1", b"Version: 2")
    assert code(shared, shared.request("hello")) == "archive-untrusted"


def test_unknown_key_is_refused(shared: SimpleNamespace) -> None:
    shared.release.publish()
    stranger = shared.archives.new_release()
    stranger.add("hello", script(shared))
    stranger.publish()
    shared.release.files.update(stranger.files)
    assert code(shared, shared.request("hello")) == "archive-untrusted"


def test_unsigned_description_is_refused(shared: SimpleNamespace) -> None:
    shared.release.files["dists/stable/InRelease"] = b"Origin: Debian\nSuite: stable\n"
    assert code(shared, shared.request("hello")) == "archive-untrusted"


def test_description_of_another_suite_is_refused(shared: SimpleNamespace) -> None:
    shared.release.suite = "oldstable"
    shared.release.publish()
    shared.release.files["dists/stable/InRelease"] = shared.release.files["dists/oldstable/InRelease"]
    shared.release.suite = "stable"
    assert code(shared, shared.request("hello")) == "archive-untrusted"


def test_expired_description_is_refused(shared: SimpleNamespace) -> None:
    shared.release.further = "Valid-Until: Sat, 13 Sep 2025 08:00:00 UTC\n"
    shared.release.publish()
    assert code(shared, shared.request("hello")) == "archive-expired"


def test_index_that_differs_from_its_hash_is_refused(shared: SimpleNamespace) -> None:
    shared.release.add("hello", script(shared))
    shared.release.publish()
    path = "dists/stable/main/binary-amd64/Packages.xz"
    shared.release.files[path] = shared.release.files[path][:-4] + b"abcd"
    assert code(shared, shared.request("hello")) == "archive-corrupt"


def test_package_that_differs_from_its_hash_is_refused(shared: SimpleNamespace) -> None:
    shared.release.add("hello", script(shared))
    shared.release.publish()
    path = next(path for path in shared.release.files if path.endswith(".deb"))
    shared.release.files[path] = shared.release.files[path][:-4] + b"abcd"
    assert code(shared, shared.request("hello")) == "archive-corrupt"
    assert objects(shared) == []


def test_one_bad_package_of_several_stops_the_rest_and_leaves_nothing(shared: SimpleNamespace) -> None:
    for number in range(12):
        shared.release.add(f"p{number}", script(shared, f"echo {number}"))
    shared.release.publish()
    bad = next(path for path in shared.release.files if "/p7_" in path)
    shared.release.files[bad] = b"x" * len(shared.release.files[bad])
    assert code(shared, *(shared.request(f"p{number}") for number in range(12))) == "archive-corrupt"
    assert objects(shared) == []


def test_a_broken_off_download_is_continued(shared: SimpleNamespace) -> None:
    data = script(shared, "echo " + os.urandom(3000).hex())
    shared.release.add("hello", data)
    shared.release.publish()
    provider = shared.provider()
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

    shared.realise(provider, [shared.request("hello")], Watching())
    assert os.path.exists(f"{shared.path(shared.request('hello'))}/bin/hello")
    assert seen[0][0] == 1000 and seen[-1] == (len(data), len(data))


def test_a_locked_package_stays_what_it_was_until_the_archive_drops_it(shared: SimpleNamespace) -> None:
    shared.release.add("hello", script(shared))
    shared.release.publish()
    request = shared.request("hello")
    (old,) = shared.provider().lock([request], SILENT)
    shared.release.packages.clear()
    shared.release.add("hello", script(shared, "echo newer"), "1.0-2")
    shared.release.publish()
    shared.provider().realise([WantedPackage(request, old, shared.path(request))], SILENT)
    assert subprocess.run([f"{shared.path(request)}/bin/hello"], capture_output=True, text=True).stdout == "hello\n"
    (new,) = shared.provider().lock([request], SILENT, refresh=True)
    assert (old.version, new.version) == ("1.0", "1.0")
    assert old.digest() != new.digest()


def test_an_older_description_that_is_played_back_is_not_taken(shared: SimpleNamespace) -> None:
    """It is signed and holds still: what was seen before is newer, in the cache or only remembered."""
    shared.release.add("hello", script(shared))
    shared.release.publish()
    older = dict(shared.release.files)
    shared.release.packages.clear()
    shared.release.add("hello", script(shared, "echo newer"), "1.0-2")
    shared.release.date = "Sun, 07 Sep 2025 08:00:00 UTC"
    shared.release.publish()
    shared.provider().suite(SILENT, refresh=True)
    shared.release.files.update(older)
    for _ in range(2):
        assert "07 Sep" in shared.provider().suite(SILENT, refresh=True).pin
    (kept,) = (shared.tmp_path / "cache").rglob("InRelease")
    kept.unlink()
    with pytest.raises(Failure) as caught:
        shared.provider().suite(SILENT, refresh=True)
    assert caught.value.diagnostic.code == "archive-untrusted"
    assert "older than what it said before" in caught.value.diagnostic.message


def test_a_locked_package_that_the_archive_dropped_names_update(shared: SimpleNamespace) -> None:
    shared.release.add("hello", script(shared))
    shared.release.publish()
    request = shared.request("hello")
    (old,) = shared.provider().lock([request], SILENT)
    for path in [path for path in shared.release.files if path.endswith(".deb")]:
        del shared.release.files[path]
    with pytest.raises(Failure) as caught:
        shared.provider().realise([WantedPackage(request, old, shared.path(request))], SILENT)
    assert caught.value.diagnostic.code == "package-gone"
    assert any("home-manager update" in hint for hint in caught.value.diagnostic.hints)
    assert objects(shared) == []


def test_locking_downloads_no_package(shared: SimpleNamespace) -> None:
    shared.release.add("hello", script(shared))
    shared.release.publish()
    provider = shared.provider()
    entry, lacking = provider.lock([shared.request("hello"), shared.request("nothing-like-it")], SILENT)
    assert isinstance(entry, Locked) and [file.name for file in entry.files] == ["hello"]
    assert isinstance(lacking, Lacking) and lacking.providers == ("debian",)
    assert provider.pin()["suite"] == "stable"
    assert not any(path.endswith(".deb") for path in shared.release.asked)


def test_dependency_that_the_suite_lacks(shared: SimpleNamespace) -> None:
    shared.release.add("hello", script(shared), Depends="libabsent (>= 2)")
    shared.release.publish()
    assert code(shared, shared.request("hello")) == "package-dependencies"


def test_renamed_program_with_man_page_and_completion(shared: SimpleNamespace, entry: Callable[..., Entry]) -> None:
    E = shared.archives.Entry
    shared.release.add(
        "fd-find",
        shared.archives.deb(
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
    shared.release.publish()
    request = shared.request("fd")
    shared.realise(shared.provider({"fd": entry("fd", "fd-find", "fd", {"fd": "fdfind"})}), [request], SILENT)
    assert os.listdir(f"{shared.path(request)}/bin") == ["fd"]
    assert subprocess.run([f"{shared.path(request)}/bin/fd"], capture_output=True, text=True).stdout == "fd\n"
    assert os.path.exists(f"{shared.path(request)}/share/man/man1/fd.1.gz")
    with open(f"{shared.path(request)}/share/zsh/site-functions/_fd") as file:
        assert file.read() == "#compdef fd\n"
    with open(f"{shared.path(request)}/share/bash-completion/completions/fd") as file:
        assert file.read() == "complete -F _fdfind fd\n"
    assert not os.path.exists(f"{shared.path(request)}/share/locale")
    assert not os.path.exists(f"{shared.path(request)}/share/doc/fd-find/changelog.gz")


def test_a_rename_goes_before_another_program_of_that_name(
    shared: SimpleNamespace, entry: Callable[..., Entry]
) -> None:
    E = shared.archives.Entry
    shared.release.add(
        "fox-esr",
        shared.archives.deb(
            [
                E("./usr/bin/fox", b"#!/bin/sh\necho another\n", 0o755),
                E("./usr/bin/fox-esr", b"#!/bin/sh\necho wanted\n", 0o755),
            ]
        ),
    )
    shared.release.publish()
    request = shared.request("fox")
    shared.realise(shared.provider({"fox": entry("fox", "fox-esr", "fox", {"fox": "fox-esr"})}), [request])
    ran = subprocess.run([f"{shared.path(request)}/bin/fox"], capture_output=True, text=True, check=True)
    assert ran.stdout == "wanted\n"


def test_main_program_of_a_dependency_and_alternatives(shared: SimpleNamespace, entry: Callable[..., Entry]) -> None:
    E, deb = shared.archives.Entry, shared.archives.deb
    shared.release.add("lang", deb([E("./usr/share/doc/lang/copyright", b"c")]), Depends="lang-minimal | nothing")
    shared.release.add(
        "lang-minimal",
        deb(
            [E("./usr/bin/lang.real", b"#!/bin/sh\necho lang\n", 0o755), E("./usr/bin/lang", link="lang.real")],
            postinst="update-alternatives --install /usr/bin/editor editor /usr/bin/lang.real 10\n",
        ),
    )
    shared.release.publish()
    request = shared.request("lang")
    shared.realise(shared.provider({"lang": entry("lang", "lang", "lang")}), [request], SILENT)
    assert subprocess.run([f"{shared.path(request)}/bin/lang"], capture_output=True, text=True).stdout == "lang\n"
    assert not os.path.exists(f"{shared.path(request)}/bin/editor")


def test_alternative_that_is_the_main_program(shared: SimpleNamespace, entry: Callable[..., Entry]) -> None:
    E, deb = shared.archives.Entry, shared.archives.deb
    shared.release.add(
        "vi-tool",
        deb(
            [E("./usr/bin/vi.basic", b"#!/bin/sh\necho $0\n", 0o755)],
            postinst="update-alternatives --install /usr/bin/vi vi /usr/bin/vi.basic 30 \\\n"
            " --slave /usr/share/man/man1/vi.1.gz vi.1.gz /usr/share/man/man1/x.1.gz\n",
        ),
    )
    shared.release.publish()
    request = shared.request("vi")
    shared.realise(shared.provider({"vi": entry("vi", "vi-tool", "vi")}), [request], SILENT)
    assert sorted(os.listdir(f"{shared.path(request)}/bin")) == ["vi", "vi.basic"]


def test_scripts_find_their_interpreter_and_files_in_the_tree(shared: SimpleNamespace) -> None:
    E, deb = shared.archives.Entry, shared.archives.deb
    shared.release.add("interp", deb([E("./usr/bin/interp", b'#!/bin/sh\ntail -n +2 "$1"\n', 0o755)]))
    shared.release.add(
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
    shared.release.publish()
    request = shared.request("tool")
    shared.realise(shared.provider(), [request], SILENT)
    out = subprocess.run([f"{shared.path(request)}/bin/tool"], capture_output=True, text=True, check=True).stdout
    root = f"{shared.path(request)}/root"
    assert out.split() == [f"{root}/usr/share/tool/data", "/usr/share/absent/data", f"{root}/usr/bin/interp"]
    with open(f"{shared.path(request)}/share/applications/tool.desktop") as file:
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
def test_what_would_leave_the_folder_is_refused(shared: SimpleNamespace, entries: list[tuple[str, str]]) -> None:
    E, deb = shared.archives.Entry, shared.archives.deb
    shared.release.add("bad", deb([E(path, b"" if link else b"evil", link=link) for path, link in entries]))
    shared.release.publish()
    outside = sorted(os.listdir(shared.tmp_path))
    try:
        shared.realise(shared.provider(), [shared.request("bad")], SILENT)
    except Failure as problem:
        assert problem.diagnostic.code == "package-damaged"
        assert objects(shared) == []
    else:
        # The link was left out, so that the file lies where its path says.
        found = [name for name in objects(shared) if "-deb-bad" in name]
        assert os.path.isfile(f"{shared.store.root}/{found[0]}/usr/lib/a/passwd")
    assert set(os.listdir(shared.tmp_path)) - set(outside) <= {"cache", "store"}


def test_devices_are_refused(shared: SimpleNamespace) -> None:
    E, deb = shared.archives.Entry, shared.archives.deb
    shared.release.add("bad", deb([E("./usr/bin/x", type=tarfile.CHRTYPE)]))
    shared.release.publish()
    assert code(shared, shared.request("bad")) == "package-damaged"


def test_broken_package_is_said(shared: SimpleNamespace) -> None:
    shared.release.add("bad", b"!<arch>\nnonsense that is long enough to be a header of sixty bytes, or so")
    shared.release.publish()
    assert code(shared, shared.request("bad")) == "package-damaged"
    assert objects(shared) == []


def test_set_user_id_is_dropped_and_hard_links_become_links(shared: SimpleNamespace) -> None:
    E, deb = shared.archives.Entry, shared.archives.deb
    shared.release.add(
        "su",
        deb(
            [E("./bin/su", b"#!/bin/sh\necho su\n", 0o4755), E("./usr/bin/also", link="./bin/su", type=tarfile.LNKTYPE)]
        ),
    )
    shared.release.publish()
    request = shared.request("su")
    shared.realise(shared.provider(), [request], SILENT)
    assert os.stat(f"{shared.path(request)}/bin/su").st_mode & 0o7777 == 0o555
    assert subprocess.run([f"{shared.path(request)}/bin/also"], capture_output=True, text=True).stdout == "su\n"


def test_a_program_runs_with_the_packages_own_loader_and_libraries(
    shared: SimpleNamespace, entry: Callable[..., Entry]
) -> None:
    found = shared.archives.machine_program("true")
    if found is None:
        pytest.skip("this machine has no dynamically linked `true` for amd64")
    program, libraries, loader = found
    E, deb = shared.archives.Entry, shared.archives.deb
    lib = "./usr/lib/x86_64-linux-gnu"
    shared.release.add("libc6", deb([E(f"{lib}/{name}", data, 0o755) for name, data in libraries]))
    shared.release.add(
        "coreutils", deb([E("./usr/bin/true", program, 0o4755)], compression="gz"), Depends="libc6 (>= 1)"
    )
    shared.release.publish()
    request = shared.request("true")
    shared.realise(shared.provider({"true": entry("true", "coreutils")}), [request], SILENT)
    path = f"{shared.path(request)}/bin/true"
    environment = {"LD_DEBUG": "libs", "PATH": os.environ["PATH"]}
    ran = subprocess.run([path], capture_output=True, text=True, env=environment, check=True)
    root = os.path.realpath(f"{shared.path(request)}/root/usr/lib")
    assert f"{shared.path(request)}/root/usr/lib/x86_64-linux-gnu/libc.so.6" in ran.stderr
    assert "(RPATH from file" in ran.stderr
    assert root.startswith(shared.store.root)
    from home_manager.packages.providers.debian import elf

    with open(path, "rb") as file:
        made = elf.read(file.read())
    assert made.interpreter == f"{shared.path(request)}/root/usr/lib/x86_64-linux-gnu/{loader}"
    with open(f"{shared.path(request)}/.programs") as text:
        assert json.load(text)["bin/true"][1] == "usr/bin/true"


def test_changes_of_a_package_are_answered_with_a_warning(shared: SimpleNamespace) -> None:
    shared.release.add("hello", script(shared))
    shared.release.publish()
    (made,) = shared.realise(shared.provider(), [shared.request("hello", changes=("patches",))], SILENT)
    assert "patches" in made.warnings[0]


def test_parts_become_one_package(shared: SimpleNamespace, entry: Callable[..., Entry]) -> None:
    E, deb = shared.archives.Entry, shared.archives.deb
    shared.release.add(
        "lang",
        deb([E("./usr/bin/lang", b"#!/bin/sh\ncat /usr/lib/lang/*.txt\n", 0o755), E("./usr/lib/lang/a.txt", b"a\n")]),
    )
    shared.release.add("python3-extra", deb([E("./usr/lib/lang/b.txt", b"b\n")]))
    shared.release.publish()
    request = shared.request("lang", parts=(("python3Packages", "extra"),))
    shared.realise(shared.provider(), [request], SILENT)
    assert sorted(os.listdir(f"{shared.path(request)}/root/usr/lib/lang")) == ["a.txt", "b.txt"]


def test_disk_that_cannot_be_written_is_one_failure(shared: SimpleNamespace) -> None:
    shared.release.add("hello", script(shared))
    shared.release.publish()
    (shared.tmp_path / "cache").write_text("in the way")
    assert code(shared, shared.request("hello")) in ("machine-error", "not-writable")
