"""Whatever the coach and the computer do in a session, the bar stays calm."""

import math
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from coachdesk.clock import Still
from coachdesk.desk import Desk
from coachdesk.errors import Refused
from coachdesk.moment import ShownCue
from coachdesk.paths import Home
from coachdesk.practice import clients, cues_shown, marks, sessions
from coachdesk.sitting import HEARTBEAT, Sitting
from tests import quick

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
CHECKS = st.lists(st.sampled_from(["20%", "50%", "60%", "80%", "10", "11", "25"]), max_size=4, unique=True)


class Zone:
    """A computer that may be carried about."""

    name = "Europe/Berlin"

    def time_zone(self) -> str:
        return self.name


class Calm(RuleBasedStateMachine):
    """A short session, lived tick by tick, with a hand on every key."""

    @initialize(
        minutes=st.integers(10, 40), checks=CHECKS, late=st.integers(-15, 15), planned=st.booleans(),
        landing=st.sampled_from([(10, 5), (5,), ()]), end=st.booleans(),
    )  # fmt: skip
    def begin(
        self, minutes: int, checks: list[str], late: int, planned: bool, landing: tuple[int, ...], end: bool
    ) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.clock, self.zone, self.boots = Still.at(NOON), Zone(), 1
        self.desk = Desk(self.clock, Home(Path(self.folder.name)))
        self.desk.adopt(quick.records())
        for name, value in {"process_checks": tuple(checks), "landing": landing, "end": end}.items():
            self.desk.change_setting(f"cues.{name}", value)
        self.sitting = Sitting(self.desk, self.zone)
        self.ada = self.desk.do(clients.add, "Ada").id
        if planned:
            self.desk.do(sessions.plan, self.ada, NOON, minutes=minutes)
            self.clock.step(late * 60)
        self.sitting.begin(self.ada, minutes=minutes)
        self.on_screen: ShownCue | None = None
        self.seen: dict[str, float] = {}
        self.gone_at, self.marked_at, self.quiet = -math.inf, -math.inf, False

    @property
    def true(self) -> float:
        return self.clock.now().awake

    def ask(self) -> float:
        """One question of a face, and what the calm rules say about its answer."""
        wait = self.sitting.tick()
        assert 0 < wait <= HEARTBEAT
        moment = self.sitting.moment()
        cue = moment.cue if moment else None
        if self.on_screen is not None and cue != self.on_screen:
            self.gone_at = self.true
        if cue is not None and cue != self.on_screen:
            assert moment is not None
            assert cue.id not in self.seen, "what went away does not come back as the same showing"
            assert moment.state == "running"
            assert not moment.hidden
            assert moment.hold_left is None
            assert self.true - self.gone_at >= 60 - 1
            assert self.true - self.marked_at >= 180 - 1
            assert len(cue.short) <= 60
            assert "Ada" not in cue.short + cue.text
            assert "-" not in cue.short.split()[0], "no minutes below nothing"
            assert (cue.kind == "end") == moment.at_end
            self.seen[cue.id] = self.true
        self.on_screen = cue
        return wait

    def live(self, seconds: float) -> None:
        end = self.true + seconds
        while self.true < end:
            self.clock.advance(min(self.ask(), max(0.001, end - self.true)))
        self.ask()

    def press(self, verb: Any, *args: Any) -> None:
        try:
            verb(*args)
        except Refused as refusal:
            self.refusal = refusal.sentence
        self.ask()

    @rule(seconds=st.floats(0.1, 120))
    def talk(self, seconds: float) -> None:
        self.live(seconds)

    @rule(seconds=st.floats(1, 1200))
    def sleep(self, seconds: float) -> None:
        self.clock.sleep(seconds)
        self.ask()

    @rule(seconds=st.floats(-3600, 3600), name=st.sampled_from(["Europe/Berlin", "Asia/Tokyo"]))
    def carry_about(self, seconds: float, name: str) -> None:
        self.clock.step(seconds)
        self.zone.name = name
        self.ask()

    @rule(choice=st.sampled_from(["keep", "leave_out"]))
    def choose(self, choice: str) -> None:
        self.press(self.sitting.choose, choice)

    @rule()
    def mark(self) -> None:
        moment = self.sitting.moment()
        self.press(self.desk.do, marks.mark)
        if moment is not None and moment.state != "ended":
            self.marked_at = self.true

    @rule(answer=st.sampled_from(["asked", "later", "not_today"]))
    def answer(self, answer: str) -> None:
        self.press(self.sitting.answer, answer)

    @rule(minutes=st.sampled_from([None, 1, 5]))
    def hold(self, minutes: int | None) -> None:
        self.press(self.sitting.hold, minutes)

    @rule(hidden=st.booleans())
    def hide(self, hidden: bool) -> None:
        self.press(self.sitting.hide, hidden)

    @rule(verb=st.sampled_from([sessions.pause, sessions.resume, sessions.full_length]))
    def press_a_key_of_time(self, verb: Any) -> None:
        self.press(self.desk.do, verb)

    @rule(minutes=st.sampled_from([1, 5, 10]))
    def extend(self, minutes: int) -> None:
        self.press(self.sitting.extend, minutes)

    @rule()
    def end_and_take_back(self) -> None:
        self.press(self.sitting.end)
        self.live(3)
        self.press(self.sitting.take_back)

    @rule(seconds=st.floats(0.1, 3000))
    def the_program_is_killed(self, seconds: float) -> None:
        self.desk.listeners.clear()
        self.clock.advance(seconds)
        self.sitting, self.on_screen = Sitting(self.desk, self.zone), None
        if self.sitting.unfinished() is not None:
            self.sitting.adopt()
        self.gone_at = -math.inf  # when it went nobody saw
        self.ask()

    @rule()
    def end_and_begin_another(self) -> None:
        self.press(self.sitting.end)
        self.sitting.begin(self.ada, minutes=15)
        self.gone_at = self.marked_at = -math.inf
        self.on_screen = None
        self.ask()

    @invariant()
    def a_cue_is_shown_as_often_as_is_kept_and_rarely(self) -> None:
        row = self.desk.read(sessions.running)
        if row is None:
            return
        kept = self.desk.read(cues_shown.of_session, row.id)
        assert {s.id for s in kept if s.id in self.seen or s.answer == "none"} <= set(self.seen)
        for point in {s.point for s in kept if s.kind == "process_check" and s.point != "unasked"}:
            shown = [s for s in kept if s.point == point and s.id in self.seen]
            assert len([s for s in shown if s.answer == "none"]) <= 2

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            self.desk.close()
            self.folder.cleanup()


TestCalm = Calm.TestCase
TestCalm.settings = settings(
    max_examples=20, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
