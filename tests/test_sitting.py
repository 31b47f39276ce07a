"""A whole session as the coach lives it: asked, never hurried, and nothing lost."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from coachdesk.clock import Still
from coachdesk.desk import Desk
from coachdesk.errors import Refused
from coachdesk.moment import Moment
from coachdesk.paths import Home
from coachdesk.practice import clients, commitments, cues_shown, marks, own_prompts, sessions
from coachdesk.practice.clients import Client
from coachdesk.sitting import HEARTBEAT, Sitting
from tests import quick

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


class Zone:
    def __init__(self) -> None:
        self.name = "Europe/Berlin"

    def time_zone(self) -> str:
        return self.name


@pytest.fixture
def desk(clock: Still, home: Home) -> Iterator[Desk]:
    """A desk with records in memory: an hour's session has 720 heartbeats."""
    with quick.desk(clock, home) as opened:
        yield opened


@pytest.fixture
def zone() -> Zone:
    return Zone()


@pytest.fixture
def sitting(desk: Desk, zone: Zone) -> Sitting:
    return Sitting(desk, zone)


@pytest.fixture
def ada(desk: Desk) -> Client:
    return desk.do(clients.add, "Ada")


def live(sitting: Sitting, clock: Still, minutes: float) -> list[tuple[float, str]]:
    """Let time pass as a face would; returns when which cue came, in minutes."""
    seen: list[tuple[float, str]] = []
    end, last = clock.now().awake + minutes * 60, ""
    while clock.now().awake < end:
        wait = sitting.tick()
        moment = sitting.moment()
        cue = moment.cue.kind if moment and moment.cue else ""
        if cue and cue != last:
            seen.append((round((clock.now().at - NOON).total_seconds() / 60, 2), cue))
        last = cue
        assert 0 < wait <= HEARTBEAT
        clock.advance(min(wait, end - clock.now().awake) or 0.001)
    sitting.tick()
    return seen


def seen(sitting: Sitting) -> Moment:
    moment = sitting.moment()
    assert moment is not None
    return moment


def test_without_a_session_there_is_nothing_to_show(sitting: Sitting, desk: Desk) -> None:
    assert (HEARTBEAT, None, None) == (sitting.tick(), sitting.moment(), sitting.unfinished())
    with pytest.raises(Refused):
        sitting.answer("asked")
    with pytest.raises(Refused):
        sitting.take_back()
    desk.close()
    assert sitting.moment() is None


def test_a_session_has_a_check_half_way_and_two_landings(sitting: Sitting, clock: Still, ada: Client) -> None:
    sitting.begin(ada.id)
    sitting.tick()
    first = seen(sitting)
    assert ("running", 50, 0.0, False) == (first.state, first.minutes_left, first.share, first.at_end)

    cues = live(sitting, clock, 52)

    assert [(25, "process_check"), (27, "process_check"), (40, "landing"), (45, "landing"), (50, "end")] == cues
    assert (True, -2) == (seen(sitting).at_end, seen(sitting).minutes_left)


def test_a_cue_retires_by_itself_after_twenty_seconds(sitting: Sitting, clock: Still, ada: Client) -> None:
    sitting.begin(ada.id)
    live(sitting, clock, 25)
    cue = seen(sitting).cue
    assert cue is not None
    assert len(cue.short) <= 60
    live(sitting, clock, 19.9 / 60)
    assert seen(sitting).cue is not None
    live(sitting, clock, 0.2 / 60)
    assert seen(sitting).cue is None


def test_the_check_that_comes_back_is_the_same_one(sitting: Sitting, clock: Still, desk: Desk, ada: Client) -> None:
    row = sitting.begin(ada.id)
    live(sitting, clock, 28)

    first, again = desk.read(cues_shown.of_session, row.id)
    assert first.prompt_id == again.prompt_id != ""


def test_an_answer_is_kept_and_takes_the_cue_away(sitting: Sitting, clock: Still, desk: Desk, ada: Client) -> None:
    row = sitting.begin(ada.id)
    live(sitting, clock, 25)
    sitting.answer("asked")

    assert seen(sitting).cue is None
    assert ["asked"] == [c.answer for c in desk.read(cues_shown.of_session, row.id)]
    assert [(40, "landing"), (45, "landing"), (50, "end")] == live(sitting, clock, 26)


def test_later_brings_the_check_back_after_five_minutes(sitting: Sitting, clock: Still, ada: Client) -> None:
    sitting.begin(ada.id)
    live(sitting, clock, 25)
    sitting.answer("later")

    assert (30, "process_check") == live(sitting, clock, 10)[0]


def test_asked_before_its_time_withdraws_the_check(sitting: Sitting, clock: Still, desk: Desk, ada: Client) -> None:
    row = sitting.begin(ada.id)
    live(sitting, clock, 10)
    sitting.answer("asked")
    sitting.answer("asked")

    assert [(40, "landing")] == live(sitting, clock, 31)
    assert 2 == len([c for c in desk.read(cues_shown.of_session, row.id) if c.answer == "asked"])


def test_later_without_a_cue_changes_nothing(sitting: Sitting, desk: Desk, ada: Client) -> None:
    row = sitting.begin(ada.id)
    sitting.answer("later")

    assert [] == list(desk.read(cues_shown.of_session, row.id))


def test_holding_keeps_cues_back_and_has_an_end(sitting: Sitting, clock: Still, ada: Client) -> None:
    sitting.begin(ada.id)
    live(sitting, clock, 24)
    sitting.hold(10)
    assert 10 == seen(sitting).hold_left

    assert [(34, "process_check")] == live(sitting, clock, 11)
    assert seen(sitting).hold_left is None
    sitting.hold(10)
    sitting.hold(None)
    assert seen(sitting).hold_left is None


def test_hiding_keeps_cues_back_until_shown_again(sitting: Sitting, clock: Still, ada: Client) -> None:
    sitting.begin(ada.id)
    live(sitting, clock, 24)
    sitting.hide(True)
    assert [] == live(sitting, clock, 6)
    assert seen(sitting).hidden
    sitting.hide(False)

    assert [(30, "process_check")] == live(sitting, clock, 1)


def test_a_mark_asks_for_three_minutes_of_quiet(sitting: Sitting, clock: Still, desk: Desk, ada: Client) -> None:
    sitting.begin(ada.id)
    live(sitting, clock, 24)
    desk.do(marks.mark)

    assert [(27, "process_check")] == live(sitting, clock, 3.1)


def test_a_pause_takes_the_cue_off_the_screen(sitting: Sitting, clock: Still, desk: Desk, ada: Client) -> None:
    sitting.begin(ada.id)
    live(sitting, clock, 25)
    desk.do(sessions.pause)
    live(sitting, clock, 5)

    assert ("paused", None, 1500) == (seen(sitting).state, seen(sitting).cue, seen(sitting).elapsed)
    desk.do(sessions.resume)
    assert "running" == seen(sitting).state


def test_five_minutes_more_at_the_end_answer_the_end_cue(
    sitting: Sitting, clock: Still, desk: Desk, ada: Client
) -> None:
    row = sitting.begin(ada.id)
    live(sitting, clock, 50)
    sitting.extend(5)

    assert (5, None) == (seen(sitting).minutes_left, seen(sitting).cue)
    assert [(55, "end")] == live(sitting, clock, 6)
    assert "asked" in [c.answer for c in desk.read(cues_shown.of_session, row.id) if c.kind == "end"]


def test_the_end_can_be_taken_back_for_a_minute(sitting: Sitting, clock: Still, desk: Desk, ada: Client) -> None:
    sitting.begin(ada.id)
    live(sitting, clock, 10)
    sitting.end()
    assert ("ended", 600) == (seen(sitting).state, seen(sitting).elapsed)
    live(sitting, clock, 0.5)
    sitting.take_back()
    assert ("running", 630) == (seen(sitting).state, round(seen(sitting).elapsed))

    sitting.end()
    live(sitting, clock, 1.1)
    assert sitting.moment() is None
    with pytest.raises(Refused):
        sitting.take_back()


def test_a_late_start_is_said_until_it_is_given_back(sitting: Sitting, clock: Still, desk: Desk, ada: Client) -> None:
    desk.do(sessions.plan, ada.id, NOON, minutes=50)
    clock.advance(600)
    sitting.begin(ada.id)
    assert (10, 40) == (seen(sitting).late_by, seen(sitting).minutes_left)

    desk.do(sessions.full_length)
    assert (0, 50) == (seen(sitting).late_by, seen(sitting).minutes_left)


def test_the_next_session_of_the_day_is_known(sitting: Sitting, desk: Desk, ada: Client) -> None:
    desk.do(sessions.plan, ada.id, NOON + timedelta(hours=5))
    sitting.begin(ada.id)
    assert NOON + timedelta(hours=5) == seen(sitting).next_at

    desk.do(sessions.move, desk.read(sessions.coming)[0].id, NOON + timedelta(days=5))
    assert seen(sitting).next_at is None


def test_phases_come_from_the_chosen_template(sitting: Sitting, clock: Still, desk: Desk, ada: Client) -> None:
    sitting.begin(ada.id)
    assert seen(sitting).phase is None
    sitting.end()

    desk.change_setting("session.template", "sixty")
    sitting.begin(ada.id)
    assert "Arrive" == seen(sitting).phase
    live(sitting, clock, 49)
    assert "Close" == seen(sitting).phase


def test_a_sleep_is_told_once_and_can_be_left_out(sitting: Sitting, clock: Still, ada: Client) -> None:
    sitting.begin(ada.id)
    live(sitting, clock, 10)
    clock.sleep(1200)
    sitting.tick()
    notice = seen(sitting).notice
    assert notice is not None
    assert ("slept", True, 1800) == (notice.kind, "20 minutes" in notice.sentence, round(seen(sitting).elapsed))

    sitting.choose("leave_out")

    assert (None, 600) == (seen(sitting).notice, round(seen(sitting).elapsed))
    live(sitting, clock, 1)
    assert 660 == round(sitting.end().elapsed_seconds or 0)


def test_a_sleep_can_be_counted(sitting: Sitting, clock: Still, ada: Client) -> None:
    sitting.begin(ada.id)
    live(sitting, clock, 10)
    clock.sleep(1200)
    sitting.tick()
    sitting.choose("keep")

    assert (None, 1800) == (seen(sitting).notice, round(seen(sitting).elapsed))


def test_a_sleep_in_a_pause_needs_no_choice(sitting: Sitting, clock: Still, desk: Desk, ada: Client) -> None:
    sitting.begin(ada.id)
    live(sitting, clock, 10)
    desk.do(sessions.pause)
    clock.sleep(60)
    sitting.tick()
    notice = seen(sitting).notice

    assert notice is not None
    assert ("1 minute during the pause" in notice.sentence, 1) == (True, len(notice.choices))


@pytest.mark.parametrize(("step", "word"), [(3600, "forward"), (-3600, "back")])
def test_a_set_clock_is_told_and_moves_nothing(
    sitting: Sitting, clock: Still, ada: Client, step: int, word: str
) -> None:
    sitting.begin(ada.id)
    live(sitting, clock, 10)
    clock.step(step)
    sitting.tick()
    moment = seen(sitting)

    assert moment.notice is not None
    assert word in moment.notice.sentence
    assert (600, 40) == (round(moment.elapsed), moment.minutes_left)
    assert clock.now().at + timedelta(minutes=40) == moment.ends_at


def test_a_time_zone_change_is_told(sitting: Sitting, clock: Still, zone: Zone, ada: Client) -> None:
    sitting.begin(ada.id)
    live(sitting, clock, 1)
    zone.name = "Asia/Tokyo"
    sitting.tick()

    assert "Asia/Tokyo" in (seen(sitting).notice or pytest.fail("nothing shown")).sentence


def test_the_heartbeat_keeps_where_the_session_is(sitting: Sitting, clock: Still, desk: Desk, ada: Client) -> None:
    sitting.begin(ada.id)
    live(sitting, clock, 10)

    last = desk.read(sessions.running)
    assert last is not None
    assert last.last_seen_at is not None
    assert NOON + timedelta(minutes=10) - last.last_seen_at <= timedelta(seconds=HEARTBEAT)


def test_a_session_seen_a_moment_ago_is_simply_taken_up(desk: Desk, zone: Zone, clock: Still, ada: Client) -> None:
    Sitting(desk, zone).begin(ada.id)
    clock.advance(30)
    again = Sitting(desk, zone)

    assert again.unfinished() is None
    moment = seen(again)
    assert moment.notice is not None
    assert ("resumed", 30) == (moment.notice.kind, round(moment.elapsed))


def test_a_session_out_of_sight_for_long_is_asked_about(desk: Desk, zone: Zone, clock: Still, ada: Client) -> None:
    row = Sitting(desk, zone).begin(ada.id)
    clock.advance(3600)
    again = Sitting(desk, zone)
    found = again.unfinished()

    assert found is not None
    assert (row.id, NOON) == (found.id, found.last_seen_at)
    again.adopt()
    assert 3600 == round(seen(again).elapsed)


def test_a_session_begun_without_a_window_is_taken_over_without_a_question(
    desk: Desk, zone: Zone, clock: Still, ada: Client
) -> None:
    desk.do(sessions.start, ada.id, attended=False)
    clock.advance(3600)
    sitting = Sitting(desk, zone)

    assert sitting.unfinished() is None
    assert seen(sitting).notice is None
    adopted = desk.read(sessions.running)
    assert adopted is not None
    assert adopted.attended


def test_ones_own_prompts_are_drawn_and_switched_off_ones_are_not(
    sitting: Sitting, clock: Still, desk: Desk, ada: Client
) -> None:
    from coachdesk.in_session import library

    everything = [p.id for p in library(desk) if p.category == "process_check"]
    desk.change_setting("prompts.off", tuple(everything))
    own = desk.do(own_prompts.add, "process_check", "Are we well?", "Are we well, you and I?")
    sitting.begin(ada.id)
    live(sitting, clock, 25)
    assert "Are we well?" == (seen(sitting).cue or pytest.fail("nothing shown")).short
    sitting.answer("asked")

    desk.do(own_prompts.edit, own.id, off=True)
    desk.change_setting("cues.process_checks", ("60%",))
    live(sitting, clock, 5)
    assert "How is this conversation for you so far?" == (seen(sitting).cue or pytest.fail("nothing shown")).short


def test_five_minutes_more_do_not_say_that_a_check_was_asked(
    sitting: Sitting, clock: Still, desk: Desk, ada: Client
) -> None:
    row = sitting.begin(ada.id)
    live(sitting, clock, 25)
    sitting.extend(5)

    assert seen(sitting).cue is not None
    assert ["none"] == [c.answer for c in desk.read(cues_shown.of_session, row.id)]


def test_minutes_added_in_an_overrun_are_not_landed_at_once(sitting: Sitting, clock: Still, ada: Client) -> None:
    sitting.begin(ada.id, minutes=15)
    live(sitting, clock, 15.2)
    sitting.extend(5)

    assert [(20.2, "end")] == live(sitting, clock, 6)


def test_a_clock_set_after_a_sleep_does_not_take_the_choice_away(sitting: Sitting, clock: Still, ada: Client) -> None:
    sitting.begin(ada.id)
    live(sitting, clock, 10)
    for _ in range(2):
        clock.sleep(600)
        sitting.tick()
        clock.advance(5)
    clock.step(60)
    sitting.tick()
    clock.step(-60)
    sitting.tick()

    told = []
    while (notice := seen(sitting).notice) is not None:
        told.append(notice.kind)
        sitting.choose("leave_out")
    assert ["slept", "slept", "clock_moved"] == told
    assert 610 == round(seen(sitting).elapsed)
    sitting.choose("keep")


def test_waking_elsewhere_is_told_as_a_sleep_and_a_new_zone(
    sitting: Sitting, clock: Still, zone: Zone, ada: Client
) -> None:
    sitting.begin(ada.id)
    live(sitting, clock, 1)
    clock.sleep(1200)
    zone.name = "Asia/Tokyo"
    sitting.tick()
    sitting.choose("keep")

    assert "Asia/Tokyo" in (seen(sitting).notice or pytest.fail("nothing shown")).sentence


def test_the_heartbeat_never_waits_longer_than_it_says(sitting: Sitting, clock: Still, desk: Desk, ada: Client) -> None:
    sitting.begin(ada.id)
    sitting.tick()
    clock.advance(4.4)
    clock.advance(sitting.tick())
    sitting.tick()

    row = desk.read(sessions.running)
    assert row is not None
    assert NOON + timedelta(seconds=5) == row.last_seen_at


def test_an_end_taken_back_leaves_hidden_what_was_hidden(sitting: Sitting, ada: Client) -> None:
    sitting.begin(ada.id)
    sitting.hide(True)
    sitting.hold(10)
    sitting.end()
    sitting.take_back()

    assert (True, 10) == (seen(sitting).hidden, seen(sitting).hold_left)


def test_holding_no_longer_leaves_a_cue_where_it_is(sitting: Sitting, clock: Still, ada: Client) -> None:
    sitting.begin(ada.id)
    live(sitting, clock, 25)
    sitting.hold(None)
    assert seen(sitting).cue is not None
    sitting.hold(5)
    assert seen(sitting).cue is None


def test_nothing_of_one_session_is_shown_in_the_next(sitting: Sitting, clock: Still, desk: Desk, ada: Client) -> None:
    sitting.begin(ada.id)
    live(sitting, clock, 25)
    sitting.hide(True)
    sitting.hide(False)
    live(sitting, clock, 2)
    desk.do(sessions.finish)
    desk.do(sessions.start, ada.id)

    assert (None, None, 0.0) == (seen(sitting).cue, seen(sitting).notice, seen(sitting).elapsed)
    live(sitting, clock, 0.1)
    assert seen(sitting).notice is None


def test_the_end_is_forgotten_when_its_minute_is_over(sitting: Sitting, clock: Still, ada: Client) -> None:
    sitting.begin(ada.id)
    sitting.end()
    clock.advance(57)
    clock.advance(sitting.tick())
    sitting.tick()

    assert (None, 60) == (sitting.moment(), (clock.now().at - NOON).total_seconds())


def test_a_start_corrected_after_a_landing_does_not_repeat_it(
    sitting: Sitting, clock: Still, desk: Desk, ada: Client
) -> None:
    desk.change_setting("cues.process_checks", ())
    desk.do(sessions.plan, ada.id, NOON, minutes=20)
    clock.advance(180)
    sitting.begin(ada.id)
    assert [(15, "landing")] == live(sitting, clock, 13)
    desk.do(sessions.began_ago, 14)

    assert [] == live(sitting, clock, 3)


def test_a_check_whose_time_falls_into_a_pause_comes_when_it_is_over(
    sitting: Sitting, clock: Still, desk: Desk, ada: Client
) -> None:
    sitting.begin(ada.id, minutes=90)
    live(sitting, clock, 30)
    desk.do(sessions.pause)
    assert [] == live(sitting, clock, 30)
    desk.do(sessions.resume)

    assert [(60, "process_check")] == live(sitting, clock, 1)


def test_when_nothing_may_be_drawn_oneself_is_asked_in_plain_words(sitting: Sitting, clock: Still, desk: Desk) -> None:
    from coachdesk.in_session import library

    desk.change_setting("prompts.off", tuple(p.id for p in library(desk)))
    sitting.begin(desk.do(clients.add, "Me", kind="self").id, minutes=30)
    live(sitting, clock, 15)

    assert "How is this for me?" == (seen(sitting).cue or pytest.fail("nothing shown")).short


def test_what_a_verb_elsewhere_changes_is_seen_at_once(sitting: Sitting, desk: Desk, ada: Client) -> None:
    sitting.begin(ada.id)
    assert 50 == seen(sitting).minutes_left
    desk.do(sessions.extend, 10)
    assert 60 == seen(sitting).minutes_left
    desk.do(commitments.add, ada.id, "write")
    desk.do(sessions.finish)
    assert sitting.moment() is None
