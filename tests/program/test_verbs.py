"""The command line as processes: beside a window, two at once, killed, piped, asked at a terminal."""

import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from coachdesk.instance import ask
from coachdesk.paths import Home
from coachdesk.storage import keys, store

pytestmark = pytest.mark.program

PASSPHRASE = "five quiet words in here"
PROGRAM = [sys.executable, "-m", "coachdesk"]


@pytest.fixture
def records(home: Home, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """Records whose passphrase stands in the environment; their key."""
    key, _code = keys.create(home.keys, passphrase=PASSPHRASE)
    store.create(home.records, key).close()
    monkeypatch.setenv("COACHDESK_PASSPHRASE", PASSPHRASE)
    return key


def run(*words: str, **given: object) -> subprocess.CompletedProcess[str]:
    """Run a command line to its end."""
    return subprocess.run([*PROGRAM, *words], capture_output=True, text=True, timeout=60, check=False, **given)


def told(*words: str) -> object:
    """The JSON a command line answers with."""
    done = run(*words, "--json")
    assert (0, "") == (done.returncode, done.stderr)
    return json.loads(done.stdout)


def sound(home: Home, key: bytes) -> bool:
    """Whether SQLite and the foreign keys find nothing wrong with the records."""
    opened = store.open(home.records, key)
    try:
        return store.check(opened, quick=False) == []
    finally:
        opened.close()


def test_several_at_once_wait_for_each_other(records: bytes, home: Home) -> None:
    adding = [subprocess.Popen([*PROGRAM, "client", "add", name], stdout=subprocess.PIPE) for name in "abcd"]
    assert [0] * 4 == [process.wait(60) for process in adding]
    for process in adding:
        process.stdout.close()
    assert list("abcd") == [client["name"] for client in told("client", "list")]


def test_one_killed_at_any_moment_leaves_whole_records_and_nobody_waiting(records: bytes, home: Home) -> None:
    told("client", "add", "Ada")
    told("session", "start", "Ada")
    for hundredths in range(20, 120, 20):
        noting = subprocess.Popen([*PROGRAM, "session", "note", str(hundredths)], stdout=subprocess.DEVNULL)
        try:
            noting.wait(hundredths / 100)
        except subprocess.TimeoutExpired:
            noting.kill()
            noting.wait()
    assert "running" == told("session", "status")["state"]
    assert sound(home, records)


def test_a_long_text_comes_by_standard_input_and_stays_as_it_is(records: bytes) -> None:
    text = "מילה 🌱\n" * 30_000
    told("client", "add", "Ada")
    done = run("canvas", "add", "Ada", "-", input=text)
    assert (0, "") == (done.returncode, done.stderr)
    assert [text.strip()] == [line["text"] for line in told("canvas", "list", "Ada")]


def test_a_reader_that_has_enough_is_no_error(records: bytes) -> None:
    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m coachdesk client list --json | true; exit $?"],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (0, "") == (done.returncode, done.stderr)


def test_letters_that_the_locale_does_not_know_are_printed_all_the_same(
    records: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("PYTHONUTF8", "0")
    monkeypatch.setenv("PYTHONCOERCECLOCALE", "0")
    done = subprocess.run([*PROGRAM, "client", "add", "Zoë", "--json"], capture_output=True, timeout=60, check=True)
    assert "Zoë" == json.loads(done.stdout.decode())["name"]


def at_a_terminal(answers: list[str], *words: str) -> tuple[int, str]:
    """Run a command line at a terminal, typing an answer whenever it asks; its exit code, and what it showed."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execv(sys.executable, [*PROGRAM, *words])
    shown, left = "", list(answers)
    while True:
        try:
            shown += os.read(terminal, 4096).decode()
        except OSError:  # Linux tells the end of the other side as an input/output error
            break
        if left and shown.rstrip(" ").endswith(":"):
            os.write(terminal, left.pop(0).encode() + b"\n")
            shown += "\n"
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), shown


def test_at_a_terminal_the_passphrase_is_asked_for_and_not_shown(
    records: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COACHDESK_PASSPHRASE")
    monkeypatch.delenv("CI", raising=False)
    code, shown = at_a_terminal([PASSPHRASE], "client", "list")
    assert (0, True) == (code, "No clients yet." in shown)
    assert PASSPHRASE not in shown


def test_at_a_terminal_new_records_ask_for_their_passphrase_twice(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    code, shown = at_a_terminal([PASSPHRASE, "another"], "init")
    assert (1, True) == (code, "differ" in shown)
    assert not home.keys.exists()
    code, shown = at_a_terminal([PASSPHRASE, PASSPHRASE], "init")
    assert (0, True) == (code, "Recovery code" in shown)
    assert keys.with_passphrase(home.keys, PASSPHRASE)


@pytest.fixture
def start(records: bytes) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Start the program with a window on no screen, and wait until it answers for its folder."""
    started: list[subprocess.Popen[bytes]] = []

    def start(home: Home | None, *words: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen([*PROGRAM, *words])
        started.append(process)
        while process.poll() is None:
            there = home or next(map(Home, Path(os.environ["TMPDIR"]).glob("coachdesk-rehearsal-*")), None)
            if there is not None and ask(there, {"verb": "doctor"}):
                break
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def test_asked_to_end_the_window_ends_and_its_place_is_free(
    start: Callable[..., subprocess.Popen[bytes]], home: Home
) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        window = start(home)
        assert 1 == run("client", "list").returncode  # it is locked
        window.send_signal(number)
        assert 0 == window.wait(30)
    assert [] == told("client", "list")


def test_a_rehearsal_asked_to_end_in_its_session_leaves_nothing(start: Callable[..., subprocess.Popen[bytes]]) -> None:
    window = start(None, "rehearse")
    (folder,) = Path(os.environ["TMPDIR"]).glob("coachdesk-*")
    while ask(Home(folder), {"verb": "doctor"})["ok"]["records"]["integrity"] != "ok":  # not open yet
        assert window.poll() is None
    begun = run("--home", str(folder), "session", "start", "Mara")
    assert (0, "", True) == (begun.returncode, begun.stderr, begun.stdout.startswith("Mara: running"))
    window.terminate()
    assert 0 == window.wait(30)
    assert [] == list(Path(os.environ["TMPDIR"]).glob("coachdesk-*"))
