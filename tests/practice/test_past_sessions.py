"""Past sessions noted afterwards, beside the others of the same time."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session as Db

from coachdesk.clock import Still
from coachdesk.errors import Refused
from coachdesk.practice import clients, past_sessions, sessions

NINE = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_group_session_keeps_how_many_took_part(db: Db, clock: Still) -> None:
    circle = clients.add(db, "Circle", kind="group", group_size=6, now=clock.now())
    row = past_sessions.log(db, circle.id, NINE, 60, now=clock.now(), group_size=4, time_zone="Europe/Berlin")
    assert (4, "Europe/Berlin", "group") == (row.group_size, row.time_zone, row.kind)
    assert 6 == past_sessions.log(db, circle.id, NINE, 60, now=clock.now()).group_size
    with pytest.raises(Refused, match="between 1 and 1000"):
        past_sessions.log(db, circle.id, NINE, 60, now=clock.now(), group_size=0)


def test_one_person_has_no_number_of_people(db: Db, clock: Still) -> None:
    ana = clients.add(db, "Ana", now=clock.now())
    assert past_sessions.log(db, ana.id, NINE, 60, now=clock.now(), group_size=4).group_size is None


def test_only_what_was_held_at_the_same_time_overlaps(db: Db, clock: Still) -> None:
    ana = clients.add(db, "Ana", now=clock.now())
    first = sessions.log(db, ana.id, NINE, 60, now=clock.now())
    second = sessions.log(db, ana.id, NINE + HOUR, 60, now=clock.now())
    sessions.cancel(db, sessions.plan(db, ana.id, NINE, now=clock.now()).id, now=clock.now())
    assert [first] == past_sessions.overlapping(db, NINE, NINE + HOUR)
    assert [first, second] == past_sessions.overlapping(db, NINE + HOUR / 2, NINE + HOUR * 3)
    assert [second] == past_sessions.overlapping(db, NINE + HOUR / 2, NINE + HOUR * 3, besides=first.id)
    assert [] == past_sessions.overlapping(db, NINE + 2 * HOUR, NINE + 3 * HOUR)


def test_a_running_session_overlaps_what_reaches_into_it(db: Db, clock: Still) -> None:
    ana = clients.add(db, "Ana", now=clock.now())
    row = sessions.start(db, ana.id, now=clock.now())
    assert [row] == past_sessions.overlapping(db, clock.now().at - HOUR, clock.now().at + HOUR / 60)
