"""Rings at the next moment at which something becomes due: APScheduler, and only here.

A job is due by wall time, and APScheduler waits for it with a clock that stands still in sleep. So a ring may come late
after sleep, or when the clock was set forward. Whoever sets the alarm looks by itself after these; the ring alone is
not relied upon.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol


class Alarm(Protocol):
    """Rings once, at one moment."""

    def set(self, at: datetime | None) -> None:
        """Ring at this moment (aware UTC) in place of the one before; None for no ring."""
        ...

    def close(self) -> None:
        """Ring no more, and wait until nothing runs any more; a second call does nothing."""
        ...


class Scheduled:
    """The real alarm, with a thread of its own. It rings in that thread: ``ring`` may only pass the news on."""

    def __init__(self, ring: Callable[[], object]) -> None:
        from apscheduler.executors.pool import ThreadPoolExecutor  # the first window is drawn without all this
        from apscheduler.jobstores.memory import MemoryJobStore
        from apscheduler.schedulers.background import BackgroundScheduler
        from apscheduler.triggers.date import DateTrigger

        self._once = DateTrigger
        self._ring = ring
        self._at: datetime | None = None
        self._open = True
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            jobstores={"default": MemoryJobStore()},
            executors={"default": ThreadPoolExecutor(max_workers=1)},
            job_defaults={"misfire_grace_time": None, "coalesce": True},  # by default a late ring would be dropped
        )
        self._scheduler.start()

    def set(self, at: datetime | None) -> None:
        """Ring at this moment; at once, if it has passed."""
        if at == self._at or not self._open:
            return
        self._at = at
        if at is None:
            self._scheduler.remove_all_jobs()
        else:
            self._scheduler.add_job(self._on_time, self._once(at), id="next", replace_existing=True)

    def close(self) -> None:
        """End the thread."""
        if self._open:
            self._open = False
            # a job that is due while APScheduler 3.11 stops ends its thread with JobLookupError; so there is none
            self._scheduler.remove_all_jobs()
            self._scheduler.shutdown(wait=True)

    def _on_time(self) -> None:
        self._at = None
        self._ring()


@dataclass
class FakeAlarm:
    """An alarm of plain values: ``at`` is when it would ring; a test rings it by ``ring()``."""

    ring: Callable[[], object]
    at: datetime | None = None
    closed: bool = False

    def set(self, at: datetime | None) -> None:
        """Keep the moment."""
        self.at = at

    def close(self) -> None:
        """Note it."""
        self.closed, self.at = True, None
