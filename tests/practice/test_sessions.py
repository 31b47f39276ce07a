"""Sessions keep their time exactly, whatever happens around them."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session as Db

from coachdesk.clock import Still
from coachdesk.errors import Refused
from coachdesk.practice import agreements, clients, corrections, cues_shown, marks, notes, sessions
from coachdesk.practice.clients import Client
from coachdesk.practice.sessions import Session

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def ada(db: Db, clock: Still) -> Client:
    return clients.add(db, "Ada", now=clock.now())


def minutes(n: float) -> timedelta:
    return timedelta(minutes=n)


def test_a_session_lasts_as_agreed_else_as_usual(db: Db, clock: Still, ada: Client) -> None:
    assert NOON + minutes(45) == sessions.start(db, ada.id, now=clock.now(), usual_minutes=45).agreed_end
    sessions.finish(db, now=clock.now())
    agreements.agree(db, ada.id, now=clock.now(), session_minutes=90)

    assert NOON + minutes(90) == sessions.start(db, ada.id, now=clock.now(), usual_minutes=45).agreed_end


def test_only_one_session_runs(db: Db, clock: Still, ada: Client) -> None:
    sessions.start(db, ada.id, now=clock.now())

    with pytest.raises(Refused, match="A session is running"):
        sessions.start(db, ada.id, now=clock.now())


def test_the_database_itself_allows_one_running_session(db: Db, clock: Still, ada: Client) -> None:
    first = sessions.start(db, ada.id, now=clock.now())
    twin = Session(**{**first.model_dump(), "id": "another", "state": "paused"})
    db.add(twin)

    with pytest.raises(IntegrityError):
        db.flush()


def test_a_session_begun_near_its_plan_is_the_planned_one(db: Db, clock: Still, ada: Client) -> None:
    plan = sessions.plan(db, ada.id, NOON + minutes(90), now=clock.now(), minutes=60)
    clock.advance(88 * 60)

    row = sessions.start(db, ada.id, now=clock.now())

    assert plan.id == row.id
    assert NOON + minutes(150) == row.agreed_end


def test_begun_late_the_agreed_end_stays_and_full_length_is_one_step(db: Db, clock: Still, ada: Client) -> None:
    sessions.plan(db, ada.id, NOON, now=clock.now(), minutes=50)
    clock.advance(10 * 60)

    row = sessions.start(db, ada.id, now=clock.now())

    assert NOON + minutes(50) == row.agreed_end
    assert 40 * 60 == sessions.planned_length(row)
    assert NOON + minutes(60) == sessions.full_length(db, now=clock.now()).agreed_end


def test_begun_when_its_time_is_nearly_over_it_gets_its_length(db: Db, clock: Still, ada: Client) -> None:
    plan = sessions.plan(db, ada.id, NOON, now=clock.now(), minutes=50)
    clock.advance(48 * 60)

    row = sessions.start(db, ada.id, now=clock.now(), session_id=plan.id)

    assert NOON + minutes(98) == row.agreed_end


def test_began_minutes_ago_keeps_the_moments_of_marks(db: Db, clock: Still, ada: Client) -> None:
    sessions.start(db, ada.id, now=clock.now(), minutes=50)
    clock.advance(60)
    mark = marks.mark(db, now=clock.now())
    cue = cues_shown.shown(db, mark.session_id, "landing", "landing-10", now=clock.now())

    row = sessions.began_ago(db, 8, now=clock.now())

    assert NOON - minutes(7) == row.started_at
    assert NOON + minutes(43) == row.agreed_end
    assert 8 * 60 == mark.at_seconds == cue.at_seconds


def test_began_minutes_ago_leaves_a_planned_end(db: Db, clock: Still, ada: Client) -> None:
    sessions.plan(db, ada.id, NOON, now=clock.now(), minutes=50)
    clock.advance(6 * 60)
    sessions.start(db, ada.id, now=clock.now())

    row = sessions.began_ago(db, 5, now=clock.now())

    assert NOON + minutes(1) == row.started_at
    assert NOON + minutes(50) == row.agreed_end


def test_pauses_do_not_count(db: Db, clock: Still, ada: Client) -> None:
    sessions.start(db, ada.id, now=clock.now())
    clock.advance(600)
    sessions.pause(db, now=clock.now())
    sessions.pause(db, now=clock.now())
    clock.advance(120)
    sessions.resume(db, now=clock.now())
    sessions.resume(db, now=clock.now())
    clock.advance(300)

    row = sessions.finish(db, now=clock.now())

    assert 900 == row.elapsed_seconds
    assert NOON + timedelta(seconds=1020) == row.ended_at


def test_ending_in_a_pause_ends_the_pause(db: Db, clock: Still, ada: Client) -> None:
    sessions.start(db, ada.id, now=clock.now())
    clock.advance(600)
    sessions.pause(db, now=clock.now())
    clock.advance(120)

    assert 600 == sessions.finish(db, now=clock.now()).elapsed_seconds


def test_a_sleep_can_be_left_out(db: Db, clock: Still, ada: Client) -> None:
    sessions.start(db, ada.id, now=clock.now())
    clock.advance(600)
    clock.sleep(1200)
    sessions.leave_out(db, NOON + minutes(10), NOON + minutes(30), now=clock.now())

    assert 600 == sessions.finish(db, now=clock.now()).elapsed_seconds


@pytest.mark.parametrize("step", [3600, -3600])
def test_started_and_ended_tell_the_true_length_when_the_clock_was_set(
    db: Db, clock: Still, ada: Client, step: int
) -> None:
    sessions.start(db, ada.id, now=clock.now())
    clock.advance(600)
    sessions.seen(db, now=clock.now())
    clock.step(step)
    clock.advance(600)

    row = sessions.finish(db, now=clock.now())

    assert (NOON, NOON + minutes(20), 1200) == (row.started_at, row.ended_at, row.elapsed_seconds)


def test_extending_counts_from_the_agreed_end_or_from_now(db: Db, clock: Still, ada: Client) -> None:
    sessions.start(db, ada.id, now=clock.now(), minutes=50)
    assert NOON + minutes(55) == sessions.extend(db, 5, now=clock.now()).agreed_end
    clock.advance(57 * 60)

    assert NOON + minutes(67) == sessions.extend(db, 10, now=clock.now()).agreed_end


def test_an_interrupted_session_can_end_when_it_was_last_seen(db: Db, clock: Still, ada: Client) -> None:
    sessions.start(db, ada.id, now=clock.now())
    clock.advance(600)
    sessions.seen(db, now=clock.now())
    clock.advance(300)
    sessions.pause(db, now=clock.now())
    clock.advance(5000)

    row = sessions.finish(db, now=clock.now(), ended_at=NOON + minutes(10))

    assert 600 == row.elapsed_seconds


def test_a_pause_that_reaches_past_the_end_is_cut(db: Db, clock: Still, ada: Client) -> None:
    sessions.start(db, ada.id, now=clock.now())
    clock.advance(600)
    sessions.pause(db, now=clock.now())
    clock.advance(600)
    sessions.resume(db, now=clock.now())

    row = sessions.finish(db, now=clock.now(), ended_at=NOON + minutes(15))

    assert 600 == row.elapsed_seconds


@pytest.mark.parametrize("end", [NOON - minutes(1), NOON + minutes(11)])
def test_an_end_outside_the_session_is_refused(db: Db, clock: Still, ada: Client, end: datetime) -> None:
    sessions.start(db, ada.id, now=clock.now())
    clock.advance(600)

    with pytest.raises(Refused, match="between the start"):
        sessions.finish(db, now=clock.now(), ended_at=end)


def test_an_end_can_be_taken_back_for_a_minute(db: Db, clock: Still, ada: Client) -> None:
    row = sessions.start(db, ada.id, now=clock.now())
    clock.advance(600)
    sessions.finish(db, now=clock.now())
    clock.advance(59)

    assert "running" == sessions.take_back(db, row.id, now=clock.now()).state
    clock.advance(1)
    assert 660 == sessions.finish(db, now=clock.now()).elapsed_seconds
    clock.advance(61)
    with pytest.raises(Refused, match="More than a minute"):
        sessions.take_back(db, row.id, now=clock.now())


def test_an_end_is_not_taken_back_into_another_session(db: Db, clock: Still, ada: Client) -> None:
    row = sessions.start(db, ada.id, now=clock.now())
    sessions.finish(db, now=clock.now())
    sessions.start(db, ada.id, now=clock.now())

    with pytest.raises(Refused, match="Another session"):
        sessions.take_back(db, row.id, now=clock.now())


def test_only_what_was_just_ended_is_taken_back(db: Db, clock: Still, ada: Client) -> None:
    row = sessions.plan(db, ada.id, NOON, now=clock.now())

    with pytest.raises(Refused, match="not just ended"):
        sessions.take_back(db, row.id, now=clock.now())


def test_without_a_running_session_its_verbs_say_so(db: Db, clock: Still) -> None:
    assert sessions.seen(db, now=clock.now()) is None
    for verb in (sessions.pause, sessions.resume, sessions.finish, sessions.full_length, sessions.attend):
        with pytest.raises(Refused, match="No session is running"):
            verb(db, now=clock.now())
    for taking in (marks.mark, lambda db, now: notes.jot(db, "x", now=now)):
        with pytest.raises(Refused, match="No session is running"):
            taking(db, now=clock.now())


def test_closing_is_a_step_of_its_own(db: Db, clock: Still, ada: Client) -> None:
    row = sessions.start(db, ada.id, now=clock.now())
    with pytest.raises(Refused, match="End the session"):
        sessions.close(db, row.id, now=clock.now())
    sessions.finish(db, now=clock.now(), what_mattered=" breath ")
    assert [row.id] == [s.id for s in sessions.to_close(db)]

    closed = sessions.close(db, row.id, now=clock.now(), focus_line="slower")

    assert ("breath", "slower") == (closed.what_mattered, closed.focus_line)
    assert [] == list(sessions.to_close(db))


def test_a_moved_session_leaves_its_old_time_in_the_history(db: Db, clock: Still, ada: Client) -> None:
    plan = sessions.plan(db, ada.id, NOON + minutes(60), now=clock.now(), minutes=45)
    new = sessions.move(db, plan.id, NOON + timedelta(days=1), now=clock.now())

    assert ("moved", "planned", 45) == (plan.state, new.state, new.planned_minutes)
    assert [new.id] == [s.id for s in sessions.coming(db, now=clock.now(), client_id=ada.id)]
    with pytest.raises(Refused, match="not planned any more"):
        sessions.cancel(db, plan.id, now=clock.now())


def test_cancelled_and_missed_can_be_planned_again(db: Db, clock: Still, ada: Client) -> None:
    plan = sessions.plan(db, ada.id, NOON, now=clock.now())
    for verb in (sessions.cancel, sessions.missed):
        verb(db, plan.id, now=clock.now())
        assert "planned" == sessions.plan_again(db, plan.id, now=clock.now()).state
    with pytest.raises(Refused, match="Only a cancelled"):
        sessions.plan_again(db, plan.id, now=clock.now())


def test_a_past_session_is_logged_closed(db: Db, clock: Still, ada: Client) -> None:
    row = sessions.log(db, ada.id, NOON - minutes(120), 60, now=clock.now(), paid="pro_bono")

    assert (3600, "finished", "pro_bono") == (row.elapsed_seconds, row.state, row.paid)
    assert row.closed_at == NOON
    with pytest.raises(Refused, match="once it is over"):
        sessions.log(db, ada.id, NOON - minutes(30), 60, now=clock.now())
    with pytest.raises(Refused, match="Payment"):
        sessions.log(db, ada.id, NOON - minutes(120), 60, now=clock.now(), paid="gold")


def test_correcting_the_times_recounts_without_the_pauses(db: Db, clock: Still, ada: Client) -> None:
    row = sessions.start(db, ada.id, now=clock.now())
    sessions.pause(db, now=clock.now())
    clock.advance(60)
    sessions.resume(db, now=clock.now())
    clock.advance(540)
    sessions.finish(db, now=clock.now())
    clock.advance(3600)

    assert 1140 == corrections.times(db, row.id, now=clock.now(), ended_at=NOON + minutes(20)).elapsed_seconds
    with pytest.raises(Refused, match="cannot end before"):
        corrections.times(db, row.id, now=clock.now(), ended_at=NOON - minutes(1))
    with pytest.raises(Refused, match="Payment"):
        sessions.edit(db, row.id, now=clock.now(), paid="later")


def test_removing_a_session_takes_its_marks_and_notes_along(db: Db, clock: Still, ada: Client) -> None:
    row = sessions.start(db, ada.id, now=clock.now())
    marks.mark(db, "strain", now=clock.now(), words="a pause too long")
    notes.jot(db, "line", now=clock.now())
    with pytest.raises(Refused, match="running"):
        sessions.remove(db, row.id, now=clock.now())
    sessions.finish(db, now=clock.now())
    sessions.remove(db, row.id, now=clock.now())

    assert [] == list(marks.of_session(db, row.id)) == list(notes.of_session(db, row.id))
    with pytest.raises(Refused, match="no longer there"):
        sessions.one(db, row.id)


def test_paid_is_taken_over_from_last_time(db: Db, clock: Still, ada: Client) -> None:
    sessions.log(db, ada.id, NOON - minutes(120), 60, now=clock.now(), paid="pro_bono")

    assert "pro_bono" == sessions.start(db, ada.id, now=clock.now()).paid
    sessions.finish(db, now=clock.now())
    me = clients.add(db, "Me", kind="self", now=clock.now())
    assert sessions.start(db, me.id, now=clock.now()).paid is None


def test_lists_begin_with_the_newest(db: Db, clock: Still, ada: Client) -> None:
    old = sessions.log(db, ada.id, NOON - timedelta(days=9), 60, now=clock.now())
    new = sessions.log(db, ada.id, NOON - timedelta(days=2), 60, now=clock.now())
    plan = sessions.plan(db, ada.id, NOON + timedelta(days=2), now=clock.now())

    assert [plan.id, new.id, old.id] == [s.id for s in sessions.of_client(db, ada.id)]
    assert [new.id, old.id] == [s.id for s in sessions.held(db, ada.id)]
    assert {plan.id, new.id, old.id} == {s.id for s in sessions.every(db)}
    assert [] == list(sessions.coming(db, now=clock.now(), until=NOON + timedelta(days=1)))


def test_a_session_that_has_not_begun_has_no_clock(db: Db, clock: Still, ada: Client) -> None:
    plan = sessions.plan(db, ada.id, NOON, now=clock.now(), minutes=30)

    assert 1800 == sessions.planned_length(plan)
    with pytest.raises(Refused, match="has not begun"):
        sessions.clock_of(db, plan)


def test_marks_are_put_into_words_afterwards(db: Db, clock: Still, ada: Client) -> None:
    row = sessions.start(db, ada.id, now=clock.now())
    clock.advance(90.4)
    mark = marks.mark(db, now=clock.now())
    marks.word(db, mark.id, now=clock.now(), kind="insight", words="saw it")

    assert [(90, "insight", "saw it")] == [(m.at_seconds, m.kind, m.text) for m in marks.of_session(db, row.id)]
    with pytest.raises(Refused, match="kind of a mark"):
        marks.word(db, mark.id, now=clock.now(), kind="score")
    marks.word(db, mark.id, now=clock.now())
    marks.remove(db, mark.id, now=clock.now())
    assert [] == list(marks.of_session(db, row.id))


def test_notes_are_edited_and_removed(db: Db, clock: Still, ada: Client) -> None:
    row = sessions.start(db, ada.id, now=clock.now())
    note = notes.jot(db, "first", now=clock.now())
    notes.edit(db, note.id, "second", now=clock.now())
    assert ["second"] == [n.body for n in notes.of_session(db, row.id)]

    notes.remove(db, note.id, now=clock.now())
    assert [] == list(notes.of_session(db, row.id))


def test_cues_remember_their_answers_and_which_prompts_a_client_heard(db: Db, clock: Still, ada: Client) -> None:
    row = sessions.start(db, ada.id, now=clock.now())
    cue = cues_shown.shown(db, row.id, "process_check", "check-1", now=clock.now(), prompt_id="pace")
    cues_shown.answered(db, cue.id, "asked", now=clock.now())
    cues_shown.shown(db, row.id, "landing", "landing-10", now=clock.now())

    assert ["asked", "none"] == [c.answer for c in cues_shown.of_session(db, row.id)]
    assert ["pace"] == cues_shown.prompts_used(db, ada.id)
