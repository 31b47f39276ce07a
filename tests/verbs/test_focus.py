"""The running program holds focus mode when it is asked by name."""

from datetime import timedelta

import pytest

from coachdesk import verbs
from coachdesk.clock import Now, Still
from coachdesk.desk import Desk
from coachdesk.focus.mode import FakeFocus
from coachdesk.paths import Home
from tests.verbs.conftest import Ask


@pytest.fixture
def focus(desk: Desk) -> FakeFocus:
    """The focus mode of the program."""
    desk.focus = FakeFocus()
    return desk.focus


def test_it_begins_for_so_many_minutes_and_says_how_it_stands(ask: Ask, focus: FakeFocus, now: Now) -> None:
    told = ask("focus.on", minutes=25)
    assert "on" == told["phase"]
    assert (now.at + timedelta(minutes=25)).isoformat() == told["ends_at"]
    assert ["notifications", "awake"] == [each["blocker"] for each in told["told"] if each["quiet"]]
    assert 1500 == focus.plan.lasts
    assert told == ask("focus.state")


def test_it_needs_no_records(clock: Still, home: Home) -> None:
    locked = Desk(clock, home)
    locked.focus = FakeFocus()
    assert "on" == verbs.carry_out(locked, {"verb": "focus.on", "arguments": {"minutes": 25}})["ok"]["phase"]


def test_one_that_is_on_is_left_as_it_is(ask: Ask, refused: Ask, focus: FakeFocus) -> None:
    ask("focus.on", minutes=25)
    assert "Focus mode is on already; coachdesk focus off ends it." == refused("focus.on", minutes=50)
    assert 1500 == focus.lasts


@pytest.mark.parametrize("minutes", [0, -1, 481, 1.5, "ten", None])
def test_minutes_that_make_no_sense_are_refused(refused: Ask, focus: FakeFocus, minutes: object) -> None:
    assert "Focus mode lasts between 1 and 480 minutes." == refused("focus.on", minutes=minutes)
    assert focus.plan is None


def test_with_everything_switched_off_there_is_nothing_to_begin(desk: Desk, refused: Ask, focus: FakeFocus) -> None:
    desk.change_setting("focus.notifications", False)
    desk.change_setting("focus.awake", False)
    assert "Everything is switched off for focus mode" in refused("focus.on", minutes=25)


def test_a_program_without_focus_mode_says_so(refused: Ask) -> None:
    assert "The CoachDesk that runs here has no focus mode." == refused("focus.on", minutes=25)
    assert "The CoachDesk that runs here has no focus mode." == refused("focus.state")
