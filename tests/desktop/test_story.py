"""A coach's first two sessions with one client, from the first run on: real windows, real keyboard and mouse.

The session's clock runs twenty times as fast as life. The coach's other window stands for the video call: it has the
keyboard whenever the coach does not ask for it.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from coachdesk import paths
from coachdesk.desk import Desk
from coachdesk.machine.here import here
from coachdesk.practice import clients, commitments, cues_shown, sessions
from coachdesk.storage import keys
from tests.desktop.hand import Hand
from tests.desktop.program import CODE, PASSPHRASE, Running
from tests.desktop.reader import BAR_HEIGHT, until
from tests.desktop.talking import Program

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(600)]

SPEED = 20.0
CUE_SECONDS = 120
"""A cue stays so long on the fast clock: six seconds for the test to look."""


@pytest.fixture
def running(environment: dict[str, str], folder: Path) -> Iterator[Running]:
    paths.home(folder).settings.write_text(f"[cues]\nseconds = {CUE_SECONDS}\n")
    with Running(folder, environment, SPEED) as program:
        yield program


def unlocked(folder: Path) -> Desk:
    """The records, looked at beside the running program."""
    home = paths.home(folder)
    desk = Desk(here(), home)
    desk.open(keys.with_passphrase(home.keys, PASSPHRASE))
    return desk


def test_two_sessions_from_the_first_run_to_a_kept_promise(
    call: Program, running: Running, coach: Hand, folder: Path
) -> None:
    first_run(coach)
    add_client(coach)
    settle_agreement(coach)
    promise_in_session(coach, folder)
    close(coach, running)
    second_session_opens_on_the_promise(coach, folder)


def first_run(coach: Hand) -> None:
    coach.clicks("With clients", "radio button")
    coach.clicks("Continue", "push button")
    coach.fills("Passphrase", PASSPHRASE)
    coach.clicks("Continue", "push button")
    code = coach.sees(CODE, "label").name.split()
    coach.clicks("Continue", "push button")
    coach.sees("Group .*", "text")
    for field in coach.reader.find("Group .*", "text"):
        coach.fills(field.name, code[int(field.name.split()[1]) - 1])
    coach.clicks("Continue", "push button")
    coach.clicks("50 min", "radio button")
    coach.clicks("Finish|Continue|Done|Begin", "push button")
    coach.sees("Today", "label")
    coach.keeps_picture("today-empty")


def add_client(coach: Hand) -> None:
    coach.clicks("Add a client", "push button")
    coach.fills("Name", "Maria Keller")
    coach.presses("Return")
    coach.sees("Maria Keller", "label")
    coach.keeps_picture("client-new")


def settle_agreement(coach: Hand) -> None:
    coach.clicks("Agreement", "page tab")
    coach.clicks("Write it down", "push button")
    coach.fills("Moving or cancelling a session", "a day before")
    coach.clicks("Settle", "push button")
    coach.sees("a day before.*", "label")


def promise_in_session(coach: Hand, folder: Path) -> None:
    coach.clicks("Begin", "push button")
    coach.keeps_picture("brief-first")
    coach.clicks("Begin the session", "push button")
    until(lambda: coach.active() == "CALL", lambda: f"the call is not active but {coach.active()}")
    check = wait_for_check(coach, folder)
    coach.reader.wait("asked", lower_than=BAR_HEIGHT)
    assert "CALL" == coach.active()
    coach.keeps_picture("check")
    coach.presses("ctrl+alt+shift+a")
    desk = unlocked(folder)
    try:
        until(lambda: answer(desk, check) == "asked", lambda: f"answered {answer(desk, check)}")
        coach.presses("ctrl+alt+shift+p")
        until(lambda: coach.active() == "CoachDesk", lambda: "the field has not taken the keyboard")
        coach.types("send the reading list")
        coach.keeps_picture("field")
        coach.presses("Return")
        until(lambda: bool(desk.read(commitments.every)), lambda: "the promise is not stored")
        until(lambda: coach.active() == "CALL", lambda: f"the keyboard is with {coach.active()}")
        coach.presses("ctrl+alt+shift+e")
        until(lambda: desk.read(sessions.running) is None, lambda: "the session has not ended")
        assert "CALL" == coach.active()
    finally:
        desk.close()


def wait_for_check(coach: Hand, folder: Path) -> str:
    """The id of the first process check's showing, once the bar shows it."""
    desk = unlocked(folder)
    try:

        def shown() -> list[str]:
            row = desk.read(sessions.running)
            return [c.id for c in desk.read(cues_shown.of_session, row.id)] if row else []

        until(lambda: bool(shown()), lambda: "no process check came", patience=90)
        return shown()[0]
    finally:
        desk.close()


def answer(desk: Desk, cue_id: str) -> str:
    session = desk.read(sessions.every)[0]
    return next(c.answer for c in desk.read(cues_shown.of_session, session.id) if c.id == cue_id)


def start_again(coach: Hand, running: Running) -> None:
    """A second start brings the window of the first to the front."""
    running.start_second()
    until(lambda: coach.active() == "CoachDesk", lambda: f"the window did not come, {coach.active()} is in front")


def close(coach: Hand, running: Running) -> None:
    start_again(coach, running)
    coach.sees("send the reading list")
    coach.keeps_picture("close")
    coach.fills("What mattered", "a pause that held")
    coach.clicks("Done", "push button")
    coach.sees("Today", "label")
    coach.keeps_picture("today-after")


def second_session_opens_on_the_promise(coach: Hand, folder: Path) -> None:
    coach.clicks("Clients", "radio button")
    coach.clicks("Maria Keller.*", "list item")
    coach.clicks("Begin", "push button")
    coach.sees("send the reading list")
    coach.keeps_picture("brief-second")
    coach.clicks("Kept: send the reading list", "push button")
    desk = unlocked(folder)
    try:
        until(lambda: desk.read(commitments.every)[0].state == "kept", lambda: "the promise is not kept")
        assert ["Maria Keller"] == [c.name for c in desk.read(clients.present)]
        assert "a pause that held" == desk.read(sessions.every)[0].what_mattered
    finally:
        desk.close()
