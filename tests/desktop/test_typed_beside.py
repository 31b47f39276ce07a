"""What is typed under the bar and left there for the call stands on Close, and Done keeps it."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from coachdesk import paths
from coachdesk.desk import Desk
from coachdesk.machine.here import here
from coachdesk.practice import clients, commitments, drafts, notes, sessions
from coachdesk.storage import keys, store
from tests.desktop.hand import Hand
from tests.desktop.program import PASSPHRASE, Running
from tests.desktop.reader import until
from tests.desktop.talking import Program
from tests.display import Display

pytestmark = pytest.mark.desktop


@pytest.fixture
def records(folder: Path) -> Iterator[Desk]:
    """The records of a practice with one client, looked at beside the running program."""
    home = paths.home(folder)
    key, _code = keys.create(home.keys, passphrase=PASSPHRASE)
    desk = Desk(here(), home)
    desk.adopt(store.create(home.records, key))
    desk.do(clients.add, "Maria Keller")
    yield desk
    desk.close()


@pytest.fixture
def running(environment: dict[str, str], records: Desk, folder: Path) -> Iterator[Running]:
    with Running(folder, environment) as program:
        yield program


def test_a_next_step_and_a_line_left_in_the_field_stand_on_close(
    call: Program, running: Running, coach: Hand, records: Desk
) -> None:
    begin_session(coach)
    leave_in_the_field(coach, call, "ctrl+alt+shift+p", "Tab", words="ask my sister")
    leave_in_the_field(coach, call, "ctrl+alt+shift+j", words="her father again")
    (session,) = records.read(sessions.every)
    coach.presses("ctrl+alt+shift+e")
    until(lambda: records.read(sessions.running) is None, lambda: "the session has not ended")
    running.start_second()
    until(lambda: coach.active() == "CoachDesk", lambda: f"the window did not come, {coach.active()} is in front")
    stands(coach, "A promise, or a next step …", "ask my sister")
    stands(coach, "Another note", "her father again")
    coach.keeps_picture("close-typed-beside")
    coach.clicks("Done", "push button")
    coach.sees("Today", "label")
    assert [("ask my sister", "client")] == [
        (each.text, each.owner) for each in records.read(commitments.of_session, session.id)
    ]
    assert ["her father again"] == [note.body for note in records.read(notes.of_session, session.id)]
    assert [] == list(records.read(drafts.of_screen, "session", session.id))


def test_the_field_comes_though_the_keyboard_is_late(
    call: Program, running: Running, coach: Hand, records: Desk, screen: Display
) -> None:
    begin_session(coach)
    leave_in_the_field(coach, call, "ctrl+alt+shift+p", words="ask my sister")
    with screen.slow_manager():
        coach.presses("ctrl+alt+shift+j")
        time.sleep(0.3)  # more than Qt waits before it believes that the keyboard has left
    until(lambda: coach.active() == "CoachDesk", lambda: f"the keyboard is with {coach.active()}")
    coach.types("her father again")
    stands(coach, "Line to jot down", "her father again")


def begin_session(coach: Hand) -> None:
    coach.fills("Passphrase", PASSPHRASE)
    coach.presses("Return")
    coach.sees("Today", "label")
    coach.clicks("Clients", "radio button")
    coach.clicks("Maria Keller.*", "list item")
    coach.clicks("Begin", "push button")
    coach.clicks("Begin the session", "push button")
    until(lambda: coach.active() == "CALL", lambda: f"the call is not active but {coach.active()}")


def leave_in_the_field(coach: Hand, call: Program, *presses: str, words: str) -> None:
    """Open the field by its key, type, and click back into the call."""
    coach.presses(presses[0])
    until(lambda: coach.active() == "CoachDesk", lambda: "the field has not taken the keyboard")
    for key in presses[1:]:
        coach.presses(key)
    coach.types(words)
    x, y, width, height = (int(each) for each in call.asked("where", "at"))
    coach.press_at((x + width // 2, y + height - 40))
    until(lambda: coach.active() == "CALL", lambda: f"the keyboard is with {coach.active()}")


def stands(coach: Hand, name: str, words: str) -> None:
    """Wait until these words stand in a field."""
    field = coach.sees(name, "text")
    until(lambda: coach.reader.written(field) == words, lambda: f"in {name} stands {coach.reader.written(field)!r}")
