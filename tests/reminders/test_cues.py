"""Cues wait for their moment, come back once at most, and never come in a burst."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.reminders import cues
from coachdesk.reminders.cues import Point, Showing, Situation

FIFTY = 50 * 60.0


def planned(length: float = FIFTY, checks: tuple[str, ...] = ("50%",), first: float | None = None) -> tuple[Point, ...]:
    return cues.points(length, checks, (10, 5), end=True, planned=first)


def at(minutes: float, **known: object) -> Situation:
    return replace(Situation(here=minutes * 60, length=FIFTY), **known)  # type: ignore[arg-type]


def due(situation: Situation, points: tuple[Point, ...] | None = None) -> str | None:
    point = cues.due(points or planned(), situation)
    return point.name.partition("@")[0] if point else None


def test_a_session_has_a_check_half_way_two_landing_cues_and_an_end() -> None:
    assert [("check-50%", 25), ("landing-10", 40), ("landing-5", 45), ("end", 50)] == [
        (p.name.partition("@")[0], p.at / 60) for p in planned()
    ]


def test_checks_stand_at_shares_or_minutes() -> None:
    names = [p.at / 60 for p in planned(checks=("20", "60%")) if p.kind == "process_check"]

    assert [20, 30] == names


def test_a_short_session_is_not_filled_with_cues() -> None:
    assert ["end"] == [p.kind for p in cues.points(5 * 60, ("50%",), (10, 5), end=True)]
    assert [] == list(cues.points(5 * 60, ("50%",), (10, 5), end=False))
    assert ["landing", "end"] == [p.kind for p in cues.points(15 * 60, ("90%",), (10, 5), end=True)]


def test_nothing_is_due_before_its_time() -> None:
    assert due(at(24.99)) is None
    assert "check-50%" == due(at(25))


TOLD = tuple(
    Showing(name, name.split("-")[0], at * 60.0, "asked") for name, at in [("landing-10", 40), ("landing-5", 45)]
)
OVER = Showing("end", "end", 50 * 60.0, "asked")


def told(until: int, *before: Showing, length: float) -> list[tuple[str, float]]:
    """The cues from here on, and at which minute, of a session whose end has been agreed anew."""
    shown, found = [Showing("check-50%", "process_check", 1500.0, "asked"), *before], []
    for second in range(int(shown[-1].at), until * 60, 10):
        point = cues.due(planned(length, first=FIFTY), Situation(float(second), length, tuple(shown)))
        if point is not None:
            shown.append(Showing(point.name, point.kind, float(second), "none"))
            found.append((point.name, second / 60))
    return found


@pytest.mark.parametrize("overrun", [0, 10, 70])
def test_five_minutes_more_do_not_begin_with_five_minutes_left(overrun: int) -> None:
    end = FIFTY + overrun + 300

    assert ["end"] == [name for name, _ in told(60, *TOLD, OVER, length=end)]


def test_a_quarter_of_an_hour_more_is_landed_like_a_session_of_its_length() -> None:
    assert [("landing-5", 60), ("end", 65)] == told(70, *TOLD, OVER, length=FIFTY + 900)
    assert [("landing-10", 70), ("landing-5", 75), ("end", 80)] == told(85, *TOLD, OVER, length=FIFTY + 1800)


def test_minutes_added_in_good_time_move_both_landings() -> None:
    assert [("landing-10", 45), ("landing-5", 50), ("end", 55)] == told(60, length=FIFTY + 300)


def test_landing_and_check_are_not_told_once_the_time_is_over() -> None:
    points = tuple(p for p in planned() if p.kind != "end")

    assert "landing-5" == due(at(49.9), points)
    assert due(at(50), points) is None
    assert due(at(51), (points[0],)) is None


def test_a_check_that_another_has_overtaken_does_not_come_after_it() -> None:
    points = planned(checks=("30%", "50%"))
    asked = Showing("check-50%", "process_check", 30 * 60, "asked")

    assert due(at(32, showings=(asked,)), points) is None


def test_a_landing_answered_later_is_not_told_before_its_time_when_the_end_has_moved() -> None:
    later = Showing("landing-10", "landing", 40 * 60, "later")
    points = planned(FIFTY + 1800, first=FIFTY)

    assert due(Situation(46 * 60.0, FIFTY + 1800, (later,)), points[1:]) is None


def test_cues_wait_three_minutes_after_a_mark() -> None:
    assert due(at(25, marks=(23 * 60,))) is None
    assert "check-50%" == due(at(26, marks=(23 * 60,)))


def test_cues_wait_while_held_hidden_or_paused() -> None:
    assert due(at(25, held=True)) is None
    assert due(at(25, hidden=True)) is None
    assert due(at(25, paused=True)) is None


def test_cues_keep_a_minute_apart() -> None:
    check = Showing("check-50%", "process_check", 39.5 * 60, "none")

    assert due(at(40, showings=(check,))) is None
    assert "landing-10" == due(at(40.9, showings=(check,)))


def test_an_unanswered_check_comes_back_once_at_a_whole_minute() -> None:
    once = Showing("check-50%", "process_check", 25 * 60, "none")
    twice = replace(once, at=27 * 60)

    assert due(at(26.9, showings=(once,))) is None
    assert "check-50%" == due(at(27, showings=(once,)))
    assert due(at(35, showings=(once, twice))) is None


def test_asked_and_not_today_settle_a_check() -> None:
    for answer in ("asked", "not_today"):
        assert due(at(30, showings=(Showing("check-50%", "process_check", 25 * 60, answer),))) is None


def test_not_today_settles_every_check_of_the_session() -> None:
    points = planned(checks=("30%", "60%"))
    shown = Showing("check-30%", "process_check", 15 * 60, "not_today")

    assert due(at(30, showings=(shown,)), points) is None


def test_later_comes_back_after_five_minutes() -> None:
    later = Showing("check-50%", "process_check", 25 * 60, "later")

    assert due(at(29.9, showings=(later,))) is None
    assert "check-50%" == due(at(30, showings=(later,)))


def test_of_several_waiting_cues_only_the_one_that_fits_is_shown() -> None:
    points = planned(checks=("30%", "50%"))

    assert "check-50%" == due(at(30), points)
    assert "landing-10" == due(at(40), points)
    assert "landing-5" == due(at(46), points)
    assert "end" == due(at(52), points)


def test_what_was_overtaken_never_comes_back() -> None:
    shown = Showing(planned()[1].name, "landing", 40 * 60, "asked")

    assert due(at(42, showings=(shown,))) is None


def test_landing_and_end_are_told_once() -> None:
    assert due(at(43, showings=(Showing(planned()[1].name, "landing", 40 * 60, "none"),))) is None
    assert due(at(55, showings=(Showing(planned()[3].name, "end", 50 * 60, "none"),))) is None


def test_asking_unprompted_settles_the_waiting_check_or_the_next() -> None:
    points = planned(checks=("30%", "60%"))

    assert "check-30%" == name(cues.asked_point(points, at(10)))
    assert "check-30%" == name(cues.asked_point(points, at(16)))
    first = Showing("check-30%", "process_check", 15 * 60, "asked")
    assert "check-60%" == name(cues.asked_point(points, at(16, showings=(first,))))
    second = Showing("check-60%", "process_check", 17 * 60, "asked")
    assert cues.asked_point(points, at(18, showings=(first, second))) is None


def name(point: Point | None) -> str:
    return point.name if point else ""


def test_the_next_change_is_the_next_cue_or_the_end_of_the_quiet() -> None:
    assert 60 == cues.next_change(planned(), at(24))
    assert 120 == cues.next_change(planned(), at(25, marks=(24 * 60,)))
    done = tuple(Showing(p.name, p.kind, p.at, "asked") for p in planned())
    assert cues.next_change(planned(), at(51, showings=done)) is None


@given(
    st.integers(10, 180),
    st.lists(st.integers(1, 95).map(lambda n: f"{n}%"), max_size=4, unique=True),
    st.lists(st.floats(0, 180 * 60), max_size=6),
    st.lists(st.sampled_from(["asked", "later", "not_today", "none"]), min_size=12, max_size=12),
)
def test_a_whole_session_keeps_the_calm_rules(
    minutes: int, checks: list[str], marks: list[float], answers: list[str]
) -> None:
    points = cues.points(minutes * 60, checks, (10, 5), end=True)
    shown: list[Showing] = []
    for second in range(0, (minutes + 10) * 60, 5):
        situation = Situation(float(second), minutes * 60.0, tuple(shown), tuple(m for m in marks if m <= second))
        point = cues.due(points, situation)
        if point is None:
            continue
        assert all(second - s.at >= cues.APART for s in shown)
        assert all(second - m >= cues.AFTER_MARK for m in marks if m <= second)
        shown.append(Showing(point.name, point.kind, float(second), answers[len(shown) % 12]))

    for point in points:
        mine = [s for s in shown if s.point == point.name]
        assert len(mine) <= (cues.SHOWINGS if point.kind == "process_check" else 1)
        assert all(s.answer not in ("asked", "not_today") for s in mine[:-1])
