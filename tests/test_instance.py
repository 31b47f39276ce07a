"""One CoachDesk per home, and verbs handed over to it."""

import contextlib
import json
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from coachdesk import instance, paths
from coachdesk.errors import Refused
from coachdesk.instance import Instance, ask
from coachdesk.paths import Home

PATIENCE = 20.0
RAISE = {"verb": "raise"}


@contextlib.contextmanager
def running(home: Home, handle: instance.Handle = lambda request: {"ok": request}) -> Iterator[Instance]:
    """A CoachDesk that runs for this home and answers."""
    taken = Instance.take(home)
    assert taken is not None
    taken.serve(handle)
    yield taken
    taken.close()


@contextlib.contextmanager
def another_program(home: Home, then: str = "") -> Iterator["subprocess.Popen[str]"]:
    """A CoachDesk in a process of its own; it has begun to serve when this is entered."""
    program = f"""
import sys
from pathlib import Path
from coachdesk.instance import Instance
from coachdesk.paths import Home
taken = Instance.take(Home(Path(sys.argv[1])))
taken.serve(lambda request: {{"ok": request["verb"]}})
{then}
print("ready", flush=True)
sys.stdin.read()
"""
    command = [sys.executable, "-c", program, str(home.root)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
        process.kill()


def socket_file() -> Path:
    """The one socket in the runtime folder."""
    (found,) = paths.runtime().glob("*.sock")
    return found


def test_nobody_runs_at_first(home: Home) -> None:
    assert ask(home, RAISE) is None


def test_a_request_reaches_the_one_that_runs(home: Home) -> None:
    with running(home):
        request = {"verb": "client.add", "arguments": {"name": "Zoë"}}
        assert ask(home, request) == {"ok": request}


def test_a_second_start_is_not_the_one_that_runs(home: Home) -> None:
    with running(home):
        assert Instance.take(home) is None


def test_after_closing_another_may_take_over(home: Home) -> None:
    with running(home) as first:
        first.close()
        assert ask(home, RAISE) is None
        with running(home):
            assert ask(home, RAISE) == {"ok": RAISE}


def test_other_homes_are_other_programs(home: Home, tmp_path: Path) -> None:
    with running(home):
        elsewhere = Home(tmp_path / "elsewhere")
        assert ask(elsewhere, RAISE) is None
        with running(elsewhere, lambda _request: {"ok": "elsewhere"}):
            assert ask(elsewhere, RAISE) == {"ok": "elsewhere"}


def test_every_spelling_of_a_home_is_the_same_home(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "link").symlink_to(home.root)
    monkeypatch.chdir(tmp_path)
    with running(home):
        for spelling in ("link", "home", "./home/", "link/../home", str(tmp_path / "link")):
            assert ask(Home(Path(spelling)), RAISE) == {"ok": RAISE}
            assert Instance.take(Home(Path(spelling))) is None


def test_long_texts_travel_whole(home: Home) -> None:
    text = "Wörter " * 1_000_000
    with running(home):
        assert ask(home, {"verb": "session.note", "arguments": {"text": text}}) == {
            "ok": {"verb": "session.note", "arguments": {"text": text}}
        }


def test_a_refusal_is_answered_in_its_own_words(home: Home) -> None:
    def handle(_request: dict[str, Any]) -> dict[str, Any]:
        raise Refused("The records are locked.")

    with running(home, handle):
        assert ask(home, RAISE) == {"refused": "The records are locked."}


def test_of_a_fault_only_its_kind_is_told(home: Home) -> None:
    def handle(_request: dict[str, Any]) -> dict[str, Any]:
        raise KeyError("what the client said")

    with running(home, handle):
        assert ask(home, RAISE) == {"fault": "KeyError"}


def test_an_answer_that_is_no_json_is_a_fault(home: Home) -> None:
    with running(home, lambda _request: {"ok": object()}):
        assert ask(home, RAISE) == {"fault": "TypeError"}


def test_a_killed_program_leaves_its_socket_and_the_next_takes_over(home: Home) -> None:
    with another_program(home) as program:
        program.send_signal(signal.SIGKILL)
        program.wait(PATIENCE)
    assert socket_file().exists()
    assert ask(home, RAISE) is None
    with running(home):
        assert ask(home, RAISE) == {"ok": RAISE}


def test_another_process_answers(home: Home) -> None:
    with another_program(home):
        assert Instance.take(home) is None
        assert ask(home, RAISE) == {"ok": "raise"}


def test_a_hung_program_is_given_up_in_words(home: Home) -> None:
    with another_program(home) as program:
        program.send_signal(signal.SIGSTOP)
        with pytest.raises(Refused, match=r"has not answered for 0\.3 seconds"):
            ask(home, RAISE, timeout=0.3)
        program.send_signal(signal.SIGCONT)
        assert ask(home, RAISE, timeout=PATIENCE) == {"ok": "raise"}


def test_a_program_that_hangs_before_it_serves_is_given_up_in_words(home: Home) -> None:
    starting = Instance.take(home)
    assert starting is not None
    with pytest.raises(Refused, match="it may be busy or hung"):
        ask(home, RAISE, timeout=0.1)
    starting.close()


def test_a_caller_waits_for_one_that_is_still_starting(home: Home) -> None:
    starting = Instance.take(home)
    assert starting is not None
    with ThreadPoolExecutor() as pool:
        answer = pool.submit(ask, home, RAISE, PATIENCE)
        starting.serve(lambda request: {"ok": request})
        assert answer.result() == {"ok": RAISE}
    starting.close()


def test_a_program_that_stops_before_it_answers_says_so(home: Home) -> None:
    with another_program(home, "import os; taken._door.close(); taken._door = None") as program:
        listening = socket.socket(socket.AF_UNIX)
        listening.bind(str(paths.runtime() / f"{instance._name(home)}.sock"))
        listening.listen()
        with ThreadPoolExecutor() as pool:
            answer = pool.submit(ask, home, RAISE, PATIENCE)
            listening.accept()[0].close()
            with pytest.raises(Refused, match="stopped before it answered"):
                answer.result()
        listening.close()
        program.kill()


def test_a_slow_verb_does_not_keep_others_waiting(home: Home) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def handle(request: dict[str, Any]) -> dict[str, Any]:
        if request["verb"] == "export":
            begun.set()
            assert go_on.wait(PATIENCE)
        return {"ok": request["verb"]}

    with running(home, handle), ThreadPoolExecutor() as pool:
        slow = pool.submit(ask, home, {"verb": "export"}, PATIENCE)
        assert begun.wait(PATIENCE)
        assert ask(home, RAISE) == {"ok": "raise"}
        go_on.set()
        assert slow.result() == {"ok": "export"}


def test_a_caller_that_says_nothing_does_not_keep_others_waiting(home: Home) -> None:
    with running(home), socket.socket(socket.AF_UNIX) as silent:
        silent.connect(str(socket_file()))
        assert ask(home, RAISE) == {"ok": RAISE}


@pytest.mark.parametrize("sent", [b"\x00\x00", b"\xff" * 8, b"\x00" * 7 + b"\x03{}!", b"GET / HTTP/1.1\r\n\r\n"])
def test_what_is_no_request_harms_nothing(home: Home, sent: bytes) -> None:
    with running(home):
        with socket.socket(socket.AF_UNIX) as stranger:
            stranger.connect(str(socket_file()))
            stranger.sendall(sent)
            stranger.shutdown(socket.SHUT_WR)
            stranger.settimeout(PATIENCE)
            with contextlib.suppress(ConnectionResetError):
                assert stranger.recv(1) == b""
        assert ask(home, RAISE) == {"ok": RAISE}


@pytest.mark.parametrize("sent", [[], ["raise"], "raise", None, 7])
def test_json_that_is_no_request_is_refused_in_a_sentence(home: Home, sent: Any) -> None:
    with running(home):
        answer = ask(home, sent)
        assert answer is not None
        assert ["refused"] == list(answer)


def test_only_this_person_may_open_the_socket(home: Home) -> None:
    with running(home):
        assert stat.S_IMODE(socket_file().stat().st_mode) == 0o600
        assert stat.S_IMODE(socket_file().parent.stat().st_mode) == 0o700


def test_a_runtime_folder_open_to_others_is_closed(home: Home) -> None:
    paths.runtime().chmod(0o755)
    with running(home):
        assert stat.S_IMODE(paths.runtime().stat().st_mode) == 0o700


def test_no_file_names_the_home(home: Home) -> None:
    with running(home):
        assert not [path for path in paths.runtime().iterdir() if home.root.name in path.name]


def test_a_runtime_folder_of_any_length_will_do(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = tmp_path / ("a" * 120)
    deep.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(deep))
    with running(home):
        assert ask(home, RAISE) == {"ok": RAISE}
        (short,) = Path(os.environ["TMPDIR"]).glob("coachdesk-*/*.sock")
        assert stat.S_IMODE(short.parent.stat().st_mode) == 0o700


def test_of_many_starts_at_once_exactly_one_wins(home: Home) -> None:
    program = """
import sys
from pathlib import Path
from coachdesk.instance import Instance
from coachdesk.paths import Home
sys.stdin.readline()
taken = Instance.take(Home(Path(sys.argv[1])))
print(taken is not None, flush=True)
sys.stdin.read()
"""
    command = [sys.executable, "-c", program, str(home.root)]
    with contextlib.ExitStack() as started:
        starts = [
            started.enter_context(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))
            for _each in range(6)
        ]
        for start in starts:
            assert start.stdin is not None
            start.stdin.write("go\n")
            start.stdin.flush()
        won = [json.loads(start.stdout.readline().lower()) for start in starts if start.stdout is not None]
        for start in starts:
            start.kill()
    assert sorted(won) == [False] * 5 + [True]


def test_a_start_wins_while_others_only_ask(home: Home) -> None:
    with ThreadPoolExecutor(8) as pool:
        (paths.runtime() / f"{instance._name(home)}.lock").touch()
        asking = [pool.submit(ask, home, RAISE, PATIENCE) for _each in range(40)]
        with running(home, lambda _request: {"ok": None}):
            answers = [each.result() for each in asking]
    assert all(answer in (None, {"ok": None}) for answer in answers)


def test_a_verb_may_close_the_program_that_answers_it(home: Home) -> None:
    taken = Instance.take(home)
    assert taken is not None

    def handle(_request: dict[str, Any]) -> dict[str, Any]:
        taken.close()
        return {"ok": "closed"}

    taken.serve(handle)
    assert ask(home, {"verb": "quit"}) == {"ok": "closed"}
    assert ask(home, RAISE) is None
