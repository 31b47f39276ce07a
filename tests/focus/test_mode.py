"""Focus mode as the app holds it: told truly how it stands, never waiting, never fooled by a guardian."""

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from queue import SimpleQueue

import psutil
import pytest

from coachdesk.focus import beats
from coachdesk.focus.journal import Journal
from coachdesk.focus.mode import FakeFocus, Mode, State
from coachdesk.focus.plan import Outcome, Plan, Quiet
from tests.focus import stand_in
from tests.focus.stand_in import BEFORE, PLAN

pytestmark = pytest.mark.program

PATIENCE = 30.0
HALF_PAST_THREE = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)


class Watched(Mode):
    """Focus mode on a computer in a file, whose states can be waited for."""

    def __init__(self, folder: Path, command: list[str] | None = None) -> None:
        self.file = folder / "computer.json"
        self.file.write_text(json.dumps(BEFORE))
        self.folder = folder / "focus"
        super().__init__(self.folder, command or stand_in.command(self.folder, self.file), stand_in.computer(self.file))
        self.seen: SimpleQueue[State] = SimpleQueue()
        self.listeners.append(self.seen.put)

    def until(self, phase: str) -> State:
        """Wait for the next state of this phase."""
        while True:
            state = self.seen.get(timeout=PATIENCE)
            if state.phase == phase:
                return state

    def killed(self) -> None:
        """Kill the guardian, and wait until that is made good."""
        self._run.process.kill()
        assert self.until("off").sentence.startswith("Focus mode was stopped from outside.")

    @property
    def now(self) -> dict[str, str]:
        """The computer's settings."""
        return json.loads(self.file.read_text())


@pytest.fixture
def focus(tmp_path: Path) -> Iterator[Watched]:
    made = Watched(tmp_path)
    yield made
    made.close()


def test_it_tells_what_is_quiet_and_ends_without_a_word(focus: Watched) -> None:
    focus.enter(PLAN, HALF_PAST_THREE)
    assert State("entering", HALF_PAST_THREE) == focus.until("entering")
    told = tuple(Quiet(name, True) for name in PLAN.wanted)
    assert State("on", HALF_PAST_THREE, told) == focus.until("on")
    focus.leave()
    assert State() == focus.until("off")
    assert BEFORE == focus.now


def test_entering_twice_is_entering_once(focus: Watched) -> None:
    focus.enter(PLAN)
    focus.enter(Plan(60, ("awake",), at_login=False))
    assert PLAN.wanted == focus.until("on").quiet
    focus.close()
    assert BEFORE == focus.now


def test_leaving_before_it_has_begun_puts_everything_back(focus: Watched) -> None:
    focus.enter(PLAN)
    focus.leave()
    assert State() == focus.until("off")
    assert BEFORE == focus.now
    assert not Journal(focus.folder).is_there


def test_entering_again_while_it_still_puts_back(focus: Watched) -> None:
    focus.enter(PLAN)
    focus.until("on")
    focus.leave()
    focus.enter(PLAN)
    assert PLAN.wanted == focus.until("on").quiet
    focus.leave()
    focus.until("off")
    assert BEFORE == focus.now


def test_it_ends_by_itself_when_its_time_is_over(focus: Watched) -> None:
    focus.enter(Plan(0.2, ("notifications",), at_login=False))
    assert State() == focus.until("off")
    assert BEFORE == focus.now


def test_its_time_can_be_made_shorter_and_that_end_is_shown(focus: Watched) -> None:
    focus.enter(PLAN)
    focus.until("on")
    focus.last(0.1, HALF_PAST_THREE)
    assert HALF_PAST_THREE == focus.until("on").ends_at
    assert State() == focus.until("off")


def test_outside_of_it_nothing_happens(focus: Watched) -> None:
    focus.leave()
    focus.last(60)
    focus.close()
    assert (State(), Outcome()) == (focus.state, focus.put_back())


def test_putting_back_waits_and_says_what_became_of_it(focus: Watched) -> None:
    focus.enter(PLAN)
    focus.until("on")
    stand_in.Settings(focus.file)["banners"] = "mine"
    assert Outcome(("apps", "awake"), ("notifications",)) == focus.put_back()
    assert {**BEFORE, "banners": "mine"} == focus.now
    assert "Changed meanwhile and left as it is: Notifications." == focus.until("off").sentence


def test_a_guardian_that_is_killed_is_made_good_and_said(focus: Watched) -> None:
    focus.enter(PLAN)
    focus.until("on")
    psutil.Process(int((focus.folder / "holder").read_text())).kill()
    assert "Focus mode was stopped from outside. Everything is put back." == focus.until("off").sentence
    assert BEFORE == focus.now


def test_a_guardian_that_hangs_when_it_should_leave_is_ended(focus: Watched) -> None:
    focus.enter(PLAN)
    focus.until("on")
    psutil.Process(int((focus.folder / "holder").read_text())).suspend()
    focus.leave()
    assert "Focus mode did not answer any more and was ended. Everything is put back." == focus.until("off").sentence
    assert BEFORE == focus.now


def test_a_guardian_that_hangs_while_websites_are_kept_away_is_ended_unasked(focus: Watched) -> None:
    focus.enter(Plan(60, ("notifications", "sites"), ("social.example",), at_login=False))
    assert ("notifications", "sites") == focus.until("on").quiet
    assert "auto" == focus.now["proxy mode"]
    psutil.Process(int((focus.folder / "holder").read_text())).suspend()
    assert "Focus mode did not answer any more and was ended. Everything is put back." == focus.until("off").sentence
    assert BEFORE == focus.now


HUNG = """
import json, socket, sys, threading
def tell(**message): print(json.dumps(message), flush=True)
def takes_its_time(): threading.Event().wait(0.5)
quiet = {"blocker": "notifications", "quiet": True, "sentence": ""}
closed, opened = ({"blocker": "sites", "quiet": kept, "sentence": ""} for kept in (True, False))
silent = socket.create_server(("127.0.0.1", 0))
beats = [silent.getsockname()[1], "c0ffee"]
"""
"""A guardian whose block server hangs, while it is well itself, but slow as on a slow disk."""
GIVES_UP = """
tell(beats=beats)
tell(on=[quiet, closed])
for line in sys.stdin:
    if "hung" in line:
        tell(hearing=True)
        takes_its_time()
        tell(on=[quiet, opened])
"""
ENTERS = """
tell(beats=beats)
for line in sys.stdin:
    if "hung" in line:
        takes_its_time()
        tell(on=[quiet, closed])
        tell(hearing=True)
        tell(on=[quiet, opened])
"""
LEAVES = """
tell(on=[quiet, closed])
for line in sys.stdin:
    if "leave" in line:
        tell(beats=beats)
        takes_its_time()
        tell(off={}, why="asked")
"""


CUTS = """
def end_the_next(*said):
    with silent.accept()[0] as sock:
        sock.recv(4096)
        for each in said:
            sock.sendall(each)
tell(beats=beats)
tell(on=[quiet, closed])
"""
BROKEN_OFF = """
for _each in range(3):
    end_the_next()
    end_the_next(b"HTTP/1.1 200 OK\\r\\n\\r\\n", b".")
tell(on=[quiet, {**closed, "sentence": "Heard again."}])
silent.accept()
sys.stdin.read()
"""
REFUSES = """
end_the_next(b"HTTP/1.1 200 OK\\r\\n\\r\\n", b".")
silent.close()
for line in sys.stdin:
    if "hung" in line:
        takes_its_time()
        tell(on=[quiet, opened])
"""


def slow(folder: Path, doing: str, monkeypatch: pytest.MonkeyPatch) -> Watched:
    """Focus mode with such a guardian, whose server is found to hang soon."""
    monkeypatch.setattr(beats, "SILENCE", 0.02)
    return Watched(folder, [sys.executable, "-c", HUNG + doing])


def test_a_guardian_that_takes_its_time_to_open_websites_keeps_the_rest_quiet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    focus = slow(tmp_path, GIVES_UP, monkeypatch)
    focus.enter(PLAN)
    assert ("notifications", "sites") == focus.until("on").quiet
    assert ("notifications",) == focus.until("on").quiet
    focus.killed()


def test_a_block_server_that_hangs_gives_entering_no_less_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    focus = slow(tmp_path, ENTERS, monkeypatch)
    focus.enter(PLAN)
    assert ("notifications", "sites") == focus.until("on").quiet
    assert ("notifications",) == focus.until("on").quiet
    focus.killed()


def test_a_block_server_that_hangs_gives_leaving_no_less_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    focus = slow(tmp_path, LEAVES, monkeypatch)
    focus.enter(PLAN)
    focus.until("on")
    focus.leave()
    assert State() == focus.until("off")


def test_beats_that_were_broken_off_are_listened_to_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beats, "MOMENT", 0.01)
    focus = Watched(tmp_path, [sys.executable, "-c", HUNG + CUTS + BROKEN_OFF])
    focus.enter(PLAN)
    assert ["", "Heard again."] == [focus.until("on").told[1].sentence for _each in range(2)]
    focus.killed()


def test_where_the_beats_cannot_be_heard_any_more_websites_are_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beats, "MOMENT", 0.01)
    focus = Watched(tmp_path, [sys.executable, "-c", HUNG + CUTS + REFUSES])
    focus.enter(PLAN)
    assert ("notifications", "sites") == focus.until("on").quiet
    assert ("notifications",) == focus.until("on").quiet
    focus.killed()


def test_what_ends_it_from_elsewhere_is_said(focus: Watched) -> None:
    from coachdesk.focus import recovery

    focus.enter(PLAN)
    focus.until("on")
    recovery.undo(focus.folder, stand_in.computer(focus.file))
    assert "Focus mode was ended from elsewhere on this computer." == focus.until("off").sentence


def test_one_that_cannot_be_started_says_so(tmp_path: Path) -> None:
    focus = Watched(tmp_path, [str(tmp_path / "no such program")])
    focus.enter(PLAN)
    assert "Focus mode could not be started (No such file or directory)." == focus.until("off").sentence


def test_one_that_ends_at_once_says_so(tmp_path: Path) -> None:
    focus = Watched(tmp_path, [sys.executable, "-c", "pass"])
    focus.enter(PLAN)
    assert focus.until("off").sentence.startswith("Focus mode was stopped from outside.")


def test_one_that_babbles_does_no_harm(tmp_path: Path) -> None:
    focus = Watched(tmp_path, [sys.executable, "-c", "print('hello'); print('[1]'); print('{}')"])
    focus.enter(PLAN)
    assert focus.until("off").sentence.startswith("Focus mode was stopped from outside.")


def test_entering_again_is_not_undone_by_what_is_left_of_one_that_hung(focus: Watched) -> None:
    focus.enter(PLAN)
    focus.until("on")
    psutil.Process(int((focus.folder / "holder").read_text())).suspend()
    hung = focus._run
    focus.leave()
    focus.enter(PLAN)
    hung.watch.join(PATIENCE)
    assert PLAN.wanted == focus.until("on").quiet
    assert focus.state.is_on
    focus.close()
    assert BEFORE == focus.now


def test_one_that_has_put_back_but_does_not_end_is_ended(tmp_path: Path) -> None:
    said = "print(json.dumps({'off': {}, 'why': 'asked'}), flush=True); time.sleep(600)"
    focus = Watched(tmp_path, [sys.executable, "-c", f"import json, time; {said}"])
    focus.enter(PLAN)
    process = focus._run.process
    assert focus.until("off").sentence.startswith("Focus mode was ended from elsewhere")
    assert process.poll() is not None


def test_a_listener_that_fails_is_reported_and_stops_nothing(focus: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    faults: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", faults.append)

    def fail(_state: State) -> None:
        raise ZeroDivisionError

    focus.listeners.insert(0, fail)
    focus.enter(PLAN)
    focus.until("on")
    focus.leave()
    focus.until("off")
    assert {ZeroDivisionError} == {fault.exc_type for fault in faults}


def test_no_other_child_of_the_app_keeps_the_guardian_waiting(focus: Watched) -> None:
    """Were our end of its pipe handed on to another child, it would never see it close."""
    focus.enter(PLAN)
    focus.until("on")
    (pipe,) = pipes((focus.folder / "holder").read_text(), "0")
    assert pipe in pipes(os.getpid())
    with subprocess.Popen(["sleep", "60"]) as other:
        inherited = pipes(other.pid)
        other.kill()
    assert pipe not in inherited


def pipes(process: object, only: str = "*") -> set[str]:
    """What the descriptors of a process lead to (proc(5)); one that is closed meanwhile is passed over."""
    found = set()
    for descriptor in Path(f"/proc/{process}/fd").glob(only):
        with contextlib.suppress(OSError):
            found.add(str(descriptor.readlink()))
    return found


def test_listeners_are_told_on_another_thread(focus: Watched) -> None:
    threads: SimpleQueue[str] = SimpleQueue()
    focus.listeners.append(lambda _state: threads.put(threading.current_thread().name))
    focus.enter(PLAN)
    focus.until("on")
    assert ["MainThread", "focus"] == [threads.get(timeout=PATIENCE) for _each in range(2)]


def test_the_fake_keeps_the_same_manners() -> None:
    fake, seen = FakeFocus(loud={"awake": "No way to do that here."}), []
    fake.listeners.append(seen.append)
    fake.last(60)
    fake.enter(PLAN, HALF_PAST_THREE)
    fake.enter(Plan(1, ()))
    assert (PLAN, HALF_PAST_THREE) == (fake.plan, fake.state.ends_at)
    assert ("notifications", "apps") == fake.state.quiet
    assert (Quiet("awake", False, "No way to do that here."),) == fake.state.loud
    fake.last(60)
    assert (60, None) == (fake.lasts, fake.state.ends_at)
    fake.close()
    assert ["on", "on", "off"] == [state.phase for state in seen]
