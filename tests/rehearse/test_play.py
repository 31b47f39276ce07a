"""A rehearsal without a window shows a whole session, and notices what is missing."""

import tempfile
from pathlib import Path

import pytest

from coachdesk import settings
from coachdesk.clock import Now, Still
from coachdesk.desk import Desk
from coachdesk.paths import Home
from coachdesk.rehearse.play import Event, expected, missing, play


def test_an_hour_brings_everything_at_its_minute(now: Now) -> None:
    events, absent = play(now, 60, "Europe/Berlin")
    assert [] == absent
    assert [
        ("brief", -2), ("begin", 0), ("check-50%", 30), ("asked", 30), ("mark", 30), ("promise", 30),
        ("landing-10", 50), ("landing-5", 55), ("end", 60), ("ended", 62), ("close", 64),
    ] == [(event.name, round(event.minute)) for event in events[:-1]]  # fmt: skip
    assert "next brief" == events[-1].name
    assert "Send the two questions we ended with" in events[-1].what


@pytest.mark.parametrize("minutes", [5, 7, 12, 25])
def test_a_short_session_has_its_own_cues_and_misses_none(now: Now, minutes: int) -> None:
    events, absent = play(now, minutes)
    assert ([], "next brief") == (absent, events[-1].name)


def test_nothing_is_left_behind(now: Now) -> None:
    play(now, 5)
    assert [] == list(Path(tempfile.gettempdir()).glob("coachdesk-*"))


def test_what_is_expected_follows_the_coachs_wishes(home: Home, clock: Still) -> None:
    desk = Desk(clock, home, settings.changed(settings.Settings(), "cues.process_checks", ("20", "80%")))
    assert ["brief", "begin", "check-20", "check-80%", "landing-10", "landing-5", "end", "asked"] == expected(desk, 60)[
        :8
    ]


def test_a_cue_that_never_came_is_missed() -> None:
    events = [Event(0, "begin", "Begin"), Event(62, "ended", "End")]
    assert ["brief", "end"] == missing(["brief", "begin", "end", "ended"], events)
