"""Calendars from the command line, carried out by the running CoachDesk and without one."""

from pathlib import Path

import pytest

from coachdesk.desk import Desk
from coachdesk.paths import Home
from coachdesk.practice import calendar_rules, clients, sessions
from tests.cli.conftest import Run
from tests.exchange.test_calendar_in import ONCE, calendar


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A calendar with one entry of Ana's, one broken, and one that nobody knows."""
    path = tmp_path / "mine.ics"
    lunch = "UID:l|DTSTART:20260306T110000Z|DTEND:20260306T120000Z|SUMMARY:Lunch\x1b[31m"
    path.write_text(calendar(ONCE, "UID:b|SUMMARY:Broken|DTSTART:soon", lunch))
    return path


def test_a_calendar_is_looked_at_before_it_is_taken(run: Run, running: Desk, file: Path) -> None:
    ana = running.do(clients.add, "Ana")
    running.do(calendar_rules.add, "title", "Coaching Ana", ana.id)
    looked = run("import", "calendar", str(file), "--preview")
    assert 0 == looked.exit
    assert "new" in looked.out
    assert "2026-03-05 15:00  Ana" in looked.out
    assert "Lunch" in looked.out
    assert "\x1b" not in looked.out
    assert "Entry 2, “Broken”: “soon” is no date or time." in looked.out
    assert [] == running.read(sessions.every)
    answer = run("import", "calendar", str(file), "--json").json()
    assert ["plan"] == [step["act"] for step in answer["steps"]]
    assert answer["touched"] == [row.id for row in running.read(sessions.every)]
    assert "Nothing to do" in run("import", "calendar", str(file)).out


def test_a_calendar_is_written_and_never_over_another(run: Run, running: Desk, tmp_path: Path) -> None:
    ana = running.do(clients.add, "Ana")
    running.do(sessions.plan, ana.id, running.now().at)
    path = tmp_path / "out.ics"
    assert (0, f"{path}\n") == (run("export", "calendar", str(path)).exit, f"{path}\n")
    assert b"Ana" not in path.read_bytes()
    refused = run("export", "calendar", str(path), "--with-names")
    assert (1, True) == (refused.exit, "There is a file already" in refused.err)
    assert 0 == run("export", "calendar", str(path), "--with-names", "--force").exit
    assert b"SUMMARY:Session with Ana" in path.read_bytes()


def test_it_works_without_a_running_coachdesk(run: Run, records: Home, file: Path, tmp_path: Path) -> None:
    assert 0 == run("import", "calendar", str(file)).exit
    assert 0 == run("export", "calendar", str(tmp_path / "o.ics")).exit
    refused = run("import", "calendar", str(tmp_path / "no.ics"))
    assert (1, f"There is no file or folder at {tmp_path / 'no.ics'}.\n") == (refused.exit, refused.err)


def test_what_the_coach_decided_otherwise_is_told_and_left(run: Run, running: Desk, file: Path) -> None:
    ana = running.do(clients.add, "Ana")
    running.do(calendar_rules.add, "title", "Coaching Ana", ana.id)
    file.write_text(calendar(ONCE))
    run("import", "calendar", str(file))
    bea = running.do(clients.add, "Bea")
    running.do(calendar_rules.add, "title", "Coaching Ana", bea.id)
    told = run("import", "calendar", str(file)).out
    assert "Nothing to do by itself." in told
    assert "with somebody else  2026-03-05 15:00  Bea" in told.partition("Not as you decided")[2]
    assert [ana.id] == [each.client_id for each in running.read(sessions.every)]


def test_what_is_gone_is_told_and_not_called_off(run: Run, running: Desk, file: Path) -> None:
    ana = running.do(clients.add, "Ana")
    running.do(calendar_rules.add, "title", "Coaching Ana", ana.id)
    file.write_text(calendar(ONCE))
    run("import", "calendar", str(file))
    file.write_text(calendar())
    assert (
        "1 planned session is no longer in the calendar; look at it in the window."
        in run("import", "calendar", str(file)).out
    )
    assert ["planned"] == [row.state for row in running.read(sessions.every)]
