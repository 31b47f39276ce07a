"""The facts of a practice as the records tell them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from coachdesk.clock import Now
from coachdesk.practice import agreements, clients, commitments, contact, corrections, reflections, sessions
from coachdesk.practice.forget import Erasure
from coachdesk.practice.record import made, put
from coachdesk.reminders.duties import Agreed, Dateless, Facts, Past, Planned, Promised, duties
from coachdesk.reminders.facts import facts
from coachdesk.settings import Settings, changed
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


def look(desk, **known) -> Facts:
    return desk.read(facts, zone=ZoneInfo("Europe/Berlin"), whom="clients", **known)


def log(desk, client, when):
    return desk.do(sessions.log, client.id, when, 50)


def test_empty_records_hold_no_facts(desk):
    assert Facts() == look(desk)


def test_oneself_is_no_client(desk, clock):
    me = desk.do(clients.add, "Me", kind="self")
    log(desk, me, NOON - DAY)
    assert Facts(held_any=True) == look(desk)


def test_open_promises_with_a_date_are_facts_and_a_clients_own_steps_are_not(desk, ana):
    mine = desk.do(commitments.add, ana.id, "Mine", due_on=date(2026, 3, 5))
    ours = desk.do(commitments.add, ana.id, "Ours", owner="both", due_on=date(2026, 3, 6))
    desk.do(commitments.add, ana.id, "Theirs", owner="client", due_on=date(2026, 3, 5))
    desk.do(commitments.add, ana.id, "Whenever")
    kept = desk.do(commitments.add, ana.id, "Kept", due_on=date(2026, 3, 5))
    desk.do(commitments.review, kept.id, "kept")
    assert {
        Promised(mine.id, ana.id, "coach", date(2026, 3, 5)), Promised(ours.id, ana.id, "both", date(2026, 3, 6)),
    } == set(look(desk).promised)  # fmt: skip


def test_a_promise_to_a_client_in_the_archive_is_no_fact_until_they_are_back(desk, ana):
    promise = desk.do(commitments.add, ana.id, "Mine", due_on=date(2026, 3, 5))
    desk.do(clients.edit, ana.id, ended_on=date(2026, 3, 1))
    assert [promise.id] == [one.id for one in look(desk).promised]
    desk.do(clients.archive, ana.id)
    assert () == look(desk).promised
    desk.do(clients.bring_back, ana.id)
    assert [promise.id] == [one.id for one in look(desk).promised]


def test_planned_sessions_are_facts_until_long_over(desk, ana):
    soon = desk.do(sessions.plan, ana.id, NOON + DAY)
    desk.do(sessions.plan, ana.id, NOON - 2 * DAY)
    cancelled = desk.do(sessions.plan, ana.id, NOON + DAY)
    desk.do(sessions.cancel, cancelled.id)
    assert (Planned(soon.id, ana.id, NOON + DAY, 50),) == look(desk).planned


def test_a_client_is_without_a_date_since_the_last_session(desk, ana):
    log(desk, ana, NOON - 9 * DAY)
    log(desk, ana, NOON - 2 * DAY)
    assert (Dateless(ana.id, NOON - 2 * DAY),) == look(desk).dateless


def test_with_a_session_planned_only_when_that_counts_as_not_held(desk, ana):
    log(desk, ana, NOON - 2 * DAY)
    desk.do(sessions.plan, ana.id, NOON + DAY)
    assert (Dateless(ana.id, NOON + DAY + timedelta(hours=2)),) == look(desk).dateless


def test_or_since_it_was_noted_that_one_fell_away(desk, ana, clock):
    log(desk, ana, NOON - 9 * DAY)
    planned = desk.do(sessions.plan, ana.id, NOON + 5 * DAY)
    clock.advance(3600)
    desk.do(sessions.cancel, planned.id)
    assert (Dateless(ana.id, NOON + timedelta(hours=1)),) == look(desk).dateless


@pytest.mark.parametrize("fall", [sessions.cancel, sessions.missed])
def test_what_is_written_later_of_one_that_fell_away_is_no_new_occasion(desk, ana, clock, fall):
    planned = desk.do(sessions.plan, ana.id, NOON + 5 * DAY)
    desk.do(fall, planned.id)
    clock.advance(3600)
    desk.do(sessions.edit, planned.id, intention="Ask how it was")
    assert (Dateless(ana.id, NOON),) == look(desk).dateless


def test_whoever_never_came_is_not_without_a_date_but_may_be_past(desk, ana):
    assert ((), (Past(ana.id, NOON, None),)) == (look(desk).dateless, look(desk).past)


@pytest.mark.parametrize("fields", [{"ended_on": date(2026, 3, 1)}, {}])
def test_whoever_has_ended_or_is_archived_is_not_without_a_date(desk, ana, fields):
    log(desk, ana, NOON - 2 * DAY)
    desk.do(clients.edit, ana.id, **fields) if fields else desk.do(clients.archive, ana.id)
    found = look(desk)
    assert ((), (Past(ana.id, NOON - 2 * DAY if fields else NOON, fields.get("ended_on")),)) == (
        found.dateless,
        found.past,
    )


def test_of_the_past_it_is_known_what_is_planned(desk, ana):
    log(desk, ana, NOON - 2 * DAY)
    assert (Past(ana.id, NOON - 2 * DAY),) == look(desk).past
    desk.do(sessions.plan, ana.id, NOON + DAY)
    assert (Past(ana.id, NOON - 2 * DAY, None, NOON + DAY),) == look(desk).past


def test_whom_the_duty_proposes_the_list_of_the_settings_proposes_too(desk, ana):
    log(desk, ana, NOON - 2 * DAY)
    settings, found = changed(Settings(), "privacy.retention_years", 1), look(desk)
    for hours in range(360 * 24, 370 * 24, 7):
        now = Now(NOON + timedelta(hours=hours), 0.0, 0.0, "boot")
        due = [duty for duty in duties(found, settings, now, ZoneInfo("Europe/Berlin")) if duty.kind == "retention"]
        listed = desk.read(contact.past_retention, 1, now=now, zone=ZoneInfo("Europe/Berlin"))
        is_morning = now.at.astimezone(ZoneInfo("Europe/Berlin")).hour >= settings.reminders.morning
        assert (len(due) == len(listed)) if is_morning else (len(due) <= len(listed))
    assert 1 == len(due)


def test_a_corrected_time_is_the_time(desk, ana):
    row = log(desk, ana, NOON - 2 * DAY)
    desk.do(corrections.times, row.id, started_at=NOON - 3 * DAY, ended_at=NOON - 3 * DAY + timedelta(hours=1))
    assert (Dateless(ana.id, NOON - 3 * DAY),) == look(desk).dateless


def test_only_the_agreement_in_force_is_a_fact(desk, ana):
    desk.do(agreements.agree, ana.id, agreed_on=date(2026, 1, 1), review_on=date(2026, 2, 1))
    row = desk.do(agreements.agree, ana.id, agreed_on=date(2026, 2, 2), review_on=date(2026, 5, 1))
    assert (Agreed(row.id, ana.id, date(2026, 2, 2), date(2026, 5, 1)),) == look(desk).agreed
    desk.do(clients.archive, ana.id)
    assert () == look(desk).agreed


def test_this_week_is_a_fact_once_it_counts_as_written(desk):
    berlin = ZoneInfo("Europe/Berlin")
    desk.do(reflections.write, "2026-W08", "Earlier", zone=berlin)
    desk.do(reflections.touch, "2026-W10", [3], zone=berlin)
    assert frozenset() == look(desk).reflected
    desk.do(reflections.write, "2026-W10", "I listened more than I spoke.", zone=berlin)
    assert {"2026-W10"} == look(desk).reflected


def test_the_beginning_the_last_backup_and_open_erasures_are_known(desk, ana, now):
    def leave(db):
        put(db, Erasure(id="done", client_id="x", done_at=now.at, **made(now)))
        put(db, Erasure(id="open", client_id="y", **made(now)))

    desk.do(leave)
    found = look(desk, backup_at=NOON - DAY)
    assert (NOON, NOON - DAY, (("open", NOON),), False) == (
        found.begun_at, found.backup_at, found.unfinished, found.held_any,
    )  # fmt: skip
