"""A week of a coach's life by keyboard alone, from the first run to the backup: real windows, real files.

Each day is a start of the program on that day. Nothing is clicked: Tab, arrows, Space, Enter and the program's keys.
"""

import csv
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pypdfium2
import pytest

from coachdesk import paths
from coachdesk.clock import Still
from coachdesk.desk import Desk
from coachdesk.practice import clients, commitments, reflections
from coachdesk.storage import keys
from tests.desktop.keyboard import Keyboard
from tests.desktop.program import CODE, PASSPHRASE, Running
from tests.desktop.reader import BAR_HEIGHT, until

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(600)]

STATES = {
    ("send the reading list", "kept"),
    ("ask about the new team", "partly"),
    ("draw the map of roles", "carried"),
    ("draw the map of roles", "open"),
    ("write to the sponsor", "released"),
    ("bring the feedback form", "open"),
}
"""What the records then say; what is carried on is promised anew."""
QUESTIONS = 5
LINE = "mostly"
AFTER_BACKUP = "something after the backup"
BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=BERLIN)
TUESDAY = datetime(2026, 3, 3, 9, 55, tzinfo=BERLIN)
FRIDAY = datetime(2026, 3, 6, 16, 0, tzinfo=BERLIN)
FAST = 150.0
"""On Tuesday fifty minutes pass in twenty seconds; a slow computer begins late, but not as late as the next day."""
PROMISES = {
    "k": ("send the reading list", "kept"),
    "p": ("ask about the new team", "partly"),
    "c": ("draw the map of roles", "carried on"),
    "r": ("write to the sponsor", "let go"),
}
"""What is promised, under the key that closes it, and the word it then has."""


@pytest.fixture
def running(environment: dict[str, str], folder: Path) -> Iterator[Running]:
    program = Running(folder, environment)
    yield program
    program.kill()


def test_a_week_by_keyboard_alone(running: Running, coach: Keyboard, folder: Path, tmp_path: Path) -> None:
    begin_day(running, MONDAY)
    first_run(coach)
    add_clients(coach)
    promise_and_plan(coach)
    log_past_sessions(coach)
    leave(coach, running)

    begin_day(running, TUESDAY, FAST)
    unlock(coach)
    hold_session(coach, running)
    close_session(coach)
    leave(coach, running)

    begin_day(running, FRIDAY)
    unlock(coach)
    close_promises(coach)
    search(coach)
    reflect(coach)
    save_summary(coach, tmp_path / "summary.pdf")
    save_log(coach, tmp_path / "log.csv")
    back_up(coach)
    restore(coach)
    leave(coach, running)
    the_records_are_those_of_the_backup(folder)


def begin_day(running: Running, moment: datetime, speed: float = 1.0) -> None:
    """The coach starts CoachDesk on this day."""
    running.moment, running.speed = moment, speed
    running.start()


def leave(coach: Keyboard, running: Running) -> None:
    """The day is over."""
    coach.presses("ctrl+q")
    assert 0 == running.await_end()


def unlock(coach: Keyboard) -> None:
    coach.is_on("Passphrase", "text")
    coach.types(PASSPHRASE)
    coach.presses("Return")
    coach.sees("Today", "label")


# Monday


def first_run(coach: Keyboard) -> None:
    coach.is_on("Welcome to CoachDesk")
    coach.presses_on("With clients", "radio button")
    coach.presses_on("Continue", "push button")
    coach.is_on("Passphrase", "text")
    coach.types(PASSPHRASE)
    coach.presses("Return")
    code = coach.sees(CODE, "label").name.split()
    coach.presses_on("Continue", "push button")
    for field in coach.reader.find("Group .*", "text") if coach.is_on("Group .*", "text") else ():
        coach.writes(field.name, code[int(field.name.split()[1]) - 1])
    coach.presses("Return")
    coach.sees("Step 5 of 5", "label")
    coach.presses_on("50 min", "radio button")
    coach.presses_on("Finish", "push button")
    coach.sees("Monday, 2 March", "label")


def add_clients(coach: Keyboard) -> None:
    """Maria agrees to be listed in the log, Tom was not asked."""
    coach.presses_on("Add a client", "push button")
    coach.is_on("Name", "text")
    coach.types("Maria Keller")
    coach.writes("E-mail", "maria@example.org")
    coach.presses_on("More")
    coach.presses_on("Agreed to be listed.*")
    coach.presses("Down", "Down", "Return")  # a menu: yesterday, today
    coach.is_on("Agreed to be listed in a credential log on: today")
    coach.presses_on("Add", "push button")
    coach.sees("Maria Keller", "label")
    coach.turns_to("ctrl+2", "Clients")
    coach.presses_on("Add a client", "push button")
    coach.is_on("Name", "text")
    coach.types("Tom Okafor")
    coach.presses("Return")
    coach.sees("Tom Okafor", "label")


def promise_and_plan(coach: Keyboard) -> None:
    """Four promises to Maria, a step of hers, and a session tomorrow at ten."""
    open_client(coach, "Maria Keller")
    coach.goes_to("A promise, or a next step …", "text")
    for words, _state in PROMISES.values():
        coach.types(words)
        coach.presses("Return")
        coach.sees(f"Kept: {words}", "push button")
    coach.keeps_picture("promised")
    coach.presses_on("Plan a session", "push button", by="shift+Tab")
    coach.sees("Tuesday, 3 March, 10:00.*", "label")
    coach.is_on("Day: tomorrow")
    coach.presses("ctrl+Return")
    coach.sees("Next: tomorrow.*", "push button")


def open_client(coach: Keyboard, name: str) -> None:
    coach.turns_to("ctrl+2", "Clients")
    coach.goes_to(".*", "list item")
    coach.presses_on(f"{name}.*", "list item", by="Down", key="Return")
    coach.sees(name, "label")


def log_past_sessions(coach: Keyboard) -> None:
    """Yesterday's with each of them."""
    for letters, name in (("mar", "Maria Keller"), ("tom", "Tom Okafor")):
        coach.turns_to("ctrl+5", "Hours")
        coach.presses_on("Log a past session", "push button")
        coach.is_on("Find a client", "text")
        coach.types(letters)
        coach.presses("Return")
        coach.sees(f"Log a past session: {name}", "label")
        coach.presses_on("Day: today")
        coach.presses("Down", "Return")
        coach.is_on("Day: yesterday")
        coach.presses("ctrl+Return")
        coach.sees(f"{name}.*", "list item")


# Tuesday


def hold_session(coach: Keyboard, running: Running) -> None:
    """The planned session to its agreed end, with a promise in it; CoachDesk started again shows its window."""
    coach.sees("10:00, Maria Keller.*", "push button")
    coach.presses_on("Begin", "push button")
    coach.is_on("Begin the session", "push button")
    coach.keeps_picture("brief")
    coach.presses("space")
    coach.reader.wait("time", "label", lower_than=BAR_HEIGHT)
    coach.presses("ctrl+alt+shift+p")
    coach.is_on("Promise.*", "text")
    coach.types("bring the feedback form")
    coach.presses("Return")
    coach.presses("ctrl+alt+shift+e")
    running.start_second()


def close_session(coach: Keyboard) -> None:
    """What mattered, and when they meet next."""
    coach.sees("bring the feedback form.*")
    coach.keeps_picture("close")
    coach.writes("What mattered", "a pause that held")
    coach.presses_on("Plan it", "push button")
    coach.sees_no("Plan it")
    coach.presses("ctrl+Return")
    coach.sees("Tuesday, 3 March", "label")


# Friday


def close_promises(coach: Keyboard) -> None:
    """Each with its key; the one let go is taken back by Ctrl+Z, and let go again."""
    coach.turns_to("ctrl+3", "Promises")
    for key, (words, state) in PROMISES.items():
        close_promise(coach, key, words, state)
    words = PROMISES["r"][0]
    coach.presses("ctrl+z")
    coach.sees(f"Kept: {words}", "push button")
    close_promise(coach, "r", *PROMISES["r"])
    coach.keeps_picture("promises")
    coach.presses_on("Open", "radio button", by="shift+Tab", key="Right")
    for words, state in PROMISES.values():
        if state != "carried on":
            coach.sees(f"{words}.*{state}.*")
    coach.keeps_picture("promises-closed")


def close_promise(coach: Keyboard, key: str, words: str, state: str) -> None:
    """With the key alone; what is carried on stands there with the day of the next session."""
    coach.goes_to(f"{words},.*", "panel")
    coach.presses(key)
    if state == "carried on":
        coach.sees(f"{words}, by Tue, 10 Mar.*", "panel")
    else:
        coach.sees_no(f"{words},.*", "panel")


def search(coach: Keyboard) -> None:
    """What mattered on Tuesday is found by a word of it, and opened."""
    coach.presses("ctrl+k")
    coach.is_on("Search, or say what to do", "text")
    coach.types("pause held")
    coach.sees("a pause that held.*", "list item")
    coach.presses("Return")
    coach.sees("Tue, 3 Mar, .*", "label")
    holds(coach, "What mattered", "a pause that held")


def holds(coach: Keyboard, name: str, words: str) -> None:
    """Wait until a field has these words."""
    field = coach.sees(name, "text")
    until(lambda: words == coach.reader.written(field), lambda: f"{name!r} holds {coach.reader.written(field)!r}")


def reflect(coach: Keyboard) -> None:
    """From Today: every question answered, with a line to each, a competence, a text; they are there afterwards."""
    coach.turns_to("ctrl+1", "Today")
    coach.presses_on("The week's reflection.*", "push button")
    coach.sees("Monday, 2 March to Sunday, 8 March", "label")
    coach.sees("4 promises of mine were due or looked at: 1 kept, 1 partly, 1 carried on, 1 let go.", "label")
    lines = [re.escape(thing.name) for thing in coach.reader.find("A line to: .*", "text")]
    assert QUESTIONS == len(lines)
    for line in lines:
        coach.presses_on("Yes", "radio button", key="Right")
        coach.is_on("Partly", "radio button")
        coach.presses("space")
        coach.goes_to(line, "text")
        coach.types(LINE)
    coach.presses_on("Competencies touched", "check box")
    coach.presses_on("Listens Actively", "check box")
    coach.writes("In my own words", "slower is kinder")
    coach.goes_to("The week before", "push button", by="shift+Tab")
    coach.sees("This week is written.*", "label")
    coach.keeps_picture("reflect")
    coach.turns_to("ctrl+1", "Today")
    coach.sees_no("The week's reflection.*", "push button")
    coach.turns_to("ctrl+4", "Reflect")
    holds(coach, "In my own words", "slower is kinder")


def save_summary(coach: Keyboard, path: Path) -> None:
    """For Maria, of Tuesday's session, as a PDF where the coach says."""
    open_client(coach, "Maria Keller")
    coach.presses_on("Hand out …", "push button")
    coach.is_on("Hand out", "filler")
    coach.presses_on("Save as …", "push button")
    save_as(coach, path)
    coach.sees("Saved. The file is not encrypted.", "label")
    coach.keeps_picture("summary")
    words = text_of(path)
    assert "bring the feedback form" in words
    assert "a pause that held" not in words


def save_as(coach: Keyboard, path: Path) -> None:
    """Name the file in Qt's own dialog."""
    coach.is_on("File name:", "text")
    coach.keeps_picture("save-as")
    coach.presses("ctrl+a")
    coach.types(str(path))
    coach.presses("Return")
    coach.sees_no("File name:", "text")


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def save_log(coach: Keyboard, path: Path) -> None:
    """The file says what the screen says: Maria by name with her hours, Tom's without his name."""
    coach.turns_to("ctrl+5", "Hours")
    on_screen = coach.sees("Maria Keller, .* h paid", "list item").name
    coach.presses_on("Write the log …", "push button")
    save_as(coach, path)
    coach.sees("The log is written: .*", "label")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = {row[0]: row[1:] for row in csv.reader(file)}
    hours = re.search(r"([\d.]+) h paid", on_screen)[1]
    assert float(hours) > 50 / 60  # the one logged and the one held
    assert ["maria@example.org", "Individual", "1", "2026-03-01", "2026-03-03", hours, "0.00"] == rows["Maria Keller"]
    assert "0.83" == rows["not listed (1 client)"][5]
    assert "Tom" not in path.read_text("utf-8-sig")


def back_up(coach: Keyboard) -> None:
    """By the settings."""
    coach.turns_to("ctrl+6", "Settings")
    coach.goes_to("Session", "radio button")
    coach.goes_to("Records", "radio button", by="Right")
    coach.presses_on("Back up now", "push button")
    coach.sees("Backed up.", "label")
    coach.keeps_picture("records")


def restore(coach: Keyboard) -> None:
    """A promise that the backup does not know is made, and is gone once the newest backup is in place."""
    coach.turns_to("ctrl+1", "Today")
    coach.writes("I promise …", AFTER_BACKUP)
    coach.presses("Return")
    coach.sees(f"{AFTER_BACKUP}.*", "panel")
    coach.turns_to("ctrl+6", "Settings")
    coach.presses_on("Restore a backup", "push button")
    coach.sees("Now: .*", "label")
    coach.sees("Choose the backup: today.*", "push button")
    coach.presses_on("Choose the backup: today.*", "push button")
    coach.is_on("Restore this backup", "push button")
    coach.keeps_picture("restore")
    coach.presses("space")
    coach.sees("The backup is restored. .*", "label")
    coach.keeps_picture("restored")
    coach.sees_no(f"{AFTER_BACKUP}.*")


def the_records_are_those_of_the_backup(folder: Path) -> None:
    """Everything of the week is there, nothing of what came after the backup; the records from before lie beside."""
    home = paths.home(folder)
    desk = Desk(Still.at(FRIDAY), home)
    desk.open(keys.with_passphrase(home.keys, PASSPHRASE))
    try:
        assert STATES == {(row.text, row.state) for row in desk.read(commitments.every)}
        assert ["Maria Keller", "Tom Okafor"] == [one.name for one in desk.read(clients.present)]
        written = desk.read(reflections.of_week, "2026-W10", "clients", zone=BERLIN)
        assert [("partly", LINE)] * QUESTIONS == [(each.answer, each.text) for each in written.asked]
        assert (1, "slower is kinder") == (len(written.competencies), written.text)
    finally:
        desk.close()
    assert list(folder.glob("records.db.before-restore-*"))
