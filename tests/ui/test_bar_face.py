"""What the bar shows at each moment of a session."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QLocale

from coachdesk.sitting import Moment, Notice, ShownCue
from coachdesk.ui.bar_face import Button, Face, Wish, clock_text, face

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
RUNNING = Moment(
    session_id="s", client_id="c", state="running", share=0.36, remaining=1870, elapsed=1130,
    ends_at=NOON + timedelta(seconds=1870),
)  # fmt: skip
CHECK = ShownCue("q", "process_check", "How is this conversation for you?", "The full wording of the question.")
LANDING = ShownCue("l", "landing", "Ten minutes: begin to land.", "Ten minutes: begin to land.")
SLEPT = Notice("slept", "The computer slept for 90 minutes.", (("count", "it counts"), ("leave_out", "leave it out")))
OVER = replace(RUNNING, share=1.0, remaining=0)
AT_REST, OPEN = Wish(), Wish(open=True)


@pytest.fixture(autouse=True)
def british_clock():
    """Times of day as 10:30, whatever the computer's locale."""
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    yield
    QLocale.setDefault(before)


def ids(shown: Face) -> list[str]:
    """The ids of the buttons, in order."""
    return [button.id for button in shown.buttons]


def test_at_rest_it_shows_only_the_minutes_left():
    assert Face(share=0.36, time="32 min") == face(RUNNING, AT_REST)


def test_within_a_minute_it_shows_the_same_value():
    assert face(RUNNING, AT_REST) == face(replace(RUNNING, remaining=1861.2), AT_REST)


def test_open_it_offers_the_six_actions_and_more():
    assert ["mark", "promise", "jot", "hold", "hide", "end", "more"] == ids(face(RUNNING, OPEN))


def test_more_offers_the_rarer_actions_and_a_way_back():
    assert ["pause", "extend5", "extend10", "move", "sharing", "less"] == ids(face(RUNNING, Wish(open=True, more=True)))


def test_begun_late_more_offers_the_full_length():
    assert "full_length" in ids(face(replace(RUNNING, late_by=4), Wish(open=True, more=True)))


def test_more_without_being_open_shows_no_buttons():
    assert () == face(RUNNING, Wish(more=True)).buttons


def test_a_process_check_stands_in_place_of_the_buttons_with_its_three_answers():
    shown = face(replace(RUNNING, cue=CHECK), AT_REST)
    assert (True, CHECK.short, ["asked", "later", "not_today"]) == (shown.tinted, shown.sentence, ids(shown))
    assert all(button.answer for button in shown.buttons)


def test_the_full_wording_comes_on_request():
    moment = replace(RUNNING, cue=CHECK)
    assert ("", CHECK.text) == (face(moment, AT_REST).detail, face(moment, OPEN).detail)


def test_a_wording_that_is_no_longer_than_the_line_is_not_said_twice():
    assert "" == face(replace(RUNNING, cue=LANDING), OPEN).detail


def test_tint_only_shows_no_words_until_asked():
    moment = replace(RUNNING, cue=CHECK)
    quiet = face(moment, Wish(tint_only=True))
    assert (True, "", ()) == (quiet.tinted, quiet.sentence, quiet.buttons)
    assert CHECK.short == face(moment, Wish(open=True, tint_only=True)).sentence


def test_a_landing_cue_has_one_quiet_answer():
    assert [("asked", "seen")] == [(b.id, b.words) for b in face(replace(RUNNING, cue=LANDING), AT_REST).buttons]


def test_at_the_agreed_end_it_says_time_and_what_is_next():
    shown = face(replace(OVER, next_at=NOON - timedelta(hours=2, minutes=30)), AT_REST)
    assert ("time · next 10:30", ["extend5", "extend10", "end"], True) == (shown.time, ids(shown), shown.tinted)


def test_at_the_agreed_end_without_another_session_it_says_time():
    assert "time" == face(OVER, AT_REST).time


def test_the_overrun_is_not_counted_up():
    assert face(OVER, AT_REST) == face(replace(OVER, remaining=-900), AT_REST)


def test_the_end_cue_is_the_agreed_end_itself():
    cue = ShownCue("e", "end", "The agreed time is over.", "The agreed time is over.")
    assert face(OVER, AT_REST) == face(replace(OVER, cue=cue), AT_REST)


def test_open_at_the_agreed_end_the_rest_is_one_press_away():
    assert ["extend5", "extend10", "end", "more"] == ids(face(OVER, OPEN))


def test_ended_it_offers_to_close_it_and_to_take_it_back():
    shown = face(replace(OVER, state="ended"), AT_REST)
    offered = [("close", "close the session"), ("end", "take back")]
    assert ("ended", offered) == (shown.time, [(b.id, b.words) for b in shown.buttons])


def test_ended_it_still_says_until_when_it_is_quiet():
    shown = face(replace(OVER, state="ended"), Wish(dot="partly", quiet="Quiet: websites.", until="quiet until 13:00"))
    assert ("ended · quiet until 13:00", "partly", "Quiet: websites.") == (shown.time, shown.dot, shown.quiet)
    assert ["close", "end"] == ids(shown)


def test_an_ended_session_is_told_even_if_it_was_hidden():
    assert not face(replace(OVER, state="ended", hidden=True), AT_REST).hidden


def test_hidden_it_is_a_line_and_nothing_else():
    busy = replace(RUNNING, hidden=True, cue=CHECK, notice=SLEPT)
    assert Face(hidden=True, share=0.36) == face(busy, Wish(open=True, said="no"))


def test_hold_shows_the_minutes_it_still_lasts():
    moment = replace(RUNNING, hold_left=9)
    assert "32 min · held 9 min" == face(moment, AT_REST).time


def test_open_it_is_told_on_the_button_that_ends_it_so_that_the_others_stay_in_place():
    opened = face(replace(RUNNING, hold_left=9), OPEN)
    assert face(RUNNING, OPEN).time == opened.time
    assert ("go on · 9 min", True) == next((b.words, b.lit) for b in opened.buttons if b.id == "hold")


def test_a_pause_says_so_and_how_to_resume():
    moment = replace(RUNNING, state="paused")
    shown = face(moment, Wish(open=True, more=True))
    assert ("paused · 32 min", True, "resume") == (shown.time, shown.dimmed, shown.buttons[0].words)


def test_a_notice_comes_before_a_cue_with_its_own_choices():
    shown = face(replace(RUNNING, cue=CHECK, notice=SLEPT), AT_REST)
    answers = (
        Button("choice:count", "it counts", answer=True),
        Button("choice:leave_out", "leave it out", answer=True),
    )
    assert (SLEPT.sentence, answers, False) == (shown.sentence, shown.buttons, shown.tinted)


def test_why_something_was_refused_comes_first():
    shown = face(replace(RUNNING, notice=SLEPT), Wish(said="No session is running."))
    assert ("No session is running.", ["said"]) == (shown.sentence, ids(shown))


def test_the_remark_that_it_may_be_covered_is_shown_when_open():
    remark = "Other windows can cover this bar."
    assert ("", remark) == tuple(face(RUNNING, Wish(open=o, remark=remark)).detail for o in (False, True))


def test_a_time_of_day_is_written_in_this_computers_zone():
    assert "13:00" == clock_text(NOON)


QUIET = Wish(dot="partly", quiet="Quiet: websites. Stays loud: programs — no.", put_back=True, private="Not seen")


@pytest.mark.parametrize("moment", [RUNNING, replace(RUNNING, cue=CHECK), replace(RUNNING, notice=SLEPT), OVER])
@pytest.mark.parametrize("opened", [False, True])
def test_the_dot_of_focus_mode_is_there_at_rest_and_open_with_what_it_stands_for(moment, opened):
    shown = face(moment, replace(QUIET, open=opened))
    assert (QUIET.dot, QUIET.quiet) == (shown.dot, shown.quiet)


def test_hidden_there_is_no_dot():
    moment = replace(RUNNING, hidden=True)
    assert ("", "") == (face(moment, QUIET).dot, face(moment, QUIET).private)


def test_the_lock_is_there_when_the_bar_is_open():
    assert ("", "Not seen") == (face(RUNNING, QUIET).private, face(RUNNING, replace(QUIET, open=True)).private)


def test_more_offers_to_put_everything_back_while_there_is_something_to():
    more = Wish(open=True, more=True)
    assert "put_back" not in ids(face(RUNNING, more))
    assert ["sharing", "put_back", "less"] == ids(face(RUNNING, replace(more, put_back=True)))[-3:]
