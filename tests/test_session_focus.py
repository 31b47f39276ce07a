"""Focus mode follows the session, whoever began it and however it ends."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from coachdesk.clock import Still
from coachdesk.desk import Desk
from coachdesk.focus.mode import FakeFocus
from coachdesk.focus.plan import GRACE, Plan
from coachdesk.machine.here import FakeMachine
from coachdesk.paths import Home
from coachdesk.practice import clients, sessions
from coachdesk.practice.clients import Client
from coachdesk.session_focus import CLOSING
from coachdesk.sitting import Sitting
from tests import quick


@pytest.fixture
def desk(clock: Still, home: Home) -> Iterator[Desk]:
    with quick.desk(clock, home) as opened:
        yield opened


@pytest.fixture
def focus() -> FakeFocus:
    return FakeFocus()


@pytest.fixture
def sitting(desk: Desk, clock: Still, focus: FakeFocus) -> Sitting:
    return Sitting(desk, FakeMachine(clock=clock), focus)


@pytest.fixture
def ada(desk: Desk) -> Client:
    return desk.do(clients.add, "Ada")


def live(sitting: Sitting, clock: Still, minutes: float) -> None:
    """Let time pass as a face would."""
    end = clock.now().awake + minutes * 60
    while (left := end - clock.now().awake) > 0:
        clock.advance(min(sitting.tick(), left))
    sitting.tick()


def test_it_begins_with_the_session_and_outlasts_it_by_half_an_hour(
    sitting: Sitting, focus: FakeFocus, ada: Client
) -> None:
    sitting.begin(ada.id, minutes=50)
    assert not focus.state.is_on  # not before the first look: what is shown and what is done come together
    sitting.tick()
    assert focus.state.is_on
    assert focus.state.ends_at is None
    assert (50 * 60 + GRACE, ("notifications", "awake")) == (focus.lasts, focus.plan.wanted)


def test_switched_off_it_stays_off(sitting: Sitting, desk: Desk, focus: FakeFocus, ada: Client) -> None:
    desk.change_setting("focus.with_sessions", False)
    sitting.begin(ada.id)
    sitting.tick()
    assert not focus.state.is_on


def test_a_session_begun_by_another_face_is_quiet_too(
    sitting: Sitting, desk: Desk, focus: FakeFocus, ada: Client
) -> None:
    desk.do(sessions.start, ada.id, time_zone="Europe/Berlin", minutes=30)
    sitting.tick()
    assert 30 * 60 + GRACE == focus.lasts


def test_more_time_agreed_is_more_quiet(sitting: Sitting, focus: FakeFocus, ada: Client) -> None:
    sitting.begin(ada.id, minutes=50)
    sitting.tick()
    sitting.extend(10)
    sitting.tick()
    assert 60 * 60 + GRACE == focus.lasts


def test_a_pause_and_an_overrun_never_let_it_run_out(
    sitting: Sitting, desk: Desk, clock: Still, focus: FakeFocus, ada: Client
) -> None:
    sitting.begin(ada.id, minutes=30)
    live(sitting, clock, 20)
    desk.do(sessions.pause)
    told = clock.now().awake
    live(sitting, clock, 90)
    assert focus.state.is_on
    assert GRACE - 60 <= focus.lasts <= 30 * 60 + GRACE
    assert clock.now().awake - told == 90 * 60


def test_the_guardian_is_told_only_when_the_end_moves(
    sitting: Sitting, clock: Still, focus: FakeFocus, ada: Client
) -> None:
    sitting.begin(ada.id, minutes=50)
    live(sitting, clock, 40)
    assert 50 * 60 + GRACE == focus.lasts


def test_closing_is_quiet_for_ten_minutes_at_most_and_that_end_is_shown(
    sitting: Sitting, clock: Still, focus: FakeFocus, ada: Client
) -> None:
    sitting.begin(ada.id, minutes=50)
    live(sitting, clock, 49)
    sitting.end()
    sitting.tick()
    assert focus.state.is_on
    assert (CLOSING, clock.now().at + timedelta(minutes=10)) == (focus.lasts, focus.state.ends_at)


def test_an_end_taken_back_is_quiet_to_the_end_again(
    sitting: Sitting, clock: Still, focus: FakeFocus, ada: Client
) -> None:
    sitting.begin(ada.id, minutes=50)
    live(sitting, clock, 20)
    sitting.end()
    live(sitting, clock, 0.5)
    sitting.take_back()
    sitting.tick()
    assert focus.state.ends_at is None
    assert focus.lasts == pytest.approx(29.5 * 60 + GRACE)


def test_what_the_coach_ended_by_hand_stays_ended(
    sitting: Sitting, clock: Still, focus: FakeFocus, ada: Client
) -> None:
    sitting.begin(ada.id, minutes=50)
    live(sitting, clock, 5)
    focus.leave()
    live(sitting, clock, 60)
    assert not focus.state.is_on


def test_the_next_session_begins_its_own_while_the_last_one_is_still_closing(
    sitting: Sitting, clock: Still, focus: FakeFocus, ada: Client
) -> None:
    sitting.begin(ada.id, minutes=50)
    live(sitting, clock, 50)
    sitting.end()
    live(sitting, clock, 2)
    sitting.begin(ada.id, minutes=25)
    sitting.tick()
    assert focus.state.ends_at is None
    assert 25 * 60 + GRACE == focus.lasts


def test_a_session_found_running_after_a_crash_is_quiet_again(
    desk: Desk, clock: Still, sitting: Sitting, ada: Client
) -> None:
    sitting.begin(ada.id, minutes=50)
    live(sitting, clock, 10)
    focus = FakeFocus()
    again = Sitting(desk, FakeMachine(clock=clock), focus)
    assert again.unfinished() is None
    again.tick()
    assert focus.lasts == pytest.approx(40 * 60 + GRACE, abs=10)


def test_without_a_session_nothing_is_touched(sitting: Sitting, focus: FakeFocus, clock: Still) -> None:
    live(sitting, clock, 10)
    assert focus.plan is None


def test_a_refusal_to_enter_leaves_the_session_running(sitting: Sitting, focus: FakeFocus, ada: Client) -> None:
    focus.refuses = "Focus mode is on already; it was begun elsewhere on this computer."
    sitting.begin(ada.id)
    sitting.tick()
    assert sitting.moment().state == "running"
    assert "Focus mode is on already; it was begun elsewhere on this computer." == focus.state.sentence


def test_what_was_ended_by_hand_stays_ended_when_an_end_is_taken_back(
    sitting: Sitting, clock: Still, focus: FakeFocus, ada: Client
) -> None:
    sitting.begin(ada.id, minutes=50)
    live(sitting, clock, 5)
    focus.leave()
    sitting.end()
    live(sitting, clock, 0.5)
    sitting.take_back()
    live(sitting, clock, 1)
    assert not focus.state.is_on


def test_switched_off_in_mid_session_it_still_ends_after_closing(
    sitting: Sitting, desk: Desk, clock: Still, focus: FakeFocus, ada: Client
) -> None:
    sitting.begin(ada.id, minutes=50)
    live(sitting, clock, 5)
    desk.change_setting("focus.with_sessions", False)
    live(sitting, clock, 5)
    sitting.end()
    sitting.tick()
    assert CLOSING == focus.lasts


def test_time_of_one_s_own_is_left_alone_by_a_session_that_wants_none(
    sitting: Sitting, desk: Desk, clock: Still, focus: FakeFocus, ada: Client
) -> None:
    desk.change_setting("focus.with_sessions", False)
    focus.enter(Plan(1500), clock.now().at + timedelta(minutes=25))
    sitting.begin(ada.id, minutes=50)
    live(sitting, clock, 5)
    sitting.end()
    sitting.tick()
    assert 1500 == focus.lasts
