"""The rows about the session's time: how late a cue comes on a busy machine, how exact the time is."""

import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import quantiles

from coachdesk.clock import Still
from coachdesk.desk import Desk
from coachdesk.sitting import Sitting
from tests.bench.figures import Figure, Limit
from tests.bench.ground import Ground, cores
from tests.practice_of_20_years import PASSPHRASE

CUES = 120
SPEED = 60
"""Sixty times as fast as life, with real timers: two minutes between cues are two seconds."""
SESSIONS = 12


def cues(ground: Ground) -> list[Figure]:
    """Due time to the bar's first picture with the cue, every core busy with something else."""
    from coachdesk.practice import clients
    from coachdesk.storage import keys, store

    home = ground.home("cues")
    key, _code = keys.create(home.keys, passphrase=PASSPHRASE)
    desk = Desk(Still.at(datetime.now(UTC)), home)
    desk.adopt(store.create(home.records, key))
    desk.do(clients.add, "Ada")
    desk.close()
    with _every_core_busy(), ground.program("many_cues", str(home.root), PASSPHRASE, str(SPEED), str(CUES)) as program:
        late = program.hear("cues")["late"]
    assert min(late) >= 0, "a cue came before its time"
    worst = quantiles(late, n=100)[-1]
    return [
        Figure(f"a cue after its due time, all cores busy, 99th percentile of {CUES}", worst, "ms", Limit(most=250))
    ]


def error(ground: Ground) -> list[Figure]:
    """The worst of many sessions with pauses, a sleep of 90 minutes and the wall clock set by an hour either way."""
    from coachdesk.practice import clients
    from coachdesk.storage import store

    home = ground.home("error")
    clock = Still.at(datetime(2026, 3, 2, 12, tzinfo=UTC))
    desk = Desk(clock, home)
    desk.adopt(store.create(home.records, bytes(32)))
    client = desk.do(clients.add, "Ada").id
    try:
        wrong = [_Course(desk, clock, client, random.Random(seed)).error() for seed in range(SESSIONS)]
    finally:
        desk.close()
    return [
        Figure(
            f"error of the session's time, worst of {SESSIONS}", max(wrong), "s", Limit(most=0.1), against="true time"
        )
    ]


@dataclass
class _Zone:
    """A machine that stays in one time zone."""

    def time_zone(self) -> str:
        """The zone."""
        return "Europe/Berlin"


@dataclass
class _Course:
    """One session with everything that happens to clocks, in an order drawn by chance."""

    desk: Desk
    clock: Still
    client: str
    chance: random.Random
    true: float = 0.0
    """Seconds that should count."""

    def error(self) -> float:
        """Seconds between the time the session shows at its end and the true one."""
        from coachdesk.practice import sessions

        sitting = Sitting(self.desk, _Zone())
        sitting.begin(self.client, minutes=240)
        happenings = [self._pause, self._pause, self._sleep, self._forward, self._back]
        self.chance.shuffle(happenings)
        for happens in happenings:
            self._talk(sitting)
            happens()
            sitting.tick()
        self._talk(sitting)
        shown = sitting.moment().elapsed
        self.desk.listeners.clear()
        self.desk.do(sessions.close, sitting.end().id)
        self.clock.advance(3600)
        return abs(shown - self.true)

    def _talk(self, sitting: Sitting) -> None:
        left = self.chance.uniform(30, 300)
        self.true += left
        while left > 0:
            step = min(left, sitting.tick())
            self.clock.advance(step)
            left -= step

    def _pause(self) -> None:
        from coachdesk.practice import sessions

        self.desk.do(sessions.pause)
        self.clock.advance(self.chance.uniform(10, 400))
        self.desk.do(sessions.resume)

    def _sleep(self) -> None:
        self.clock.sleep(90 * 60)
        self.true += 90 * 60  # it counts until the coach says otherwise

    def _forward(self) -> None:
        self.clock.step(3600)

    def _back(self) -> None:
        self.clock.step(-3600)


@contextmanager
def _every_core_busy() -> Iterator[None]:
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _core in range(cores())]
    try:
        yield
    finally:
        for process in busy:
            process.kill()
            process.wait()
