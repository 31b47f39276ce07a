"""The program reads the followed calendar when the records are opened, and stops watching it when they are locked."""

from datetime import UTC, datetime
from pathlib import Path

from coachdesk.practice import calendar_plans, calendar_rules, clients, sessions
from coachdesk.storage import store
from coachdesk.ui.calendar_following import CalendarFollowing
from tests.exchange.test_calendar_in import ONCE, calendar


def test_a_followed_calendar_is_read_when_the_records_open(qtbot, start, locked, home, tmp_path: Path):
    file = tmp_path / "mine.ics"
    file.write_text(calendar(ONCE))
    program = start()
    program.opening.adopt(store.open(home.records, locked[0]))
    ana = program.desk.do(clients.add, "Ana")
    program.desk.do(calendar_rules.add, "title", "Coaching Ana", ana.id)
    program.opening.lock()
    qtbot.waitUntil(lambda: not program.desk.is_open)
    following = program.findChild(CalendarFollowing)
    records = store.open(home.records, locked[0])
    with records.session() as db:
        calendar_plans.follow(db, str(file), now=program.desk.now())
        db.commit()
    program.opening.adopt(records)
    qtbot.waitUntil(lambda: program.desk.read(sessions.every) != [], timeout=20_000)
    (row,) = program.desk.read(sessions.every)
    assert ("planned", datetime(2026, 3, 5, 14, tzinfo=UTC)) == (row.state, row.planned_start)
    assert str(file) in following._watcher.files()
    assert program.desk.steps.done is None
    program.opening.lock()
    qtbot.waitUntil(lambda: not program.desk.is_open)
    assert [] == [*following._watcher.files(), *following._watcher.directories()]
