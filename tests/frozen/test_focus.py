"""Focus mode frozen: its guardian is a process of the program with a terminal, and outlives what began it."""

import os
import time
from collections.abc import Callable

import psutil
import pytest

from coachdesk.focus.recovery import GUARDIAN
from tests.frozen.person import FOLDER, PATIENCE, Person, children

pytestmark = pytest.mark.frozen


def until(holds: Callable[[], bool]) -> None:
    """Wait until something of another process holds; raises TimeoutError."""
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.05)  # another process is at work; there is nothing here to wait on


def nothing_to_put_back(person: Person) -> bool:
    """Whether undoing finds nothing."""
    done = person.run("focus", "undo")
    return (0, "There is nothing to put back.\n") == (done.returncode, done.stdout)


@pytest.fixture
def chosen(seated: Person) -> Person:
    """Somebody who has chosen a program to keep down, which is all that can be kept quiet on a bare screen."""
    seated.home.root.mkdir(parents=True)
    seated.home.settings.write_text('[focus]\nprograms = [["Xmessage", "Message"]]\n')
    return seated


def test_it_says_what_can_be_kept_quiet_here(seated: Person) -> None:
    done = seated.run("focus", "check")
    assert (0, "", 5) == (done.returncode, done.stderr, len(done.stdout.splitlines()))
    assert "Programs: Works." in done.stdout


def test_where_nothing_can_be_kept_quiet_nothing_is_begun(person: Person) -> None:
    done = person.run("focus", "on", "--minutes", "20")
    assert (1, True) == (done.returncode, "So nothing was begun." in done.stderr)
    assert nothing_to_put_back(person)


def test_the_guardian_is_the_frozen_program_and_survives_a_kill_until_all_is_put_back(chosen: Person) -> None:
    held = chosen.start("focus", "on", "--minutes", "20")
    assert held.stdout.readline().startswith("Focus mode is on until ")
    (guardian,) = psutil.Process(held.pid).children()
    assert [str(FOLDER / "coachdesk"), GUARDIAN] in list(children(held.pid))
    assert os.getsid(guardian.pid) == guardian.pid

    held.kill()
    until(lambda: not guardian.is_running())
    assert nothing_to_put_back(chosen)


def test_the_next_login_puts_back_what_was_left(chosen: Person) -> None:
    held = chosen.start("focus", "on", "--minutes", "20")
    held.stdout.readline()
    (entry,) = (chosen.root / ".config" / "autostart").iterdir()
    assert f"Exec={FOLDER / 'coachdesk'} --restore-only" in entry.read_text("utf-8").splitlines()
    process = chosen.start("--restore-only")
    assert ("", "", 0) == (*process.communicate(timeout=PATIENCE), process.returncode)
