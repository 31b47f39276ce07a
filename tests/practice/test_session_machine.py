"""Whatever is done to sessions in any order, and to the computer's clocks meanwhile, their time stays right."""

import tempfile
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from coachdesk.clock import Still
from coachdesk.desk import Desk
from coachdesk.errors import Refused
from coachdesk.paths import Home
from coachdesk.practice import clients, sessions
from coachdesk.practice.sessions import Session
from tests import quick

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
LITTLE = st.integers(1, 600)


class Told:
    """The independent reckoning: a log of what happened, counted anew at every question.

    ``passed`` are true seconds since the test began, sleep included; the session's own time is told by nothing else
    while the computer stays on. Across a restart the session can only go by the wall clock.
    """

    def __init__(self) -> None:
        self.begun: float = 0.0
        self.pauses: list[list[float]] = []

    def elapsed(self, passed: float) -> float:
        cuts = sorted({self.begun, passed, *(t for pause in self.pauses for t in pause)})
        spans = [(a, b) for a, b in pairwise(cuts) if self.begun <= a and b <= passed]
        return sum(b - a for a, b in spans if not any(p[0] <= a and b <= p[1] for p in self.pauses))


class Sessions(RuleBasedStateMachine):
    """One client after another; the desk may be killed and opened again at any moment."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.clock, self.store, self.boots = Still.at(NOON), quick.records(), 1
        self.told: Told | None = None
        self.passed, self.over, self.closed = 0.0, {}, set()  # type: tuple[float, dict[str, float], set[str]]
        self.last: tuple[str, float, bool] | None = None
        self.open()
        self.ada = self.desk.do(clients.add, "Ada").id

    def open(self) -> None:
        self.desk = Desk(self.clock, Home(Path(self.folder.name)))
        self.desk.adopt(self.store)

    def running(self) -> Session | None:
        return self.desk.read(sessions.running)

    def refused(self, verb: Any, *args: Any) -> None:
        before = self.running()
        with pytest.raises(Refused):
            self.desk.do(verb, *args)
        assert before == self.running()

    @property
    def paused(self) -> bool:
        return self.told is not None and any(p[1] == float("inf") for p in self.told.pauses)

    # --- the computer ----------------------------------------------------------------------------------------------

    @rule(seconds=LITTLE)
    def time_passes(self, seconds: int) -> None:
        self.clock.advance(seconds)
        self.passed += seconds

    @rule(seconds=LITTLE)
    def the_computer_sleeps(self, seconds: int) -> None:
        self.clock.sleep(seconds)
        self.passed += seconds

    @rule(seconds=st.integers(-7200, 7200))
    def the_clock_is_set(self, seconds: int) -> None:
        self.desk.do_quietly(sessions.seen)
        self.clock.step(seconds)

    @rule(seconds=LITTLE)
    def the_computer_starts_again(self, seconds: int) -> None:
        self.desk.do_quietly(sessions.seen)
        row = self.running()
        if row is not None and row.last_seen_at is not None:
            self.clock.step((row.last_seen_at - self.clock.now().at).total_seconds())  # what a clock set right says
        self.boots += 1
        self.clock.reboot(seconds, f"boot-{self.boots}")
        self.passed += seconds
        self.last = None
        self.open()

    @rule()
    def the_program_is_killed(self) -> None:
        self.open()

    # --- the coach -------------------------------------------------------------------------------------------------

    @rule(minutes=st.one_of(st.none(), st.integers(5, 90)))
    def start(self, minutes: int | None) -> None:
        if self.told is not None:
            return self.refused(sessions.start, self.ada)
        row = self.desk.do(sessions.start, self.ada, minutes=minutes)
        assert row.agreed_end is not None
        assert row.started_at is not None
        assert timedelta(minutes=5) <= row.agreed_end - row.started_at <= timedelta(minutes=90) + sessions.EARLY
        self.told, self.last = Told(), None
        self.told.begun = self.passed
        return None

    @rule()
    def pause(self) -> None:
        if self.told is None:
            return self.refused(sessions.pause)
        if not self.paused:
            self.told.pauses.append([self.passed, float("inf")])
        self.desk.do(sessions.pause)
        return None

    @rule()
    def resume(self) -> None:
        if self.told is None:
            return self.refused(sessions.resume)
        for each in self.told.pauses:
            each[1] = min(each[1], self.passed)
        self.desk.do(sessions.resume)
        return None

    @precondition(lambda self: self.told is not None)
    @rule(minutes=st.integers(1, 30), full=st.booleans())
    def agree_on_more(self, minutes: int, full: bool) -> None:
        before = self.running()
        row = self.desk.do(sessions.full_length) if full else self.desk.do(sessions.extend, minutes)
        assert before is not None
        assert row.agreed_end is not None
        assert before.agreed_end is not None
        assert row.agreed_end >= before.agreed_end + timedelta(minutes=0 if full else minutes)

    @precondition(lambda self: self.told is not None)
    @rule(minutes=st.integers(0, 40))
    def began_ago(self, minutes: int) -> None:
        assert self.told is not None
        try:
            self.desk.do(sessions.began_ago, minutes)
            self.told.begun = self.passed - minutes * 60
        except Refused:  # only for the sake of another session
            assert self.over

    @precondition(lambda self: self.told is not None)
    @rule(ago=st.integers(0, 900), seconds=st.integers(0, 900))
    def leave_out(self, ago: int, seconds: int) -> None:
        row = self.desk.do(sessions.seen)
        assert self.told is not None
        assert row is not None
        assert row.last_seen_at is not None
        here, start = row.last_seen_at, max(self.passed - ago, self.told.begun)
        self.desk.do(sessions.leave_out, here - timedelta(seconds=ago), here - timedelta(seconds=ago - seconds))
        if start < min(self.passed, self.passed - ago + seconds):
            self.told.pauses.append([start, min(self.passed, self.passed - ago + seconds)])

    @rule(back=st.integers(0, 300))
    def finish(self, back: int) -> None:
        if self.told is None:
            return self.refused(sessions.finish)
        row = self.desk.do(sessions.seen)
        assert row is not None
        assert row.last_seen_at is not None
        back = 0 if back < 200 else back
        ended_at, end = row.last_seen_at - timedelta(seconds=back), self.passed - back
        if end < self.told.begun:
            with pytest.raises(Refused):
                self.desk.do(sessions.finish, ended_at=ended_at)
            return None
        row = self.desk.do(sessions.finish, ended_at=ended_at)
        self.over[row.id] = self.told.elapsed(end)
        self.last = (row.id, self.passed, self.paused) if back == 0 else None
        self.kept, self.told = self.told, None
        return None

    @precondition(lambda self: self.last is not None)
    @rule()
    def take_back(self) -> None:
        assert self.last is not None
        session_id, at, paused = self.last
        if self.told is not None or self.passed - at > sessions.TAKE_BACK_WITHIN or session_id in self.closed:
            return self.refused(sessions.take_back, session_id)
        row = self.desk.do(sessions.take_back, session_id)
        for each in self.kept.pauses:  # one resumed at the moment of the end cannot be told from one that lasted
            if each[1] == at and row.state == "paused":
                each[1] = float("inf")
        self.told, self.last = self.kept, None
        del self.over[session_id]
        assert (row.state == "paused") == self.paused >= paused
        return None

    @precondition(lambda self: self.over)
    @rule(number=st.integers(0, 9), remove=st.booleans())
    def close_or_remove(self, number: int, remove: bool) -> None:
        session_id = sorted(self.over)[number % len(self.over)]
        if remove:
            self.desk.do(sessions.remove, session_id)
            del self.over[session_id]
            self.closed.discard(session_id)
            if self.last is not None and self.last[0] == session_id:
                self.last = None
        else:
            self.desk.do(sessions.close, session_id)
            self.closed.add(session_id)

    @rule(minutes=st.integers(-150, 600))
    def plan(self, minutes: int) -> None:
        self.desk.do(sessions.plan, self.ada, self.clock.now().at + timedelta(minutes=minutes), minutes=50)

    @rule(number=st.integers(0, 9), verb=st.sampled_from(["move", "cancel", "missed", "plan_again", "remove"]))
    def handle_a_plan(self, number: int, verb: str) -> None:
        rows = [s for s in self.desk.read(sessions.every) if s.id not in self.over and s.state not in sessions.LIVE]
        if not rows:
            return
        row = sorted(rows, key=lambda s: s.id)[number % len(rows)]
        start = (self.clock.now().at + timedelta(hours=3),) if verb == "move" else ()
        fits = {"plan_again": ("cancelled", "missed"), "remove": sessions.STATES}.get(verb, ("planned",))
        if row.state in fits:
            self.desk.do(getattr(sessions, verb), row.id, *start)
        else:
            self.refused(getattr(sessions, verb), row.id, *start)

    # --- what always holds ---------------------------------------------------------------------------------------

    @invariant()
    def one_runs_at_most_and_its_time_is_right(self) -> None:
        row = self.running()
        assert (row is None) == (self.told is None)
        if row is None or self.told is None:
            return
        clock = self.desk.read(sessions.clock_of, row)
        assert row.state == ("paused" if self.paused else "running")
        assert clock.elapsed(self.clock.now()) == pytest.approx(self.told.elapsed(self.passed), abs=0.1)
        assert clock.since_start(self.clock.now()) == pytest.approx(self.passed - self.told.begun, abs=0.1)
        assert clock.agreed_end > clock.started_at

    @invariant()
    def what_is_over_keeps_its_time_and_stays_closed(self) -> None:
        rows = {s.id: s for s in self.desk.read(sessions.every) if s.state == "finished"}
        assert set(self.over) == set(rows)
        for session_id, row in rows.items():
            assert row.started_at is not None
            assert row.ended_at is not None
            assert row.ended_at >= row.started_at
            assert row.elapsed_seconds == pytest.approx(self.over[session_id], abs=1)
            assert (session_id in self.closed) == (row.closed_at is not None)

    @invariant()
    def pauses_lie_one_after_the_other(self) -> None:
        for row in self.desk.read(sessions.every):
            if row.started_at is not None and row.last_seen_at is not None:
                end = row.ended_at or self.desk.read(sessions.clock_of, row).timeline(self.clock.now())
                spans = [(s.start, s.end or end) for s in self.desk.read(sessions.clock_of, row).pauses]
                assert all(a <= b <= end for a, b in spans)
                assert all(b <= c for (_a, b), (c, _d) in pairwise(spans))

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            self.folder.cleanup()


TestSessions = Sessions.TestCase
TestSessions.settings = settings(
    max_examples=25, stateful_step_count=30, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
