"""Whatever ends focus mode, the computer is as before, or as the person has since made it; never as we made it.

Guardian and app are real processes; the computer is a file. What browsers, desktops and windows do is in tests/real
and tests/desktop.
"""

import contextlib
import json
import os
import select
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from coachdesk.focus import recovery
from coachdesk.focus.journal import Entry, Journal
from coachdesk.focus.plan import Outcome
from tests.focus import stand_in
from tests.focus.stand_in import BEFORE, PLAN

pytestmark = pytest.mark.program

PATIENCE = 30.0
"""Seconds for anything; only a fault takes as long."""
OURS = {**BEFORE, "banners": "off", "screen": "stays on", "windows": "down: chat"}


class Computer:
    """A computer in a file, the app that quietens it, and the guardian the app has started."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.file = folder / "focus", folder / "computer.json"
        self.file.write_text(json.dumps(BEFORE))
        self.app: subprocess.Popen[str] | None = None

    @property
    def now(self) -> dict[str, str]:
        """Its settings."""
        return json.loads(self.file.read_text())

    @property
    def journal(self) -> Journal:
        """The journal of focus mode."""
        return Journal(self.folder)

    @property
    def guardian(self) -> psutil.Process:
        """The process that holds focus mode."""
        return psutil.Process(int((self.folder / "holder").read_text()))

    def set(self, key: str, value: str) -> None:
        """The person changes a setting."""
        stand_in.Settings(self.file)[key] = value

    def begin(self, **environment: str) -> None:
        """Start the app, which enters focus mode."""
        self.app = subprocess.Popen(
            stand_in.command(self.folder, self.file, "app"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
            env={**os.environ, **environment},
        )

    def enter(self) -> None:
        """Start the app and wait until all is quiet."""
        self.begin()
        self.until("on")
        assert OURS == self.now

    def until(self, phase: str) -> str:
        """Wait until the app says this; what it says beside."""
        while True:
            assert select.select([self.app.stdout], [], [], PATIENCE)[0], f"never {phase}"
            told, _space, sentence = self.app.stdout.readline().strip().partition(" ")
            if told == phase:
                return sentence
            assert told, f"the app ended before it was {phase}"

    def tell(self, word: str) -> None:
        """Have the app do something."""
        self.app.stdin.write(word + "\n")
        self.app.stdin.flush()

    def again(self, verb: str, **environment: str) -> int:
        """Start another CoachDesk that does this; its exit code."""
        command = stand_in.command(self.folder, self.file, verb)
        return subprocess.run(command, env={**os.environ, **environment}, timeout=PATIENCE, check=False).returncode

    def settled(self) -> dict[str, str]:
        """Its settings once nobody holds focus mode any more."""
        with recovery.taken(self.folder, PATIENCE) as ours:
            assert ours
            return self.now

    def close(self) -> None:
        """End whatever still runs."""
        with contextlib.suppress(OSError, ValueError, psutil.Error):
            self.guardian.kill()
        if self.app is not None:
            self.app.kill()
            self.app.wait()
            self.app.stdin.close()
            self.app.stdout.close()


@pytest.fixture
def computer(tmp_path: Path) -> Iterator[Computer]:
    made = Computer(tmp_path)
    yield made
    made.close()


def end_normally(computer: Computer) -> None:
    computer.tell("leave")
    computer.until("off")


def quit_the_app(computer: Computer) -> None:
    computer.tell("quit")
    computer.app.wait(PATIENCE)


def fail_in_the_app(computer: Computer) -> None:
    computer.tell("fail")
    computer.app.wait(PATIENCE)


def terminate_the_app(computer: Computer) -> None:
    computer.app.terminate()
    computer.app.wait(PATIENCE)


def terminate_the_guardian(computer: Computer) -> None:
    computer.guardian.terminate()
    computer.until("off")


def log_out(computer: Computer) -> None:
    """Every process of the session is asked to end, in no order (systemd.kill(5): SIGTERM, and SIGHUP after it)."""
    for process in (computer.guardian, psutil.Process(computer.app.pid)):
        with contextlib.suppress(psutil.Error):
            process.send_signal(signal.SIGTERM)
            process.send_signal(signal.SIGHUP)
    computer.app.wait(PATIENCE)


def kill_the_app(computer: Computer) -> None:
    computer.app.kill()
    computer.app.wait(PATIENCE)


def kill_the_group(computer: Computer) -> None:
    os.killpg(computer.app.pid, signal.SIGKILL)
    computer.app.wait(PATIENCE)


def kill_the_guardian(computer: Computer) -> None:
    computer.guardian.kill()
    computer.until("off")


def stop_the_guardian_and_undo(computer: Computer) -> None:
    computer.guardian.suspend()
    assert computer.again("undo") == 0


def undo_from_elsewhere(computer: Computer) -> None:
    assert computer.again("undo") == 0
    computer.until("off")


def kill_both_then_undo(computer: Computer) -> None:
    kill_both(computer)
    assert computer.again("undo") == 0


def kill_both_then_start(computer: Computer) -> None:
    kill_both(computer)
    assert computer.again("recover") == 0


def kill_both_then_enter_again(computer: Computer) -> None:
    kill_both(computer)
    computer.app.stdin.close()
    computer.app.stdout.close()
    computer.begin()
    computer.until("on")
    end_normally(computer)


def kill_both(computer: Computer) -> None:
    guardian, app = computer.guardian, psutil.Process(computer.app.pid)
    guardian.suspend()  # so that it cannot be faster than we are
    app.kill()
    guardian.kill()
    computer.app.wait(PATIENCE)
    psutil.wait_procs([guardian], PATIENCE)


ENDS: tuple[Callable[[Computer], None], ...] = (
    end_normally, quit_the_app, fail_in_the_app, terminate_the_app, terminate_the_guardian, log_out, kill_the_app,
    kill_the_group, kill_the_guardian, stop_the_guardian_and_undo, undo_from_elsewhere, kill_both_then_undo,
    kill_both_then_start, kill_both_then_enter_again,
)  # fmt: skip


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.__name__)
def test_afterwards_the_computer_is_as_before(computer: Computer, end: Callable[[Computer], None]) -> None:
    computer.enter()
    end(computer)
    assert BEFORE == computer.settled()
    assert not computer.journal.is_there


@pytest.mark.parametrize("end", ENDS[:1] + ENDS[6:12], ids=lambda end: end.__name__)
def test_what_the_person_changed_meanwhile_is_theirs(computer: Computer, end: Callable[[Computer], None]) -> None:
    computer.enter()
    computer.set("banners", "quiet hours until Monday")
    end(computer)
    assert {**BEFORE, "banners": "quiet hours until Monday"} == computer.settled()
    assert not computer.journal.is_there


def test_a_second_one_is_refused_in_words_and_changes_nothing(computer: Computer, tmp_path: Path) -> None:
    computer.enter()
    second = Computer.__new__(Computer)
    second.folder, second.file, second.app = computer.folder, computer.file, None
    try:
        second.begin()
        assert "Focus mode is on already; it was begun elsewhere on this computer." == second.until("off")
        second.app.kill()
        second.app.wait()
        assert OURS == computer.now
    finally:
        second.app.stdin.close()
        second.app.stdout.close()
    end_normally(computer)
    assert BEFORE == computer.settled()


def test_starting_another_leaves_a_living_focus_mode_alone(computer: Computer) -> None:
    computer.enter()
    assert computer.again("recover") == 0
    assert OURS == computer.now
    assert PLAN.lasts - PATIENCE < recovery.status(computer.folder)["left"] <= PLAN.lasts


@pytest.fixture(params=["beside the lock", "in the temporary folder"])
def elsewhere(request: pytest.FixtureRequest, computer: Computer, tmp_path: Path) -> Iterator[tuple[Computer, Path]]:
    """A computer on which the program is started again as cron or ssh do, with another runtime folder."""
    short = Path(os.environ["TMPDIR"]) / "focus"
    computer.folder = short if request.param == "beside the lock" else tmp_path / ("deep" * 25)
    runtime = tmp_path / "run of ssh"
    runtime.mkdir(mode=0o700)
    yield computer, runtime
    computer.close()


def test_from_another_runtime_folder_it_is_seen_and_left_alone(elsewhere: tuple[Computer, Path]) -> None:
    computer, runtime = elsewhere
    computer.enter()
    guardian = computer.guardian
    assert 0 == computer.again("status", XDG_RUNTIME_DIR=str(runtime))
    assert 0 == computer.again("recover", XDG_RUNTIME_DIR=str(runtime))
    assert guardian.is_running()
    assert OURS == computer.now
    end_normally(computer)


@pytest.mark.parametrize("verb", ["end", "undo"])
def test_from_another_runtime_folder_it_is_asked_to_end_and_not_killed(
    elsewhere: tuple[Computer, Path], verb: str
) -> None:
    computer, runtime = elsewhere
    computer.enter()
    assert 0 == computer.again(verb, XDG_RUNTIME_DIR=str(runtime))
    assert "Focus mode was ended from elsewhere on this computer." == computer.until("off")
    assert BEFORE == computer.settled()


def test_the_journal_torn_at_every_byte_after_both_were_killed(computer: Computer) -> None:
    computer.enter()
    kill_both(computer)
    system, whole = stand_in.computer(computer.file), computer.journal.copies[0].read_bytes()
    for torn, spare in (computer.journal.copies, computer.journal.copies[::-1]):
        for length in range(len(whole)):
            torn.write_bytes(whole[:length])
            spare.write_bytes(whole)
            computer.file.write_text(json.dumps(OURS))
            assert {"notifications", "awake", "apps"} == set(recovery.recover(computer.folder, system).put_back)
            assert BEFORE == computer.now, f"{torn.name} torn after {length} bytes"


def test_an_entry_of_another_version_is_kept_and_told_beside_what_is_put_back(computer: Computer) -> None:
    computer.enter()
    kill_both(computer)
    lamp = Entry("lamp", "blue", {"light": ["on", "off"]}, "Switch the lamp on.")
    computer.journal.write((lamp, *computer.journal.read()))
    outcome = recovery.recover(computer.folder, stand_in.computer(computer.file))
    assert Outcome(("apps", "awake", "notifications"), by_hand=("Switch the lamp on.",)) == outcome
    assert BEFORE == computer.now
    assert ("Switch the lamp on.",) == recovery.outstanding(computer.folder)
    recovery.acknowledge(computer.folder)
    assert () == recovery.outstanding(computer.folder)


def test_with_the_disk_full_at_the_journal_nothing_is_changed_and_the_app_goes_on(computer: Computer) -> None:
    """The folder takes no file: as with a full disk, but the same on every machine that runs this."""
    computer.folder.mkdir(mode=0o700)
    (computer.folder / "journal.new").mkdir()
    (computer.folder / "journal.new" / "in the way").touch()
    computer.begin()
    computer.until("on")
    assert BEFORE == computer.now
    end_normally(computer)
    assert BEFORE == computer.settled()


def run_out(computer: Computer, step: int) -> bool:
    """Enter and leave with a guardian that dies at this step; whether it got that far."""
    with subprocess.Popen(
        stand_in.command(computer.folder, computer.file),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "COACHDESK_CRASH_AT": str(step)},
    ) as guardian:
        with contextlib.suppress(BrokenPipeError):
            guardian.stdin.write(json.dumps({"enter": PLAN.as_json()}).encode() + b"\n")
            guardian.stdin.write(b'{"leave": true}\n')
            guardian.stdin.close()
        return guardian.wait(PATIENCE) == 70


def crash_points(computer: Computer) -> Iterator[int]:
    """Let it die at the first step, at the second, and so on until it lives to the end."""
    step = 1
    while run_out(computer, step):
        yield step
        step += 1
    assert step > 12, "the steps are not counted"


@pytest.mark.parametrize("verb", ["undo", "recover"])
def test_killed_at_every_step_the_next_one_puts_everything_back(computer: Computer, verb: str) -> None:
    for step in crash_points(computer):
        assert computer.again(verb) == 0
        assert BEFORE == computer.now, f"killed at step {step}"
        assert not computer.journal.is_there
    assert BEFORE == computer.now


def test_killed_again_at_every_step_of_putting_back(computer: Computer) -> None:
    for step in (4, 7, 12):  # after the journal, half-way in, all quiet
        again = 1
        while True:
            assert run_out(computer, step)
            died = computer.again("recover", COACHDESK_CRASH_AT=str(again)) == 70
            assert computer.again("undo") == 0
            assert BEFORE == computer.now, f"killed at step {step}, and at {again} of putting back"
            if not died:
                break
            again += 1


def test_undo_ends_a_guardian_that_hangs_and_says_what_it_put_back(computer: Computer) -> None:
    computer.enter()
    computer.guardian.suspend()
    kill_the_app(computer)  # else it may be faster
    outcome = recovery.undo(computer.folder, stand_in.computer(computer.file))
    assert Outcome(put_back=("apps", "awake", "notifications")) == outcome
    assert BEFORE == computer.now


def test_undo_never_ends_a_stranger_or_one_that_only_puts_back(computer: Computer, tmp_path: Path) -> None:
    """The number in ``holder`` may be another process by now, and whoever replays the journal is not named there."""
    with recovery.taken(computer.folder, PATIENCE) as ours, subprocess.Popen(["sleep", "60"]) as stranger:
        assert ours
        assert not (computer.folder / "holder").exists()
        (computer.folder / "holder").write_text(str(stranger.pid))
        assert computer.again("undo") == 1
        assert stranger.poll() is None
        stranger.kill()


def test_an_app_that_listens_no_more_keeps_nothing_quiet(computer: Computer) -> None:
    """As when it is stopped: what the guardian has to tell it fills the pipe, and must not hold it up."""
    with subprocess.Popen(
        stand_in.command(computer.folder, computer.file), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as guardian:
        guardian.stdin.write(json.dumps({"enter": PLAN.as_json()}).encode() + b"\n")
        guardian.stdin.write(b'{"hung": true}\n' * 5_000)  # each of which it answers with how it stands
        guardian.stdin.close()
        assert guardian.wait(PATIENCE) == 0
        guardian.stdout.close()
    assert BEFORE == computer.now


def test_a_journal_that_is_nothing_but_rubbish_is_put_aside_once(computer: Computer) -> None:
    computer.folder.mkdir(mode=0o700)
    for number, path in enumerate(computer.journal.copies):
        path.write_bytes(b"rubbish %d" % number + b"[" * 100_000)
    assert computer.again("recover") == 0
    assert {"lock", "journal.bad", "journal.spare.bad"} == {path.name for path in computer.folder.iterdir()}
    assert BEFORE == computer.now
