"""The facts of a practice as the records tell them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from coachdesk.practice import agreements, clients, commitments, corrections, sessions
from coachdesk.practice.forget import Erasure
from coachdesk.practice.record import made, put
from coachdesk.practice.reflections import Reflection
from coachdesk.reminders.duties import Agreed, Dateless, Facts, Past, Planned, Promised
from coachdesk.reminders.facts import facts
from tests import quick

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def desk(clock, home):
    with quick.desk(clock, home) as opened:
        yield opened


@pytest.fixture
def ana(desk):
    return desk.do(clients.add, "Ana")


def log(desk, client, when):
    return desk.do(sessions.log, client.id, when, 50)


def test_empty_records_hold_no_facts(desk):
    assert Facts() == desk.read(facts)


def test_oneself_is_no_client(desk, clock):
    me = desk.do(clients.add, "Me", kind="self")
    log(desk, me, NOON - DAY)
    assert Facts(held_any=True) == desk.read(facts)


def test_open_promises_with_a_date_are_facts_and_a_clients_own_steps_are_not(desk, ana):
    mine = desk.do(commitments.add, ana.id, "Mine", due_on=date(2026, 3, 5))
    ours = desk.do(commitments.add, ana.id, "Ours", owner="both", due_on=date(2026, 3, 6))
    desk.do(commitments.add, ana.id, "Theirs", owner="client", due_on=date(2026, 3, 5))
    desk.do(commitments.add, ana.id, "Whenever")
    kept = desk.do(commitments.add, ana.id, "Kept", due_on=date(2026, 3, 5))
    desk.do(commitments.review, kept.id, "kept")
    assert {
        Promised(mine.id, ana.id, "coach", date(2026, 3, 5)), Promised(ours.id, ana.id, "both", date(2026, 3, 6)),
    } == set(desk.read(facts).promised)  # fmt: skip


def test_planned_sessions_are_facts_until_long_over(desk, ana):
    soon = desk.do(sessions.plan, ana.id, NOON + DAY)
    desk.do(sessions.plan, ana.id, NOON - 2 * DAY)
    cancelled = desk.do(sessions.plan, ana.id, NOON + DAY)
    desk.do(sessions.cancel, cancelled.id)
    assert (Planned(soon.id, ana.id, NOON + DAY, 50),) == desk.read(facts).planned


def test_a_client_is_without_a_date_since_the_last_session(desk, ana):
    log(desk, ana, NOON - 9 * DAY)
    log(desk, ana, NOON - 2 * DAY)
    assert (Dateless(ana.id, NOON - 2 * DAY),) == desk.read(facts).dateless


def test_with_a_session_planned_only_when_that_counts_as_not_held(desk, ana):
    log(desk, ana, NOON - 2 * DAY)
    desk.do(sessions.plan, ana.id, NOON + DAY)
    assert (Dateless(ana.id, NOON + DAY + timedelta(hours=2)),) == desk.read(facts).dateless


def test_or_since_it_was_noted_that_one_fell_away(desk, ana, clock):
    log(desk, ana, NOON - 9 * DAY)
    planned = desk.do(sessions.plan, ana.id, NOON + 5 * DAY)
    clock.advance(3600)
    desk.do(sessions.cancel, planned.id)
    assert (Dateless(ana.id, NOON + timedelta(hours=1)),) == desk.read(facts).dateless


def test_whoever_never_came_is_not_without_a_date_but_may_be_past(desk, ana):
    assert ((), (Past(ana.id, NOON, None),)) == (desk.read(facts).dateless, desk.read(facts).past)


@pytest.mark.parametrize("fields", [{"ended_on": date(2026, 3, 1)}, {}])
def test_whoever_has_ended_or_is_archived_is_not_without_a_date(desk, ana, fields):
    log(desk, ana, NOON - 2 * DAY)
    desk.do(clients.edit, ana.id, **fields) if fields else desk.do(clients.archive, ana.id)
    found = desk.read(facts)
    assert ((), (Past(ana.id, NOON - 2 * DAY, fields.get("ended_on")),)) == (found.dateless, found.past)


def test_a_client_is_past_from_the_last_session_or_the_last_planned_one(desk, ana):
    log(desk, ana, NOON - 2 * DAY)
    assert (Past(ana.id, NOON - 2 * DAY, None),) == desk.read(facts).past
    desk.do(sessions.plan, ana.id, NOON + DAY)
    assert (Past(ana.id, NOON + DAY, None),) == desk.read(facts).past


def test_a_corrected_time_is_the_time(desk, ana):
    row = log(desk, ana, NOON - 2 * DAY)
    desk.do(corrections.times, row.id, started_at=NOON - 3 * DAY)
    assert (Dateless(ana.id, NOON - 3 * DAY),) == desk.read(facts).dateless


def test_only_the_agreement_in_force_is_a_fact(desk, ana):
    desk.do(agreements.agree, ana.id, agreed_on=date(2026, 1, 1), review_on=date(2026, 2, 1))
    row = desk.do(agreements.agree, ana.id, agreed_on=date(2026, 2, 2), review_on=date(2026, 5, 1))
    assert (Agreed(row.id, ana.id, date(2026, 2, 2), date(2026, 5, 1)),) == desk.read(facts).agreed
    desk.do(clients.archive, ana.id)
    assert () == desk.read(facts).agreed


def test_weeks_written_nearby_are_known(desk, now):
    desk.do(lambda db: [put(db, Reflection(week=week, **made(now))) for week in ("2026-W10", "2025-W10")] and None)
    assert {"2026-W10"} == desk.read(facts).reflected


def test_the_beginning_the_last_backup_and_open_erasures_are_known(desk, ana, now):
    def leave(db):
        put(db, Erasure(id="done", client_id="x", done_at=now.at, **made(now)))
        put(db, Erasure(id="open", client_id="y", **made(now)))

    desk.do(leave)
    found = desk.read(facts, backup_at=NOON - DAY)
    assert (NOON, NOON - DAY, (("open", NOON),), False) == (
        found.begun_at, found.backup_at, found.unfinished, found.held_any,
    )  # fmt: skip
