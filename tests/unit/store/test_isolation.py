"""Builders in rooms of their own, and what is left where the kernel allows none.

Where it does not (a container, a hardened machine), the tests of the walls are skipped and those of what ends remain.
"""

from __future__ import annotations

import os
import pwd
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from home_manager.activation import Layout
from home_manager.diagnostics import Failure
from home_manager.store import Command, Recipes, Store, Text, isolation
from home_manager.store.build_process import Isolation, probe, run
from home_manager.store.garbage_collection import verify as verify_store
from home_manager.store.isolation import Room


@pytest.fixture(scope="module")
def walls() -> str:
    reason, pids = probe()
    return reason or ("" if pids else "/proc cannot be mounted here")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(str(tmp_path / "store"), durable=False) as store:
        yield store


@pytest.fixture(params=["isolated", "with the machine's processes", "not isolated"])
def mode(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, walls: str) -> str:
    if request.param != "not isolated" and walls:
        pytest.skip(walls)
    monkeypatch.setattr(Isolation, "pids", request.param == "isolated")
    monkeypatch.setattr(Isolation, "reason", "switched off" if request.param == "not isolated" else None)
    return str(request.param)


@pytest.fixture
def isolated(walls: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if walls:
        pytest.skip(walls)
    monkeypatch.setattr(Isolation, "reason", None)
    monkeypatch.setattr(Isolation, "pids", True)


def make(store: Store, script: str, *, inputs: tuple[Text, ...] = (), name: str = "made") -> Path:
    """What a script makes, which finds the inputs in `$inputs`."""
    recipes = Recipes(store.root)
    paths = " ".join(recipes.add(each) for each in inputs)
    path = recipes.add(Command(name, script, (("inputs", paths),)))
    store.realise(recipes, [path])
    return Path(path)


def said(store: Store, script: str, **more: object) -> str:
    return make(store, f'{{ {script}\n}} > "$out" 2>&1 || :', **more).read_text()  # type: ignore[arg-type]


def test_a_builder_sees_its_inputs_and_nothing_of_the_user(store: Store, tmp_path: Path, isolated: None) -> None:
    secret = tmp_path / "secret"
    secret.write_text("SECRET")
    other = make(store, "echo other > $out", name="other")
    assert other.exists()
    shown = said(store, f'cat {secret} {other} $inputs; ls "$(dirname "$out")"', inputs=(Text("input", "given\n"),))
    assert "SECRET" not in shown
    assert "given" in shown
    assert "other\n" not in shown.replace("No such file", "")
    assert shown.count("No such file or directory") == 2


def test_inputs_of_inputs_are_seen(store: Store, isolated: None) -> None:
    recipes = Recipes(store.root)
    inner = recipes.add(Text("inner", "deep"))
    outer = recipes.add(Text("outer", inner))
    path = recipes.add(Command("made", f'cat "$(cat {outer})" > "$out"'))
    store.realise(recipes, [path])
    assert Path(path).read_text() == "deep"


def test_a_builder_writes_its_output_and_its_own_folder_only(store: Store, tmp_path: Path, isolated: None) -> None:
    script = f"""
      for place in /usr/x /etc/x {tmp_path}/x {store.root}/../x; do (echo x > "$place") || :; done
      chmod u+w $inputs; echo x > $inputs
      echo fine > "$TMPDIR/x"; cat "$TMPDIR/x"; pwd; echo "$HOME"
    """
    shown = said(store, script, inputs=(Text("input", "given"),))
    assert not (tmp_path / "x").exists()
    assert not Path("/usr/x").exists()
    assert shown.endswith("fine\n/build\n/homeless-shelter\n")
    assert next(iter(store.names())) and verify_store(store) == []


def test_a_builder_reaches_no_network(store: Store, isolated: None) -> None:
    server = socket.create_server(("127.0.0.1", 0))
    reached: list[object] = []
    server.settimeout(5)

    def wait() -> None:
        try:
            reached.append(server.accept())
        except OSError:
            pass

    waiting = threading.Thread(target=wait, daemon=True)
    waiting.start()
    shown = said(store, f"exec 3<>/dev/tcp/127.0.0.1/{server.getsockname()[1]} && echo reached")
    server.shutdown(socket.SHUT_RDWR)
    waiting.join()
    server.close()
    assert "reached" not in shown and reached == []
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listening:
        listening.bind("\0home-manager-test")
        listening.listen()
        code = 'import socket; s = socket.socket(socket.AF_UNIX); s.connect("\\0home-manager-test"); print("reached")'
        assert "reached\n" not in said(store, f"python3 -c '{code}'")


def test_a_builder_has_no_privileges_and_sees_no_other_process(store: Store, isolated: None) -> None:
    shown = said(store, "id -u; grep CapEff /proc/self/status; echo /proc/[0-9]*; kill -0 1 && echo alive")
    assert shown.startswith("1000\nCapEff:\t0000000000000000\n")
    assert str(os.getpid()) not in shown.splitlines()[2].replace("/proc/", "").split()


def processes(mark: str) -> list[int]:
    """The processes with a mark in their environment."""
    found = []
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                if mark.encode() in Path(f"/proc/{name}/environ").read_bytes():
                    found.append(int(name))
            except OSError:
                continue
    return found


@pytest.mark.parametrize(
    "script",
    [
        "sleep 300 &",
        "setsid sleep 300 &",
        "(setsid setsid sleep 300 &) ; (nohup sleep 300 > /dev/null 2>&1 &)",
        "trap '' TERM HUP INT; setsid bash -c 'trap \"\" TERM; sleep 300; sleep 300' &",
        "sleep 300 & exit 1",
        "setsid sleep 300 & sleep 0.1; kill -9 $$",
    ],
)
def test_no_process_outlives_its_builder(store: Store, mode: str, script: str) -> None:
    mark = f"mark-{os.urandom(8).hex()}"
    recipes = Recipes(store.root)
    path = recipes.add(Command("made", f"touch $out; {script}", (("mark", mark),)))
    began = time.monotonic()
    try:
        store.realise(recipes, [path])
    except Failure as problem:
        assert problem.diagnostic.code == "command-failed"
    assert time.monotonic() - began < 30
    assert processes(mark) == []


def test_an_interrupted_builder_leaves_nothing(tmp_path: Path, mode: str, walls: str) -> None:
    mark = f"mark-{os.urandom(8).hex()}"
    room = None if mode == "not isolated" else Room(str(tmp_path), str(tmp_path / "none"), (), mode == "isolated")
    script = "setsid sleep 300 & setsid setsid sleep 300 & echo ready; wait; sleep 300"

    class Interrupted(Exception):
        pass

    def interrupt(*_: object) -> None:
        raise Interrupted

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 1.0)
    try:
        with pytest.raises(Interrupted):
            run(["/bin/bash", "-c", script], {"mark": mark, "PATH": os.defpath}, "/", room)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert processes(mark) == []


def test_a_builder_ends_with_this_program(tmp_path: Path, mode: str) -> None:
    mark = f"mark-{os.urandom(8).hex()}"
    code = f"""
import sys
from home_manager.store import Command, Recipes, Store
from home_manager.store.build_process import Isolation
Isolation.reason = {Isolation.reason!r}
Isolation.pids = {Isolation.pids!r}
with Store({str(tmp_path / "store")!r}, durable=False) as store:
    recipes = Recipes(store.root)
    script = "touch $out; setsid sleep 300 & echo; sleep 300"
    store.realise(recipes, [recipes.add(Command("made", script, (("mark", {mark!r}),)))])
"""
    process = subprocess.Popen([sys.executable, "-c", code])
    end = time.monotonic() + 20
    while len(processes(mark)) < 3 and time.monotonic() < end:
        time.sleep(0.05)
    assert len(processes(mark)) >= 3
    process.kill()
    process.wait()
    while processes(mark) and time.monotonic() < end:
        time.sleep(0.05)
    assert processes(mark) == []


def test_how_a_builder_ended_is_known(mode: str, tmp_path: Path) -> None:
    for number, (script, status) in enumerate((("exit 7", 7), ("kill -TERM $$", -15), ("kill -9 $$", -9), (":", 0))):
        folder = tmp_path / str(number)
        folder.mkdir()
        room = None if mode == "not isolated" else Room(str(folder), str(tmp_path / "none"), (), mode == "isolated")
        assert run(["/bin/bash", "-c", script], {"PATH": os.defpath}, "/", room)[0] == status


def test_what_a_builder_prints_is_kept_to_a_limit(mode: str, store: Store) -> None:
    with pytest.raises(Failure) as failed:
        make(store, "head -c 50000000 /dev/zero | tr '\\0' x; echo; echo the end; exit 1")
    (note,) = failed.value.diagnostic.notes
    assert note.endswith("the end") and len(note) < 100_000


def test_without_processes_of_its_own_a_builder_still_sees_no_files(
    store: Store, tmp_path: Path, isolated: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Isolation, "pids", False)
    (tmp_path / "secret").write_text("SECRET")
    shown = said(store, f"cat {tmp_path}/secret; exec 3<>/dev/tcp/127.0.0.1/1; cat < <(echo fine)")
    assert "SECRET" not in shown
    assert "Network is unreachable" in said(store, "exec 3<>/dev/tcp/1.1.1.1/1", name="net")


def test_where_proc_is_covered_the_rest_is_isolated(
    store: Store, isolated: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    mount = Room._mount

    def without_proc(self: Room, what: str, place: str, kind: str | None, flags: int, options: str = "") -> None:
        if kind == "proc":
            raise isolation.Unavailable("mount /proc: Operation not permitted")
        mount(self, what, place, kind, flags, options)

    monkeypatch.setattr(Room, "_mount", without_proc)
    (tmp_path / "secret").write_text("SECRET")
    assert "SECRET" not in said(store, f"cat {tmp_path}/secret")
    assert (Isolation.reason, Isolation.pids) == ("", False)


def test_scripts_work_as_before(store: Store, mode: str) -> None:
    made = make(store, 'mkdir "$out"; cat < <(echo pipe) > "$out/a"; echo "$out" > "$out/own"; chmod 555 "$out"')
    assert (made / "a").read_text() == "pipe\n"
    assert (made / "own").read_text() == f"{made}\n"
    assert make(store, "ln -s /somewhere $out", name="link").is_symlink()
    assert make(store, "echo x > $out", name="file").read_text() == "x\n"


def test_a_builder_can_run_this_program_wherever_it_lies(
    store: Store, isolated: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for top in {str(tmp_path), "/var/tmp", "/tmp"}:
        with tempfile.TemporaryDirectory(dir=top) as place:
            Path(place, "file").write_text(f"in {top}")
            monkeypatch.setattr("home_manager.store.isolation.own_program", lambda place=place: (place,))
            assert said(store, f"cat {place}/file") == f"in {top}"


def test_where_no_namespace_can_be_made_the_script_runs_all_the_same(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Isolation, "reason", None)
    monkeypatch.setattr(Isolation, "pids", True)
    monkeypatch.setitem(isolation._CLONE, "uts", 1 << 30 | 1)
    assert make(store, "echo made > $out").read_text() == "made\n"
    assert Isolation.reason is not None and Isolation.reason.startswith("unshare: ")


@pytest.mark.parametrize("char", list(" '\"$;&:\\#%*?[]{}()<>|!^`\t\n"))
def test_a_store_whose_path_cannot_be_written_is_refused(char: str, tmp_path: Path) -> None:
    layout = Layout.resolve(f"/home/a{char}b", environ={})
    with pytest.raises(Failure) as failed:
        layout.check()
    assert failed.value.diagnostic.code == "store-place"
    Layout.resolve(f"/home/a{char}b", environ={"XDG_STATE_HOME": "/state"}).check()


def test_a_store_may_lie_below_any_letters() -> None:
    Layout.resolve("/home/jürgen.o-neil+x@example,y=z~1", environ={}).check()


def test_a_builder_can_run_this_program_and_knows_the_accounts_of_the_system(store: Store, isolated: None) -> None:
    python = shlex.quote(sys.executable)
    assert said(store, f"{python} -m home_manager --version")[:2].isdigit()
    assert said(store, "id -un; getent passwd man | cut -d: -f1,2").splitlines() == ["build", "man:x"]
    people = [each.pw_name for each in pwd.getpwall() if 1000 <= each.pw_uid < 60000]
    shown = said(store, "cat /etc/passwd")
    assert not any(f"{name}:" in shown for name in people)
