"""The session clock is asked, and its answers survive sleep, set clocks, time zones and restarts."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.clock import Faster, Now, Phase, SessionClock, Span, Still

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def begun(clock: Still, minutes: float = 50) -> SessionClock:
    now = clock.now()
    return SessionClock(now.at, now.at + timedelta(minutes=minutes), now.at, now.awake, now.boot)


def test_time_passes_as_the_computer_is_awake(clock: Still) -> None:
    session = begun(clock)
    clock.advance(600)

    assert 600 == session.elapsed(clock.now())
    assert 40 * 60 == session.remaining(clock.now())
    assert 0.2 == session.share(clock.now())


@pytest.mark.parametrize("step", [3600, -3600])
def test_setting_the_wall_clock_moves_nothing(clock: Still, step: int) -> None:
    session = begun(clock)
    clock.advance(600)
    clock.step(step)
    clock.advance(60)

    assert 660 == session.elapsed(clock.now())
    assert NOON + timedelta(seconds=660) == session.timeline(clock.now())
    assert clock.now().at + timedelta(seconds=50 * 60 - 660) == session.ends_at(clock.now())


def test_sleep_counts_until_it_is_left_out(clock: Still) -> None:
    session = begun(clock)
    clock.advance(600)
    clock.sleep(1200)

    assert 1800 == session.elapsed(clock.now())


def test_a_pause_does_not_count_and_does_not_move_the_agreed_end(clock: Still) -> None:
    session = begun(clock)
    clock.advance(1800)
    paused = SessionClock(
        session.started_at, session.agreed_end, session.seen_at, session.seen_awake, session.boot,
        (Span(NOON + timedelta(minutes=5), NOON + timedelta(minutes=10)),),
    )  # fmt: skip

    assert 1500 == paused.elapsed(clock.now())
    assert 20 * 60 == paused.remaining(clock.now())
    assert not paused.paused


def test_an_open_pause_stops_the_counting(clock: Still) -> None:
    now = clock.now()
    session = SessionClock(now.at, now.at + timedelta(minutes=50), now.at, now.awake, now.boot, (Span(now.at, None),))
    clock.advance(100)

    assert session.paused
    assert 0 == session.elapsed(clock.now())


def test_a_heartbeat_changes_no_answer(clock: Still) -> None:
    session = begun(clock)
    for _ in range(1080):
        clock.advance(4.7)
        session = session.seen(clock.now())

    assert session.elapsed(clock.now()) == pytest.approx(1080 * 4.7, abs=0.01)


def test_after_a_restart_of_the_computer_wall_time_is_taken(clock: Still) -> None:
    session = begun(clock)
    clock.advance(600)
    session = session.seen(clock.now())
    clock.reboot(120, "boot-2")

    assert 720 == session.elapsed(clock.now())


def test_after_a_restart_with_the_clock_set_back_time_never_runs_backwards(clock: Still) -> None:
    session = begun(clock)
    clock.advance(600)
    session = session.seen(clock.now())
    clock.reboot(-7200, "boot-2")

    assert 600 == session.elapsed(clock.now())


def test_a_reading_taken_just_before_the_last_one_is_not_wall_time(clock: Still) -> None:
    session = begun(clock)
    clock.step(3600)
    clock.advance(60)
    early = clock.now()
    clock.advance(0.01)

    assert 60.01 == session.seen(clock.now()).elapsed(early)


def test_a_night_in_which_the_clocks_change_has_the_hours_it_really_has() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    clock = Still.at(datetime(2026, 3, 29, 1, 30, tzinfo=berlin))
    session = begun(clock)
    clock.advance(50 * 60)

    assert 0 == session.remaining(clock.now())
    assert "03:20" == f"{session.ends_at(clock.now()).astimezone(berlin):%H:%M}"


def test_phases_scale_to_the_length_of_the_session(clock: Still) -> None:
    phases = (Phase("Arrive", 5), Phase("Explore", 50), Phase("Close", 5))
    session = begun(clock, minutes=30)

    seen = []
    for _ in range(6):
        phase = session.phase(clock.now(), phases)
        seen.append(phase.name if phase else None)
        clock.advance(299)
    clock.advance(3600)

    assert ["Arrive", "Explore", "Explore", "Explore", "Explore", "Explore"] == seen
    assert phases[-1] == session.phase(clock.now(), phases)
    assert session.phase(clock.now(), ()) is None


def test_readings_tell_sleep_and_set_clocks_apart(clock: Still) -> None:
    before = clock.now()
    clock.advance(10)
    clock.sleep(1200)
    clock.step(-3600)
    after = clock.now()

    assert 1200 == after.slept_since(before)
    assert -3600 == after.stepped_since(before)


def test_readings_of_two_starts_of_the_computer_say_nothing_about_sleep(clock: Still) -> None:
    before = clock.now()
    clock.reboot(100, "boot-2")

    assert 0 == clock.now().slept_since(before)
    assert 0 == clock.now().stepped_since(before)


def test_a_faster_clock_multiplies_what_passes_and_divides_what_is_waited(clock: Still) -> None:
    faster = Faster.than(clock, 20)
    clock.advance(3)

    assert NOON + timedelta(seconds=60) == faster.now().at
    assert 1060 == faster.now().awake
    assert 0.5 == faster.real_seconds(10)
    assert 10 == clock.real_seconds(10)


def test_a_session_without_length_is_simply_over(clock: Still) -> None:
    assert 0 == begun(clock, minutes=0).share(clock.now())


@given(st.lists(st.tuples(st.sampled_from(["advance", "sleep", "step"]), st.floats(0, 7200)), max_size=20))
def test_elapsed_is_what_really_passed_whatever_happens_to_the_wall_clock(happenings: list[tuple[str, float]]) -> None:
    clock = Still.at(NOON)
    session, true = begun(clock), 0.0
    for what, seconds in happenings:
        getattr(clock, what)(seconds)
        true += seconds if what != "step" else 0
        session = session.seen(clock.now())

    assert session.elapsed(clock.now()) == pytest.approx(true, abs=0.1)


def test_now_is_compared_by_value() -> None:
    assert Now(NOON, 1.0, 1.0, "a") == Now(NOON, 1.0, 1.0, "a")
