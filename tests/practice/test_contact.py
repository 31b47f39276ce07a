"""Who has no next date, and whose records have been kept long enough."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session as Db

from coachdesk.clock import Still
from coachdesk.practice import clients, contact, sessions
from coachdesk.practice.clients import Client

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
HERE = ZoneInfo("Europe/Berlin")


def test_whoever_comes_and_has_no_next_date_is_found_by_name(db: Db, clock: Still, ada: Client, ben: Client) -> None:
    clients.add(db, "New", now=clock.now())
    for client in (ben, ada):
        sessions.log(db, client.id, NOON - timedelta(hours=2), 60, now=clock.now())
    assert [ada.id, ben.id] == [client.id for client in contact.without_next(db, now=clock.now())]
    sessions.plan(db, ada.id, NOON + timedelta(days=7), now=clock.now())
    assert [ben.id] == [client.id for client in contact.without_next(db, now=clock.now())]


def test_a_planned_session_that_was_not_begun_counts_as_a_date_for_two_hours(db: Db, clock: Still, ada: Client) -> None:
    sessions.log(db, ada.id, NOON - timedelta(hours=2), 60, now=clock.now())
    sessions.plan(db, ada.id, NOON + timedelta(hours=1), now=clock.now())
    clock.advance(3 * 3600 - 1)
    assert [] == contact.without_next(db, now=clock.now())
    clock.advance(1)
    assert [ada.id] == [client.id for client in contact.without_next(db, now=clock.now())]


@pytest.mark.parametrize(
    ("fields", "days_before", "proposed"),
    [
        ({}, 0, True),
        ({"ended_on": date(2024, 3, 1)}, 0, True),
        ({"ended_on": date(2024, 3, 3)}, 0, False),
        ({"archived_at": NOON - timedelta(days=800)}, 0, True),
        ({"archived_at": NOON - timedelta(days=700)}, 0, False),
        ({}, 800, True),
        ({}, 700, False),
    ],
)
def test_a_client_is_proposed_once_the_last_thing_is_long_enough_ago(
    db: Db, clock: Still, ada: Client, fields: dict[str, Any], days_before: int, proposed: bool
) -> None:
    ada.created_at = NOON - timedelta(days=3000)
    for name, value in fields.items():
        setattr(ada, name, value)
    if days_before:
        sessions.log(db, ada.id, NOON - timedelta(days=days_before), 50, now=clock.now())
    assert ([ada.id] if proposed else []) == [
        p.client.id for p in contact.past_retention(db, 2, now=clock.now(), zone=HERE)
    ]


def test_nobody_is_proposed_who_comes_again_or_is_the_coach_or_without_a_period(
    db: Db, clock: Still, ada: Client, ben: Client
) -> None:
    me = clients.add(db, "Me", kind="self", now=clock.now())
    for client in (ada, ben, me):
        client.created_at = NOON - timedelta(days=3000)
    sessions.plan(db, ben.id, NOON + timedelta(days=3), now=clock.now())
    assert [ada.id] == [past.client.id for past in contact.past_retention(db, 1, now=clock.now(), zone=HERE)]
    assert [] == contact.past_retention(db, 0, now=clock.now(), zone=HERE)


def test_the_longest_ago_comes_first_with_its_day(db: Db, clock: Still, ada: Client, ben: Client) -> None:
    ada.created_at, ben.created_at = datetime(2018, 1, 1, 23, 30, tzinfo=UTC), datetime(2017, 5, 4, 12, tzinfo=UTC)
    assert [(ben.id, date(2017, 5, 4)), (ada.id, date(2018, 1, 2))] == [
        (past.client.id, past.last_on) for past in contact.past_retention(db, 1, now=clock.now(), zone=HERE)
    ]


@pytest.mark.parametrize(
    ("ended_on", "last_on"), [(date(2019, 6, 1), date(2019, 6, 1)), (date(2016, 6, 1), date(2017, 5, 4))]
)
def test_the_day_told_is_the_one_the_years_count_from(
    db: Db, clock: Still, ada: Client, ben: Client, ended_on: date, last_on: date
) -> None:
    ada.created_at, ben.created_at = datetime(2017, 5, 4, 12, tzinfo=UTC), datetime(2018, 5, 4, 12, tzinfo=UTC)
    ada.ended_on = ended_on
    proposed = contact.past_retention(db, 1, now=clock.now(), zone=HERE)
    assert {(ada.id, last_on), (ben.id, date(2018, 5, 4))} == {(past.client.id, past.last_on) for past in proposed}
    assert sorted(past.last_on for past in proposed) == [past.last_on for past in proposed]


def test_a_leap_day_is_no_trouble(db: Db, clock: Still, ada: Client) -> None:
    ada.created_at = datetime(2023, 2, 28, 11, tzinfo=UTC)
    clock.step((datetime(2024, 2, 29, 12, tzinfo=UTC) - NOON).total_seconds())
    assert [ada.id] == [past.client.id for past in contact.past_retention(db, 1, now=clock.now(), zone=HERE)]
