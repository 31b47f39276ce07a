"""The calendar that is written, read back by icalendar: what is in it, and what is not said in it."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from coachdesk.clock import Still
from coachdesk.desk import Desk
from coachdesk.exchange import calendar_out
from coachdesk.exchange.calendar_in import read
from coachdesk.practice import calendar_plans, clients, commitments, sessions
from coachdesk.practice.calendar_entries import Entry, Reading
from coachdesk.practice.clients import Client

BERLIN = ZoneInfo("Europe/Berlin")
AT = datetime(2026, 3, 28, 23, 30, tzinfo=UTC)
"""An hour and a half before the clocks go forward in Berlin."""


@pytest.fixture
def ana(desk: Desk) -> Client:
    return desk.do(clients.add, "Ana Lindqvist", short_name="Ana")


def written(desk: Desk, **how: Any) -> bytes:
    return desk.read(calendar_out.export, zone=BERLIN, **how)


def parts(raw: bytes, kind: str = "VEVENT") -> list[Any]:
    return Calendar.from_ical(raw).walk(kind)


def test_a_session_keeps_its_times_and_zone_and_says_no_name(desk: Desk, ana: Client):
    row = desk.do(sessions.plan, ana.id, AT, minutes=120)
    raw = written(desk)
    (event,) = parts(raw)
    assert (AT, AT + timedelta(minutes=120)) == (event["DTSTART"].dt.astimezone(UTC), event["DTEND"].dt.astimezone(UTC))
    assert "Europe/Berlin" == event["DTSTART"].params["TZID"]
    assert ["Europe/Berlin"] == [zone["TZID"] for zone in parts(raw, "VTIMEZONE")]
    assert (f"{row.id}@coachdesk", "Coaching session", "CONFIRMED", "PRIVATE") == tuple(
        str(event[name]) for name in ("UID", "SUMMARY", "STATUS", "CLASS")
    )
    assert desk.now().at == event["DTSTAMP"].dt
    assert b"Ana" not in raw


def test_names_and_texts_stand_in_it_only_when_asked_for(desk: Desk, ana: Client):
    desk.do(sessions.plan, ana.id, AT)
    desk.do(commitments.add, ana.id, "Send the questions; all, of them\nsoon", due_on=date(2026, 3, 9))
    assert b"questions" not in written(desk)
    assert b"Lindqvist" not in written(desk)
    assert ["Session with Ana"] == [str(one["SUMMARY"]) for one in parts(written(desk, names=True))]
    assert ["Session with Ana Lindqvist"] == [
        str(one["SUMMARY"]) for one in parts(written(desk, names=True, short=False))
    ]
    (todo,) = parts(written(desk, names=True), "VTODO")
    assert ("Send the questions; all, of them soon", date(2026, 3, 9)) == (str(todo["SUMMARY"]), todo["DUE"].dt)


def test_only_one_s_own_open_promises_with_a_date_stand_in_it(desk: Desk, ana: Client):
    for owner, due in (("coach", 9), ("both", 10), ("client", 11), ("coach", None)):
        day = date(2026, 3, due) if due else None
        desk.do(commitments.add, ana.id, f"{owner} {due}", owner=owner, due_on=day)
    kept = desk.do(commitments.add, ana.id, "kept", due_on=date(2026, 3, 12))
    desk.do(commitments.review, kept.id, "kept")
    assert ["coach 9", "both 10"] == [str(one["SUMMARY"]) for one in parts(written(desk, names=True), "VTODO")]


def test_what_was_moved_or_called_off_is_taken_away_elsewhere(desk: Desk, ana: Client, clock: Still):
    row = desk.do(sessions.plan, ana.id, AT)
    before = parts(written(desk))[0]
    clock.advance(90)
    new = desk.do(sessions.move, row.id, AT + timedelta(days=1))
    old, coming = parts(written(desk))
    assert ("CANCELLED", before["UID"], 90) == (str(old["STATUS"]), old["UID"], old["SEQUENCE"])
    assert before["SEQUENCE"] < old["SEQUENCE"]
    assert ("CONFIRMED", f"{new.id}@coachdesk") == (str(coming["STATUS"]), str(coming["UID"]))


def test_what_is_past_or_came_from_a_calendar_is_left_out(desk: Desk, ana: Client):
    desk.do(sessions.plan, ana.id, desk.now().at - timedelta(days=2))
    entry = Entry("u1", AT, AT, AT + timedelta(hours=1), "Ana")
    desk.do(calendar_plans.answer, [entry], ana.id)
    desk.do(calendar_plans.take_known, Reading("/c.ics", desk.now().at, AT + timedelta(days=9), (entry,)))
    assert [] == parts(written(desk))


@pytest.mark.parametrize("name", ["נועה בן־דוד 🌿", "ليلى الحدّاد", 'Zoë; \\n, "B"', "山田太郎" * 20, "a\x07b\u2028c"])
def test_any_script_is_folded_escaped_and_read_back(name: str, desk: Desk):
    client = desk.do(clients.add, name)
    desk.do(sessions.plan, client.id, AT)
    raw = written(desk, names=True)
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    shown = "ab c" if "\x07" in name else name
    assert f"Session with {shown}" == str(parts(raw)[0]["SUMMARY"])


def test_we_read_what_we_write_and_plan_nothing_from_it(desk: Desk, ana: Client, tmp_path: Path):
    desk.do(sessions.plan, ana.id, AT, minutes=45)
    path = tmp_path / "ours.ics"
    path.write_bytes(written(desk, names=True))
    reading = read(path, now=desk.now().at, zone=BERLIN)
    assert ((), [(AT, 45, "Session with Ana")]) == (
        reading.problems, [(one.start, one.minutes, one.title) for one in reading.entries],
    )  # fmt: skip
    preview = desk.read(calendar_plans.preview, reading)
    assert ((), ()) == (preview.steps, preview.unknown)


def test_an_empty_plan_is_an_empty_calendar(desk: Desk):
    assert [] == parts(written(desk))
    assert b"BEGIN:VCALENDAR" in written(desk)
