"""The alarm on real time: it rings once, also for a moment that has passed, and leaves no thread behind."""

import logging
import queue
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from coachdesk.machine.here import wall
from coachdesk.reminders.schedule import Alarm, FakeAlarm, Scheduled

PATIENCE = 20.0
RINGING = "ringing"


@pytest.fixture
def rung() -> queue.SimpleQueue[str]:
    return queue.SimpleQueue()


@pytest.fixture
def alarm(rung: queue.SimpleQueue[str]) -> Iterator[Alarm]:
    before = set(threading.enumerate())
    made = Scheduled(lambda: rung.put(RINGING))
    yield made
    made.close()
    made.close()
    assert before >= set(threading.enumerate())


def test_it_rings_at_its_moment(alarm: Alarm, rung: queue.SimpleQueue[str]) -> None:
    at = wall() + timedelta(seconds=0.2)
    alarm.set(at)
    assert RINGING == rung.get(timeout=PATIENCE)
    assert at <= wall()


def test_a_moment_that_has_passed_rings_at_once_however_long_ago(alarm: Alarm, rung: queue.SimpleQueue[str]) -> None:
    alarm.set(datetime(2020, 1, 1, tzinfo=UTC))
    assert RINGING == rung.get(timeout=PATIENCE)


def test_another_moment_takes_the_place_of_the_one_before(alarm: Alarm, rung: queue.SimpleQueue[str]) -> None:
    alarm.set(wall() + timedelta(days=9000))
    alarm.set(wall() - timedelta(seconds=1))
    assert RINGING == rung.get(timeout=PATIENCE)
    assert rung.empty()


def test_the_same_moment_may_ring_again_when_it_is_set_again(alarm: Alarm, rung: queue.SimpleQueue[str]) -> None:
    past = datetime(2020, 1, 1, tzinfo=UTC)
    for _time in range(2):
        alarm.set(past)
        assert RINGING == rung.get(timeout=PATIENCE)


def test_without_a_moment_it_is_silent_and_closed_it_stays_so(alarm: Alarm, rung: queue.SimpleQueue[str]) -> None:
    alarm.set(wall() + timedelta(days=1))
    alarm.set(None)
    alarm.set(None)
    alarm.close()
    alarm.set(wall() - timedelta(seconds=1))
    assert rung.empty()


def test_it_writes_nothing_into_the_log(alarm: Alarm, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        alarm.set(datetime(2020, 1, 1, tzinfo=UTC))
        alarm.close()
    assert [] == caplog.messages


def test_the_fake_keeps_its_moment() -> None:
    fake: Alarm = FakeAlarm(print)
    fake.set(datetime(2026, 3, 2, tzinfo=UTC))
    fake.close()
    assert FakeAlarm(print, None, True) == fake
