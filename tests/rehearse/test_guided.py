"""The guide of a rehearsal in the window: its pace, and its line for every turn of a session."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from coachdesk import settings
from coachdesk.clock import Still
from coachdesk.desk import Desk
from coachdesk.practice import commitments, marks, sessions
from coachdesk.rehearse.guided import Guided, Pace, wishes
from coachdesk.rehearse.stage import throw_away
from coachdesk.sitting import Sitting


class Vienna:
    """A machine as far as a sitting needs one."""

    def time_zone(self) -> str:
        """Vienna."""
        return "Europe/Vienna"


@dataclass
class Scene:
    """A rehearsal under way."""

    guided: Guided
    desk: Desk
    sitting: Sitting
    clock: Still

    @property
    def line(self) -> str:
        """What the guide says now."""
        return self.guided.line(self.desk, self.sitting.moment())

    def wait(self, minutes: float) -> None:
        """Let minutes of the session pass, looking as often as a bar does."""
        until = self.desk.now().awake + minutes * 60
        while (left := until - self.desk.now().awake) > 0.01:
            self.clock.advance(self.desk.clock.real_seconds(min(left, self.sitting.tick())))
        self.sitting.tick()


@pytest.fixture
def scene(clock: Still) -> Iterator[Scene]:
    """A rehearsal of an hour, twenty-four times as fast."""
    pace = Pace.of(clock, 24)
    with throw_away(pace, settings=wishes(settings.Settings(), 24), minutes=60) as stage:
        desk = Desk(pace, stage.home)
        desk.open(stage.key)
        guided = Guided(stage, pace)
        guided.watch(desk)
        yield Scene(guided, desk, Sitting(desk, Vienna()), clock)
        desk.close()


def test_time_goes_as_in_life_until_the_session_begins_and_again_after_it(scene: Scene) -> None:
    before = scene.desk.now()
    scene.clock.advance(120)
    assert 120 == scene.desk.now().awake - before.awake
    scene.sitting.begin(scene.guided.stage.client_id)
    began = scene.desk.now()
    scene.clock.advance(10)
    assert (240, 240) == (scene.desk.now().awake - began.awake, (scene.desk.now().at - began.at).total_seconds())
    assert 0.5 == scene.desk.clock.real_seconds(12)
    scene.sitting.end()
    ended = scene.desk.now()
    scene.clock.advance(10)
    assert (10, 12) == (scene.desk.now().awake - ended.awake, scene.desk.clock.real_seconds(12))


def test_the_line_goes_with_the_session(scene: Scene) -> None:
    client, desk = scene.guided.stage.client_id, scene.desk
    assert "made-up people" in scene.line
    row = scene.sitting.begin(client)
    assert "Mark this moment: Ctrl+Alt+Shift+" in scene.line
    desk.do(marks.mark)
    assert "Note a promise" in scene.line
    desk.do(commitments.add, client, "Write", session_id=row.id)
    assert "process check fades in" in scene.line
    desk.do(sessions.pause)
    assert "Paused" in scene.line
    desk.do(sessions.resume)
    scene.wait(32)
    assert "words you may say" in scene.line
    scene.sitting.answer("asked")
    scene.wait(21)
    assert "A landing cue" in scene.line
    scene.wait(9.5)
    assert "The agreed time is over." in scene.line
    scene.wait(3)
    assert "nothing presses you" in scene.line
    scene.sitting.end()
    assert "can be taken back. Close the session" in scene.line
    desk.do(sessions.close, row.id, what_mattered="Trust")
    assert "the whole path" in scene.line
    desk.close()
    assert scene.guided.line(desk, None) == ""


def test_cues_stay_long_enough_to_be_read_on_a_fast_clock() -> None:
    assert [20, 120, 120] == [wishes(settings.Settings(), speed).cues.seconds for speed in (1, 24, 1000)]


def test_at_the_pace_of_life_the_guide_leaves_the_coach_alone(clock: Still) -> None:
    pace = Pace.of(clock, 1)
    with throw_away(pace, settings=settings.Settings(), minutes=60) as stage:
        desk = Desk(pace, stage.home)
        desk.open(stage.key)
        said = Guided(stage, pace).line(desk, None)
        desk.close()

    assert "Try whatever you like" in said
