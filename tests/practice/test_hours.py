"""The log of hours: what counts, to the second, whoever and whenever it was."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session as Db

from coachdesk.clock import Still
from coachdesk.practice import clients, credential, hours, sessions
from coachdesk.practice.clients import Client
from coachdesk.practice.hours import Amount, HoursNoted, Rules
from coachdesk.practice.record import change, made, put
from coachdesk.settings import Settings, changed
from tests import hours_practices, quick
from tests.hours_practices import Practice

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
RULES = Rules(BERLIN, None, 15)


@pytest.fixture
def ada(db: Db, clock: Still) -> Client:
    """A client who agreed to be listed."""
    return clients.add(db, "Ada Lovelace", now=clock.now(), email="ada@example.org", log_consent_on=date(2026, 1, 1))


def noted(db: Db, clock: Still, **fields: object) -> HoursNoted:
    """Hours without a session."""
    usual = {"source": "imported", "from_on": date(2025, 1, 1), "to_on": date(2025, 1, 31)}
    return put(db, HoursNoted(**{**usual, **fields}, **made(clock.now())))


@settings(max_examples=60)
@given(hours_practices.practices)
def test_every_figure_is_what_the_raw_rows_say(practice: Practice) -> None:
    records = quick.records()
    with records.session() as db:
        practice.make(db)
        today = NOON.date()
        recent = credential.recent_from(today)
        told = hours.report(db, practice.rules, recent_from=recent)
        found = hours_practices.counted(db, practice)
    records.close()
    paid, free, number = Counter(), Counter(), Counter()
    for each in found:
        paid[each["whose"]] += each["paid"]
        free[each["whose"]] += each["pro_bono"]
        number[each["whose"]] += each["sessions"]
    assert sorted((paid[who], free[who], number[who]) for who in paid) == sorted(
        (each.paid_seconds, each.pro_bono_seconds, each.sessions) for each in told.every
    )
    for each in told.relationships:
        own = [one for one in found if one["whose"] == each.client_id]
        groups = [one for one in own if one["group"]]
        assert (paid[each.client_id], free[each.client_id]) == (each.paid_seconds, each.pro_bono_seconds)
        assert (min(one["first"] for one in own), max(one["last"] for one in own)) == (each.first_day, each.last_day)
        assert ("group" if groups else "individual") == each.kind
        assert (max((one["size"] or 0 for one in groups), default=0) or None) == each.group_size
    months = Counter()
    for each in found:
        if each["first"].replace(day=1) == each["last"].replace(day=1):
            months[each["first"].year, each["first"].month] += each["paid"] + each["pro_bono"]
    assert {month: seconds for month, seconds in months.items() if seconds} == {
        month: amount.seconds for month, amount in told.months.items() if amount.seconds
    }
    assert sum(paid.values()) + sum(free.values()) == told.total.seconds
    assert told.total.seconds - sum(months.values()) == told.over_months.seconds
    assert sum(e["paid"] + e["pro_bono"] for e in found if e["first"] >= recent) == told.recent_seconds
    agreed = {i for i, person in zip(practice.ids, practice.people, strict=True) if person.consents}
    assert agreed & set(paid) == {each.client_id for each in told.listed}


@given(st.integers(0, 10_000_000))
def test_hours_are_rounded_half_up_to_two_decimals(seconds: int) -> None:
    exact = Decimal(seconds) / 3600
    assert exact.quantize(Decimal("0.01"), ROUND_HALF_UP) == hours.in_hours(seconds)


def test_half_a_hundredth_is_rounded_up() -> None:
    assert ["0.00", "0.01", "0.01", "1.01"] == [str(hours.in_hours(n)) for n in (17, 18, 53, 3618)]


def test_the_total_is_the_rounded_sum_and_not_the_sum_of_rounded_ones(db: Db, clock: Still) -> None:
    for at in range(3):
        noted(db, clock, stands_for=f"{at}", paid_seconds=20 * 60)
    told = hours.report(db, RULES)
    assert ["0.33"] * 3 == [str(hours.in_hours(each.paid_seconds)) for each in told.every]
    assert "1.00" == str(hours.in_hours(told.total.paid_seconds))


def test_paid_and_pro_bono_are_apart_and_oneself_never_counts(db: Db, clock: Still, ada: Client) -> None:
    me = clients.add(db, "Me", kind="self", now=clock.now())
    sessions.log(db, ada.id, NOON - timedelta(days=40), 45, now=clock.now())
    sessions.log(db, ada.id, NOON - timedelta(days=2), 30, now=clock.now(), paid="pro_bono")
    sessions.log(db, me.id, NOON - timedelta(days=2), 30, now=clock.now())
    told = hours.report(db, RULES)
    assert [("Ada Lovelace", 2, 2700, 1800)] == [
        (each.name, each.sessions, each.paid_seconds, each.pro_bono_seconds) for each in told.relationships
    ]
    assert Amount(2, 2700, 1800) == told.total


def test_the_day_of_a_session_is_that_of_its_own_zone(db: Db, clock: Still, ada: Client) -> None:
    late = datetime(2026, 1, 31, 23, 30, tzinfo=UTC)
    for zone in ("", "America/New_York", "Nowhere/Land"):
        sessions.log(db, ada.id, late, 60, now=clock.now(), time_zone=zone)
    assert {(2026, 1): Amount(1, 3600, 0), (2026, 2): Amount(2, 7200, 0)} == hours.report(db, RULES).months


def test_only_sessions_from_the_first_day_on_count(db: Db, clock: Still, ada: Client) -> None:
    sessions.log(db, ada.id, datetime(2026, 1, 31, 22, 59, tzinfo=UTC), 60, now=clock.now())
    sessions.log(db, ada.id, datetime(2026, 1, 31, 23, 0, tzinfo=UTC), 30, now=clock.now())
    assert 1800 == hours.report(db, Rules(BERLIN, date(2026, 2, 1), 15)).total.seconds


def test_a_group_counts_once_and_as_its_members_unless_it_is_too_large(db: Db, clock: Still) -> None:
    circle = clients.add(db, "Circle", kind="group", group_size=15, now=clock.now())
    sessions.log(db, circle.id, NOON - timedelta(days=9), 60, now=clock.now())
    large = sessions.log(db, circle.id, NOON - timedelta(days=8), 60, now=clock.now())
    change(large, clock.now(), group_size=16)
    db.flush()
    told = hours.report(db, RULES)
    assert Amount(1, 3600, 0) == told.total
    assert Amount(1, 3600, 0) == told.large_groups
    assert [("group", 15, 15)] == [(each.kind, each.group_size, each.people) for each in told.relationships]
    assert 15 == credential.progress(told, NOON.date()).clients


def test_who_did_not_agree_and_who_was_forgotten_stand_together(db: Db, clock: Still, ada: Client) -> None:
    quiet = clients.add(db, "Quiet", now=clock.now())
    for client in (ada, quiet):
        sessions.log(db, client.id, NOON - timedelta(days=3), 60, now=clock.now())
    noted(db, clock, source="forgotten", stands_for="one", paid_seconds=600)
    noted(db, clock, source="forgotten", stands_for="one", pro_bono_seconds=300)
    told = hours.report(db, RULES)
    assert ["Ada Lovelace"] == [each.name for each in told.listed]
    assert [("Quiet", 3600), ("", 900)] == [(each.name, each.amount.seconds) for each in told.not_listed]


def test_imported_hours_count_with_their_client(db: Db, clock: Still, ada: Client) -> None:
    noted(db, clock, client_id=ada.id, from_on=date(2024, 5, 2), to_on=date(2025, 6, 1), paid_seconds=7200)
    sessions.log(db, ada.id, NOON - timedelta(days=3), 60, now=clock.now())
    told = hours.report(db, RULES)
    assert [(date(2024, 5, 2), date(2026, 2, 27), 10800)] == [
        (each.first_day, each.last_day, each.paid_seconds) for each in told.listed
    ]
    assert Amount(0, 7200, 0) == told.over_months


def test_hours_noted_across_the_first_day_do_not_count_and_are_told(db: Db, clock: Still) -> None:
    noted(db, clock, stands_for="a", paid_seconds=3600)
    noted(db, clock, stands_for="b", from_on=date(2024, 1, 1), to_on=date(2024, 2, 1), paid_seconds=60)
    told = hours.report(db, Rules(BERLIN, date(2025, 1, 15), 15))
    assert (0, 3600) == (told.total.seconds, told.across_start.seconds)


def test_rules_come_from_the_settings_and_a_later_day_may_be_asked() -> None:
    settings = changed(changed(Settings(), "hours.training_start", "2024-03-01"), "hours.group_cap", 25)
    assert Rules(BERLIN, date(2024, 3, 1), 25) == Rules.chosen(settings, BERLIN)
    assert date(2025, 1, 1) == Rules.chosen(settings, BERLIN, date(2025, 1, 1)).first_day
    assert date(2024, 3, 1) == Rules.chosen(settings, BERLIN, date(2023, 1, 1)).first_day
    assert Rules.chosen(Settings(), BERLIN).first_day is None


@pytest.mark.parametrize(
    ("today", "since"),
    [
        (date(2026, 3, 2), date(2024, 9, 2)),
        (date(2026, 8, 31), date(2025, 2, 28)),
        (date(2025, 8, 31), date(2024, 2, 29)),
        (date(2026, 6, 30), date(2024, 12, 30)),
        (date(2026, 7, 1), date(2025, 1, 1)),
    ],
)
def test_eighteen_months_are_counted_by_the_calendar(today: date, since: date) -> None:
    assert since == credential.recent_from(today)


def test_what_is_recent_begins_at_local_midnight_also_when_clocks_change(db: Db, clock: Still, ada: Client) -> None:
    changed_on = date(2024, 10, 27)  # in Berlin an hour longer than others
    for at in (datetime(2024, 10, 26, 21, 59, tzinfo=UTC), datetime(2024, 10, 26, 22, 0, tzinfo=UTC)):
        sessions.log(db, ada.id, at, 10, now=clock.now())
    assert 600 == hours.report(db, RULES, recent_from=changed_on).recent_seconds


def test_progress_is_told_beside_what_is_asked(db: Db, clock: Still, ada: Client) -> None:
    sessions.log(db, ada.id, NOON - timedelta(days=3), 60, now=clock.now())
    noted(db, clock, stands_for="x", from_on=date(2020, 1, 1), to_on=date(2020, 1, 2), pro_bono_seconds=1800)
    today = NOON.date()
    told = credential.progress(hours.report(db, RULES, recent_from=credential.recent_from(today)), today)
    assert credential.Progress(5400, 3600, 2, 3600, date(2024, 9, 2)) == told
    assert [("ACC", 100, 75, 8, 25), ("PCC", 500, 450, 25, 50), ("MCC", 2500, 2250, 35, None)] == [
        (each.name, each.hours, each.paid, each.clients, each.recent) for each in credential.CREDENTIALS
    ]
