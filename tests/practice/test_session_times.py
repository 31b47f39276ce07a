"""Corrections of a session's times: late, early, begun before, taken back, slept through."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlmodel import Session as Db

from coachdesk.clock import Still
from coachdesk.errors import Refused
from coachdesk.practice import clients, corrections, cues_shown, marks, sessions
from coachdesk.practice.clients import Client

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def ada(db: Db, clock: Still) -> Client:
    return clients.add(db, "Ada", now=clock.now())


def minutes(n: float) -> timedelta:
    return timedelta(minutes=n)


@pytest.mark.parametrize(("early", "lasts"), [(5, 55), (10, 60), (20, 50), (110, 50)])
def test_begun_well_before_its_plan_a_session_still_has_its_length(
    db: Db, clock: Still, ada: Client, early: int, lasts: int
) -> None:
    plan = sessions.plan(db, ada.id, NOON + minutes(early), now=clock.now(), minutes=50)

    row = sessions.start(db, ada.id, now=clock.now())

    assert (plan.id, NOON + minutes(lasts)) == (row.id, row.agreed_end)


def test_of_two_planned_sessions_the_nearer_one_begins(db: Db, clock: Still, ada: Client) -> None:
    sessions.plan(db, ada.id, NOON - minutes(50), now=clock.now())
    near = sessions.plan(db, ada.id, NOON + minutes(40), now=clock.now())

    assert near.id == sessions.start(db, ada.id, now=clock.now()).id


def test_a_session_planned_with_another_client_is_not_begun(db: Db, clock: Still, ada: Client) -> None:
    ben = clients.add(db, "Ben", now=clock.now())
    plan = sessions.plan(db, ben.id, NOON, now=clock.now())

    with pytest.raises(Refused, match="another client"):
        sessions.start(db, ada.id, session_id=plan.id, now=clock.now())


def test_a_session_may_last_over_midnight(db: Db, ada: Client) -> None:
    clock = Still.at(datetime(2026, 3, 2, 23, 40, tzinfo=UTC))
    sessions.plan(db, ada.id, datetime(2026, 3, 2, 23, 45, tzinfo=UTC), now=clock.now(), minutes=50)
    row = sessions.start(db, ada.id, now=clock.now())
    clock.advance(3600)
    sessions.finish(db, now=clock.now())

    assert (datetime(2026, 3, 3, 0, 35, tzinfo=UTC), 3600) == (row.agreed_end, row.elapsed_seconds)


def test_a_pause_before_the_corrected_start_takes_nothing_away(db: Db, clock: Still, ada: Client) -> None:
    row = sessions.start(db, ada.id, now=clock.now())
    sessions.pause(db, now=clock.now())
    clock.advance(600)
    sessions.resume(db, now=clock.now())
    clock.advance(60)
    sessions.began_ago(db, 3, now=clock.now())

    assert 60 == sessions.clock_of(db, row).elapsed(clock.now())
    sessions.began_ago(db, 11, now=clock.now())
    assert 60 == sessions.finish(db, now=clock.now()).elapsed_seconds


def test_a_session_did_not_begin_before_the_one_before_it_ended(db: Db, clock: Still, ada: Client) -> None:
    sessions.start(db, ada.id, now=clock.now())
    clock.advance(600)
    sessions.finish(db, now=clock.now())
    clock.advance(300)
    row = sessions.start(db, ada.id, now=clock.now())
    clock.advance(60)

    with pytest.raises(Refused, match="ended 6 minutes ago"):
        sessions.began_ago(db, 7, now=clock.now())
    assert NOON + minutes(10) == sessions.began_ago(db, 6, now=clock.now()).started_at == row.started_at


def test_what_was_added_stays_added_when_the_start_is_corrected(db: Db, clock: Still, ada: Client) -> None:
    sessions.plan(db, ada.id, NOON, now=clock.now(), minutes=50)
    clock.advance(600)
    sessions.start(db, ada.id, now=clock.now())
    sessions.extend(db, 5, now=clock.now())

    assert NOON + minutes(55) == sessions.began_ago(db, 5, now=clock.now()).agreed_end


def test_a_start_corrected_past_the_planned_end_still_leaves_time(db: Db, clock: Still, ada: Client) -> None:
    sessions.plan(db, ada.id, NOON, now=clock.now(), minutes=50)
    sessions.start(db, ada.id, now=clock.now())
    clock.advance(55 * 60)

    row = sessions.began_ago(db, 0, now=clock.now())

    assert NOON + minutes(55 + 50) == row.agreed_end


def test_full_length_takes_no_added_minutes_away(db: Db, clock: Still, ada: Client) -> None:
    sessions.start(db, ada.id, now=clock.now(), minutes=50)
    sessions.extend(db, 10, now=clock.now())

    assert NOON + minutes(60) == sessions.full_length(db, now=clock.now()).agreed_end


def test_a_sleep_is_left_out_also_when_answered_in_a_later_pause(db: Db, clock: Still, ada: Client) -> None:
    sessions.start(db, ada.id, now=clock.now())
    clock.advance(600)
    clock.sleep(1200)
    sessions.pause(db, now=clock.now())
    sessions.leave_out(db, NOON + minutes(10), NOON + minutes(30), now=clock.now())
    clock.advance(60)

    assert 600 == sessions.finish(db, now=clock.now()).elapsed_seconds


def test_what_is_paused_already_is_not_left_out_twice(db: Db, clock: Still, ada: Client) -> None:
    row = sessions.start(db, ada.id, now=clock.now())
    clock.advance(600)
    sessions.pause(db, now=clock.now())
    clock.advance(600)
    sessions.resume(db, now=clock.now())
    clock.advance(600)
    for _ in range(2):
        sessions.leave_out(db, NOON - minutes(5), NOON + minutes(25), now=clock.now())
    sessions.leave_out(db, NOON + minutes(29), NOON + minutes(40), now=clock.now())

    assert 4 * 60 == sessions.clock_of(db, row).elapsed(clock.now())
    spans = [(s.start, s.end) for s in sessions.clock_of(db, row).pauses]
    ends = [NOON + minutes(n) for n in (0, 10, 10, 20, 20, 25, 29, 30)]
    assert list(zip(ends[::2], ends[1::2], strict=True)) == spans


def test_an_end_in_a_pause_is_taken_back_into_the_pause(db: Db, clock: Still, ada: Client) -> None:
    row = sessions.start(db, ada.id, now=clock.now())
    clock.advance(600)
    sessions.pause(db, now=clock.now())
    clock.advance(30)
    sessions.finish(db, now=clock.now())
    clock.advance(30)

    assert "paused" == sessions.take_back(db, row.id, now=clock.now()).state
    clock.advance(600)
    assert 600 == sessions.clock_of(db, row).elapsed(clock.now())


def test_a_closed_session_stays_ended(db: Db, clock: Still, ada: Client) -> None:
    row = sessions.start(db, ada.id, now=clock.now())
    sessions.finish(db, now=clock.now())
    sessions.close(db, row.id, now=clock.now())

    with pytest.raises(Refused, match="closed"):
        sessions.take_back(db, row.id, now=clock.now())


def test_correcting_the_start_of_a_past_session_keeps_the_moments_of_marks(db: Db, clock: Still, ada: Client) -> None:
    row = sessions.start(db, ada.id, now=clock.now())
    clock.advance(60)
    mark = marks.mark(db, now=clock.now())
    sessions.finish(db, now=clock.now())
    corrections.times(db, row.id, now=clock.now(), started_at=NOON - minutes(5))

    assert (360, 360) == (mark.at_seconds, row.elapsed_seconds)


def test_a_start_corrected_to_after_a_mark_loses_no_moment_of_it(db: Db, clock: Still, ada: Client) -> None:
    row = sessions.start(db, ada.id, now=clock.now())
    clock.advance(100)
    mark = marks.mark(db, now=clock.now())
    cue = cues_shown.shown(db, row.id, "landing", "landing-10", now=clock.now())
    clock.advance(1200)
    sessions.finish(db, now=clock.now())
    corrections.times(db, row.id, now=clock.now(), started_at=NOON + minutes(10))
    assert -500 == mark.at_seconds == cue.at_seconds
    corrections.back_to_measured(db, row.id, now=clock.now())
    assert 100 == mark.at_seconds == cue.at_seconds


@pytest.mark.parametrize("years", [-10, -1])
def test_a_mistyped_date_makes_no_session_of_years(db: Db, clock: Still, ada: Client, years: int) -> None:
    row = sessions.log(db, ada.id, NOON - minutes(60), 50, now=clock.now())
    with pytest.raises(Refused, match="a day at most"):
        corrections.times(db, row.id, now=clock.now(), started_at=NOON.replace(year=NOON.year + years))
    with pytest.raises(Refused, match="a day at most"):
        corrections.times(db, row.id, now=clock.now(), started_at=row.ended_at - minutes(1441))
    assert (
        86_400
        == corrections.times(db, row.id, now=clock.now(), started_at=row.ended_at - minutes(1440)).elapsed_seconds
    )


def test_only_what_is_over_has_times_to_correct(db: Db, clock: Still, ada: Client) -> None:
    plan = sessions.plan(db, ada.id, NOON + minutes(300), now=clock.now())
    with pytest.raises(Refused, match="that is over"):
        corrections.times(db, plan.id, now=clock.now(), ended_at=NOON)
    row = sessions.log(db, ada.id, NOON - minutes(60), 30, now=clock.now())
    with pytest.raises(Refused, match="future"):
        corrections.times(db, row.id, now=clock.now(), ended_at=NOON + minutes(1))


def test_a_session_moved_to_its_own_time_has_not_moved(db: Db, clock: Still, ada: Client) -> None:
    plan = sessions.plan(db, ada.id, NOON + minutes(300), now=clock.now(), minutes=50)

    same = sessions.move(db, plan.id, NOON + minutes(300), now=clock.now(), minutes=60)

    assert (plan.id, "planned", 60) == (same.id, same.state, same.planned_minutes)
    twice = sessions.move(
        db, sessions.move(db, plan.id, NOON + minutes(400), now=clock.now()).id, NOON + minutes(500), now=clock.now()
    )
    assert [twice.id] == [s.id for s in sessions.coming(db, now=clock.now())]
    assert ["moved", "moved", "planned"] == sorted(s.state for s in sessions.every(db))


@pytest.mark.parametrize("year", [1, 1899, 2201, 9999])
def test_years_nobody_can_mean_are_asked_about(db: Db, clock: Still, ada: Client, year: int) -> None:
    far = datetime(year, 12, 31, 23, 59, tzinfo=timezone(timedelta(hours=-12)))
    plan = sessions.plan(db, ada.id, NOON, now=clock.now())
    past = sessions.log(db, ada.id, NOON - minutes(60), 30, now=clock.now())

    with pytest.raises(Refused, match=f"in the year {year}"):
        sessions.plan(db, ada.id, far, now=clock.now())
    with pytest.raises(Refused, match=f"in the year {year}"):
        sessions.move(db, plan.id, far, now=clock.now())
    with pytest.raises(Refused, match=f"in the year {year}"):
        sessions.log(db, ada.id, far, 30, now=clock.now())
    with pytest.raises(Refused, match=f"in the year {year}|before it began"):
        corrections.times(db, past.id, now=clock.now(), started_at=far)
    sessions.start(db, ada.id, now=clock.now())
    with pytest.raises(Refused, match="between the start"):
        sessions.finish(db, now=clock.now(), ended_at=far)
