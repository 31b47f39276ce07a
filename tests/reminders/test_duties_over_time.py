"""Sixty days in hourly steps, with sleep, clocks set wrong and right, journeys, locks, restarts and sessions between.

What should be told is worked out here a second time and differently: from the coach's own wall clock, hour by hour,
over a practice kept in plain dictionaries. Whenever an hour ends with the computer awake, the records open and no
session running, everything that stands has been told; nothing was told that did not stand, nothing twice, and nothing
while a session ran.
"""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QObject
from sqlmodel import select

from coachdesk.clock import Still
from coachdesk.desk import Desk
from coachdesk.machine.here import FakeMachine
from coachdesk.practice import agreements, clients, commitments, reflections, sessions
from coachdesk.practice.duties_told import DutyTold
from coachdesk.storage import disk
from coachdesk.ui.bridge import Bridge
from coachdesk.ui.due import Duties
from coachdesk.ui.tasks import Tasks
from tests import quick

NEVER = datetime.min.replace(tzinfo=UTC)
HOUR, MINUTE = 3600.0, 60.0
ROUND = 5 * MINUTE
"""Rounds are rarer here than in life, where nothing would be later for it."""
Key = tuple[str, str, str]


class SleepyAlarm:
    """An alarm that waits as APScheduler does: by a clock that stands still in sleep, for a moment of wall time."""

    def __init__(self, ring, clock: Still) -> None:
        self.ring, self.clock = ring, clock
        self.at: datetime | None = None
        self.up = math.inf

    def set(self, at: datetime | None) -> None:
        self.at = at
        self._wait()

    def _wait(self) -> None:
        now = self.clock.now()
        self.up = math.inf if self.at is None else now.up + max(0.0, (self.at - now.at).total_seconds())

    def look(self) -> bool:
        """Ring, if the wait is over and it really is that late; whether it rang."""
        now = self.clock.now()
        if now.up < self.up:
            return False
        if self.at is not None and now.at < self.at:
            self._wait()
            return False
        self.at, self.up = None, math.inf
        return True

    def close(self) -> None:
        self.set(None)


class Around(QObject):
    """As much of the window as duties ask for."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.bridge, self.tasks = desk, Bridge(self), Tasks(self)
        self.focus = self.presence = None
        self.running = False
        desk.listeners.append(self.bridge.announce)

    def session_runs(self) -> bool:
        return self.running


@dataclass
class Practice:
    """What the coach did, in plain values, and what should stand because of it."""

    zone: str
    morning: int
    promises: dict[str, tuple[str, date]] = field(default_factory=dict)
    planned: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    last: dict[str, datetime] = field(default_factory=dict)
    reviews: dict[str, date] = field(default_factory=dict)
    reflected: set[tuple[int, int]] = field(default_factory=set)
    backup: datetime | None = None
    since: datetime = NEVER

    def standing(self, now: datetime) -> set[Key]:
        """What stands at this moment by the coach's wall clock."""
        here = now.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)
        return {key for key, begins, ends in self._all(now, here) if begins <= here and (ends is None or here < ends)}

    def _all(self, now: datetime, here: datetime) -> Iterator[tuple[Key, datetime, datetime | None]]:
        for id_, (owner, day) in self.promises.items():
            yield ("my_promise" if owner == "coach" else "our_promise", id_, f"{day}"), self._begin(day), None
        for id_, (_client, start) in self.planned.items():
            if start - timedelta(minutes=10) <= now < start + timedelta(minutes=50):
                yield ("session_soon", id_, start.isoformat(timespec="minutes")), here, None
        for id_, day in self.reviews.items():
            yield ("agreement", id_, f"{day}"), self._begin(day), None
        for client, last in self.last.items():
            given_up = [start + timedelta(hours=2) for whose, start in self.planned.values() if whose == client]
            at = max(last, *given_up, last)
            key = ("without_next", client, at.isoformat(timespec="seconds"))
            yield key, self._begin(self._day(at) + timedelta(days=1)), None
        if self.last:
            year, week, _day = here.isocalendar()
            if (year, week) not in self.reflected:
                monday = here.date() - timedelta(days=here.weekday())
                key = ("reflection", "", f"{year}-W{week:02}")
                yield key, self._begin(monday + timedelta(days=4)), None
        at = self.backup or self.since
        key = ("backup", "", at.isoformat(timespec="seconds"))
        yield key, self._begin(self._day(at) + timedelta(days=7)), None

    def _begin(self, day: date) -> datetime:
        return datetime.combine(day, time(self.morning))

    def _day(self, at: datetime) -> date:
        return at.astimezone(ZoneInfo(self.zone)).date()


class Travel:
    """Lets the hours pass, and looks after each."""

    def __init__(self, desk: Desk, clock: Still, zone: str, morning: int, seed: int) -> None:
        self.desk, self.clock, self.chance = desk, clock, random.Random(seed)
        self.machine = FakeMachine(clock=clock, zone=zone)
        self.practice = Practice(zone, morning, since=clock.now().at)
        self.around = Around(desk)
        self.told: set[Key] = set()
        self.heard = 0
        self.wrong = 0.0
        self.locked = None
        desk.change_setting("reminders.notify", True)
        desk.change_setting("reminders.morning", morning)
        self.clients = [desk.do(clients.add, f"Client {number}").id for number in range(4)]
        self.begin()

    # --- the program

    def begin(self) -> None:
        """The program starts, its records open."""
        self.due = Duties(self.desk, self.machine, self.around, lambda ring: SleepyAlarm(ring, self.clock))
        self.around.bridge.opened.emit()
        self.settle()

    def restart(self) -> None:
        self.due.close()
        self.due.setParent(None)
        self.due.deleteLater()
        self.clock.reboot(self.chance.choice((60, 5 * HOUR)), f"boot-{self.clock.now().at}")
        self.begin()

    def lock(self) -> None:
        self.locked, self.desk._store = self.desk._store, None
        self.around.bridge.locked.emit()

    def unlock(self) -> None:
        self.desk._store, self.locked = self.locked, None
        self.around.bridge.opened.emit()
        self.settle()

    def settle(self) -> None:
        """What was to be looked at soon is looked at."""
        if self.due._soon.isActive():
            self.due._on_soon()
        self.check_told()

    def check_told(self) -> None:
        """What was told just now stands, was never told, and nobody was in a session."""
        if len(self.machine.notices) == self.heard:
            return
        self.heard += 1
        assert self.heard == len(self.machine.notices), "one notification for all that is due"
        columns = (DutyTold.kind, DutyTold.subject_id, DutyTold.occasion)
        new = {tuple(row) for row in self.desk.read(lambda db: db.exec(select(*columns)).all())} - self.told
        assert new
        assert not self.around.session_runs()
        assert new <= self.practice.standing(self.clock.now().at)
        self.told |= new

    # --- time

    def awake(self, seconds: float) -> None:
        """Time passes with the computer on: the alarm may ring, and again and again there is a round."""
        for _round in range(round(seconds / ROUND)):
            self.clock.advance(ROUND)
            if self.due._alarm is not None and self.due._alarm.look():
                self.due.on_time()
                self.check_told()
            self.due.go_round()
            self.check_told()
            self.settle()

    def asleep(self, seconds: float) -> None:
        self.clock.sleep(seconds)
        if self.chance.random() < 0.5:  # not every system says so
            self.around.bridge.notice("woke")
            self.settle()
        self.awake(ROUND)

    # --- the coach

    def hour(self) -> None:
        """One hour, with what may happen in it."""
        now, draw = self.clock.now().at, self.chance.random()
        local = now.astimezone(ZoneInfo(self.practice.zone)).hour
        if local == 23 and draw < 0.8:
            self.asleep(self.chance.uniform(1, 11) * HOUR)
        elif draw < 0.04:
            self.step()
        elif draw < 0.06:
            self.machine.zone = self.practice.zone = self.chance.choice(ZONES)
        elif draw < 0.07:
            self.restart()
        elif draw < 0.09:
            self.lock()
            self.awake(self.chance.choice((1, 5)) * HOUR)
            self.unlock()
        elif draw < 0.15:
            self.sit()
        elif draw < 0.35:
            acts = (self.promise, self.promise, self.keep, self.plan, self.cancel, self.write, self.agree)
            self.chance.choice(acts)()
        self.settle()
        self.awake(HOUR)
        self.check_all()

    def check_all(self) -> None:
        """Nothing that stands was left untold."""
        now = self.clock.now().at
        missing = self.practice.standing(now) - self.told
        assert not missing, f"at {now} in {self.practice.zone}"

    def step(self) -> None:
        """The clock is set wrong, or right again."""
        by = -self.wrong if self.wrong else self.chance.choice((-3, -1, -0.1, 0.1, 1, 3)) * HOUR
        self.wrong += by
        self.clock.step(by)

    def promise(self) -> None:
        day = self.today + timedelta(days=self.chance.randint(-2, 10))
        owner = self.chance.choice(("coach", "both"))
        client = self.chance.choice(self.clients)
        row = self.desk.do(commitments.add, client, "Something", owner=owner, due_on=day)
        self.desk.do(commitments.add, client, "A step of the client's own", owner="client", due_on=day)
        self.practice.promises[row.id] = owner, day

    def keep(self) -> None:
        if self.practice.promises:
            id_ = self.chance.choice(list(self.practice.promises))
            self.desk.do(commitments.review, id_, "kept")
            del self.practice.promises[id_]

    def plan(self) -> None:
        client = self.chance.choice(self.clients)
        start = (self.clock.now().at + timedelta(hours=self.chance.randint(1, 90))).replace(second=0, microsecond=0)
        row = self.desk.do(sessions.plan, client, start, minutes=50)
        self.practice.planned[row.id] = client, start

    def cancel(self) -> None:
        ahead = [id_ for id_, (_client, start) in self.practice.planned.items() if start > self.clock.now().at]
        if ahead:
            id_ = self.chance.choice(ahead)
            row = self.desk.do(sessions.cancel, id_)
            client, _start = self.practice.planned.pop(id_)
            since = self.practice.last.get(client)
            self.practice.last[client] = max(filter(None, (since, row.updated_at)))

    def write(self) -> None:
        """The reflection of the week, or a backup."""
        year, week, _day = self.today.isocalendar()
        if self.chance.random() < 0.3 and (year, week) not in self.practice.reflected:
            here = ZoneInfo(self.practice.zone)
            self.desk.do(reflections.write, f"{year}-W{week:02}", "I listened.", zone=here)
            self.practice.reflected.add((year, week))
        elif self.chance.random() < 0.3:
            disk.private_folder(self.desk.home.backups)
            at = self.clock.now().at.replace(microsecond=0)
            (self.desk.home.backups / f"records-{disk.stamp(at)}.db").touch()
            self.practice.backup = max(filter(None, (self.practice.backup, at)))
            self.due.look_soon()

    def agree(self) -> None:
        client = self.chance.choice(self.clients)
        day = self.today + timedelta(days=self.chance.randint(1, 20))
        before = self.desk.read(agreements.present, client)
        row = self.desk.do(agreements.agree, client, agreed_on=self.today, review_on=day)
        if before is not None:
            self.practice.reviews.pop(before.id, None)
        self.practice.reviews[row.id] = day

    def sit(self) -> None:
        """A session, with a pause or a sleep in it; things fall due and are done meanwhile."""
        client = self.chance.choice(self.clients)
        self.around.running = True
        row = self.desk.do(sessions.start, client)
        self.practice.planned.pop(row.id, None)
        self.settle()
        self.awake(20 * MINUTE)
        self.promise()
        self.settle()
        if self.chance.random() < 0.5:
            self.desk.do(sessions.pause)
            self.settle()
            self.awake(10 * MINUTE)
            self.desk.do(sessions.resume)
        elif self.chance.random() < 0.5:
            self.asleep(30 * MINUTE)
        if self.chance.random() < 0.3:
            self.keep()
        self.awake(20 * MINUTE)
        self.around.running = False
        self.desk.do(sessions.finish)
        since = self.practice.last.get(client)
        self.practice.last[client] = max(filter(None, (since, row.started_at)))
        self.settle()

    @property
    def today(self) -> date:
        return self.clock.now().at.astimezone(ZoneInfo(self.practice.zone)).date()


ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Africa/Cairo",
    "Pacific/Kiritimati",
)


@pytest.mark.parametrize(
    ("zone", "begins", "days", "morning"),
    [
        ("Europe/Berlin", datetime(2026, 3, 1, 6, tzinfo=UTC), 60, 2),  # the hour that is left out on 29 March
        ("America/New_York", datetime(2026, 10, 1, 6, tzinfo=UTC), 60, 1),  # the hour that comes twice on 1 November
        ("Africa/Cairo", datetime(2026, 4, 8, 6, tzinfo=UTC), 30, 0),  # a midnight that is left out on 24 April
        ("Australia/Lord_Howe", datetime(2026, 3, 20, 6, tzinfo=UTC), 30, 8),  # half an hour on 5 April
    ],
)
def test_each_duty_is_told_once_none_is_lost_and_none_comes_in_a_session(qapp, home, zone, begins, days, morning):
    clock = Still.at(begins)
    with quick.desk(clock, home) as desk:
        travel = Travel(desk, clock, zone, morning, seed=begins.month)
        until = begins + timedelta(days=days)
        while clock.now().at < until:
            travel.hour()
        travel.due.close()
    kinds = {kind for kind, _subject, _occasion in travel.told}
    assert {"my_promise", "our_promise", "session_soon", "reflection", "agreement", "without_next", "backup"} == kinds
    assert len(travel.told) > days
