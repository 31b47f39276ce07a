"""The coach's own practice by month: equal to a computation of the test's own, in any zone, over any months."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from sqlmodel import Session

from coachdesk.clock import Still
from coachdesk.paths import Home
from coachdesk.practice import clients, commitments, cues_shown, sessions, trends
from coachdesk.practice.trends import Month
from tests import quick

BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2025, 10, 25, 12, tzinfo=UTC)

DEEDS = some.lists(
    some.tuples(
        some.integers(0, 40 * 24 * 60),  # minutes that pass before it
        some.sampled_from(
            ["kept", "partly", "carried", "released", "taken back", "held", "held alone", "asked", "shown"]
        ),
        some.sampled_from(["coach", "client", "both"]),
    ),
    max_size=12,
)
ZONES = some.sampled_from(["Europe/Berlin", "Pacific/Auckland", "America/St_Johns", "UTC", "Pacific/Kiritimati"])


def shown(rows: list[Month]) -> list[tuple]:
    return [(m.first, m.kept, m.partly, m.carried, m.released, m.sessions, m.seconds, m.checks) for m in rows]


@settings(max_examples=60)
@given(
    deeds=DEEDS,
    zone=ZONES.map(ZoneInfo),
    whom=some.sampled_from(["clients", "self", "both"]),
    months=some.integers(1, 15),
)
def test_the_months_are_what_a_person_would_count(tmp_path_factory, deeds, zone, whom, months) -> None:
    clock = Still.at(START)
    with quick.desk(clock, Home(Path(tmp_path_factory.getbasetemp()))) as desk:
        ada, me = desk.do(clients.add, "Ada").id, desk.do(clients.add, "Me", kind="self").id
        counted: dict[date, Counter] = {}
        for minutes, deed, owner in deeds:
            clock.advance(minutes * 60 + 1)
            month = clock.now().at.astimezone(zone).date().replace(day=1)
            for name, amount in _do(desk, clock, ada, me, deed, owner):
                if not (name in ("sessions", "seconds") and deed == "held alone" and whom == "clients"):
                    counted.setdefault(month, Counter())[name] += amount
        here = clock.now().at.astimezone(zone).date().replace(day=1)
        everything = desk.read(trends.by_month, whom, zone=zone)
        last = desk.read(trends.by_month, whom, zone=zone, months=months)
    assert shown(_expected(counted, min(counted, default=None), here)) == shown(everything)
    assert shown(_expected(counted, _back(here, months - 1), here)) == shown(last)


def _do(desk, clock, ada, me, deed, owner) -> list[tuple[str, int]]:
    """Do one thing; what it adds to its month."""
    if deed in ("held", "held alone", "asked", "shown"):
        row = desk.do(sessions.start, me if deed == "held alone" else ada)
        if deed in ("asked", "shown"):
            cue = desk.do(cues_shown.shown, row.id, "process_check", "check-1")
            desk.do(cues_shown.answered, cue.id, "asked" if deed == "asked" else "later")
        clock.advance(600)
        desk.do(sessions.finish)
        return [("sessions", 1), ("seconds", 600), *([("checks", 1)] if deed == "asked" else [])]
    row = desk.do(commitments.add, ada, "x", owner=owner)
    desk.do(commitments.review, row.id, "kept" if deed == "taken back" else deed)
    if deed == "taken back":
        desk.do(commitments.withdraw, row.id)
    return [] if deed == "taken back" or owner == "client" else [(deed, 1)]


def _back(first: date, months: int) -> date:
    for _each in range(months):
        first = (first - timedelta(days=1)).replace(day=1)
    return first


def _expected(counted: dict[date, Counter], first: date | None, last: date) -> list[Month]:
    rows = []
    while first is not None and first <= last:
        rows.append(Month(first, **counted.get(first, {})))
        first = (first + timedelta(days=31)).replace(day=1)
    return rows


def test_without_any_record_there_is_no_month_to_show_but_the_last_ones_are_empty(db: Session, clock: Still) -> None:
    assert [] == trends.by_month(db, "clients", now=clock.now(), zone=BERLIN)
    assert [Month(date(2026, 1, 1)), Month(date(2026, 2, 1)), Month(date(2026, 3, 1))] == trends.by_month(
        db, "clients", now=clock.now(), zone=BERLIN, months=3
    )


def test_a_promise_that_was_closed_again_stands_in_the_month_of_the_last_word(db: Session, clock: Still) -> None:
    ada = clients.add(db, "Ada", now=clock.now())
    row = commitments.add(db, ada.id, "x", now=clock.now())
    commitments.review(db, row.id, "kept", now=clock.now())
    clock.advance(30 * 86400)
    commitments.withdraw(db, row.id, now=clock.now())
    commitments.review(db, row.id, "released", now=clock.now())
    assert [(date(2026, 4, 1), 0, 0, 0, 1, 0, 0, 0)] == shown(
        trends.by_month(db, "clients", now=clock.now(), zone=BERLIN)
    )


def test_what_lies_after_the_present_month_is_not_shown(db: Session, clock: Still) -> None:
    ada = clients.add(db, "Ada", now=clock.now())
    sessions.log(db, ada.id, clock.now().at - timedelta(hours=2), 60, now=clock.now())
    clock.advance(-40 * 86400)
    rows = trends.by_month(db, "clients", now=clock.now(), zone=BERLIN)
    assert 0 == sum(row.sessions for row in rows)


@pytest.mark.parametrize(
    ("zone", "month"), [("Europe/Berlin", date(2027, 1, 1)), ("America/New_York", date(2026, 12, 1))]
)
def test_new_year_s_eve_is_in_the_month_it_is_where_the_person_is(
    db: Session, clock: Still, zone: str, month: date
) -> None:
    clock.advance((datetime(2026, 12, 31, 23, 30, tzinfo=UTC) - clock.now().at).total_seconds())
    ada = clients.add(db, "Ada", now=clock.now())
    sessions.start(db, ada.id, now=clock.now())
    clock.advance(60)
    sessions.finish(db, now=clock.now())
    assert [month] == [row.first for row in trends.by_month(db, "both", now=clock.now(), zone=ZoneInfo(zone))]
