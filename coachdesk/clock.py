"""The session clock as a frozen value: it never ticks, it is asked.

Two times run through CoachDesk. *Wall time* is what the computer shows; it can be wrong, be corrected, jump an
hour. The *awake reading* counts seconds since the computer started, sleep included, and never jumps. A session is
kept on its own *timeline*: the wall time at which it was last seen plus the awake seconds since. So a corrected
wall clock or a changed time zone moves nothing, and a sleep is counted until the coach says otherwise.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol


@dataclass(frozen=True)
class Now:
    """One reading of the computer's clocks, taken together."""

    at: datetime
    """Wall time, aware, UTC."""
    awake: float
    """Seconds since the computer started, sleep included."""
    up: float
    """Seconds since the computer started, sleep left out."""
    boot: str
    """Identity of this start of the computer; awake readings compare only within one."""

    def slept_since(self, earlier: "Now") -> float:
        """Seconds the computer slept since an earlier reading of the same start; 0 for another start."""
        if self.boot != earlier.boot:
            return 0.0
        return max(0.0, (self.awake - earlier.awake) - (self.up - earlier.up))

    def stepped_since(self, earlier: "Now") -> float:
        """Seconds by which the wall clock was moved since an earlier reading of the same start; forward is positive."""
        if self.boot != earlier.boot:
            return 0.0
        return (self.at - earlier.at).total_seconds() - (self.awake - earlier.awake)


class Clock(Protocol):
    """What gives the time. The real one is the machine's; rehearsals and tests inject a faster or a still one."""

    def now(self) -> Now:
        """The present reading."""
        ...

    def real_seconds(self, seconds: float) -> float:
        """How long to really wait for so many seconds of this clock to pass."""
        ...


@dataclass(frozen=True)
class Faster:
    """A clock that runs ``speed`` times as fast as another one; for rehearsals and tests only."""

    clock: Clock
    speed: float
    start: Now

    @classmethod
    def than(cls, clock: Clock, speed: float) -> "Faster":
        """Begin now, ``speed`` times as fast."""
        return cls(clock, speed, clock.now())

    def now(self) -> Now:
        """The present reading, its progress since the start multiplied."""
        real = self.clock.now()
        return replace(
            real,
            at=self.start.at + (real.at - self.start.at) * self.speed,
            awake=self.start.awake + (real.awake - self.start.awake) * self.speed,
            up=self.start.up + (real.up - self.start.up) * self.speed,
        )

    def real_seconds(self, seconds: float) -> float:
        """Real seconds until so many of this clock have passed."""
        return self.clock.real_seconds(seconds) / self.speed


@dataclass
class Still:
    """A clock moved by hand, for tests and rehearsals without a window. Sleep and clock changes can be played."""

    reading: Now

    @classmethod
    def at(cls, wall: datetime, boot: str = "boot-1") -> "Still":
        """A clock standing at a wall time, 1000 s after the computer started."""
        return cls(Now(wall.astimezone(UTC), 1000.0, 1000.0, boot))

    def now(self) -> Now:
        """The reading it stands at."""
        return self.reading

    def real_seconds(self, seconds: float) -> float:
        """As long as asked: nothing passes by itself."""
        return seconds

    def advance(self, seconds: float) -> None:
        """Let time pass with the computer awake."""
        r = self.reading
        self.reading = replace(r, at=r.at + timedelta(seconds=seconds), awake=r.awake + seconds, up=r.up + seconds)

    def sleep(self, seconds: float) -> None:
        """Let time pass with the computer asleep."""
        r = self.reading
        self.reading = replace(r, at=r.at + timedelta(seconds=seconds), awake=r.awake + seconds)

    def step(self, seconds: float) -> None:
        """Move the wall clock alone, as when somebody sets it."""
        self.reading = replace(self.reading, at=self.reading.at + timedelta(seconds=seconds))

    def reboot(self, seconds: float, boot: str) -> None:
        """Let the computer be off for a while and start again."""
        self.reading = Now(self.reading.at + timedelta(seconds=seconds), 5.0, 5.0, boot)


@dataclass(frozen=True)
class Span:
    """A stretch of the timeline that does not count; open while it has no end."""

    start: datetime
    end: datetime | None


def counted(start: datetime, end: datetime, pauses: Iterable[Span]) -> float:
    """Seconds between two moments without the pauses between them; of a pause that reaches out only its part within."""
    spans = ((max(span.start, start), min(span.end or end, end)) for span in pauses)
    paused = sum(max(0.0, (b - a).total_seconds()) for a, b in spans)
    return max(0.0, (end - start).total_seconds() - paused)


@dataclass(frozen=True)
class SessionClock:
    """A session's time: a value that answers questions about any later moment.

    All datetimes are aware UTC on the session's own timeline (see the module's text).
    """

    started_at: datetime
    agreed_end: datetime
    seen_at: datetime
    seen_awake: float
    boot: str
    pauses: tuple[Span, ...] = ()

    def timeline(self, now: Now) -> datetime:
        """The moment of the session's timeline that ``now`` is.

        It never goes back, also for a reading taken just before the session was last seen. After a restart of the
        computer the awake reading says nothing, and wall time is taken.
        """
        since = now.awake - self.seen_awake if now.boot == self.boot else (now.at - self.seen_at).total_seconds()
        return self.seen_at + timedelta(seconds=max(0.0, since))

    def seen(self, now: Now) -> "SessionClock":
        """The same clock, noted as seen now; this is what the heartbeat stores."""
        return replace(self, seen_at=self.timeline(now), seen_awake=now.awake, boot=now.boot)

    @property
    def paused(self) -> bool:
        """Whether a pause is open."""
        return any(span.end is None for span in self.pauses)

    def since_start(self, now: Now) -> float:
        """Seconds of the timeline since the start, pauses included."""
        return (self.timeline(now) - self.started_at).total_seconds()

    def elapsed(self, now: Now) -> float:
        """Seconds that count: since the start, without pauses and without sleep the coach chose not to count."""
        return counted(self.started_at, self.timeline(now), self.pauses)

    def remaining(self, now: Now) -> float:
        """Seconds to the agreed end; negative once it has passed. A pause does not move the agreed end."""
        return (self.agreed_end - self.timeline(now)).total_seconds()

    def ends_at(self, now: Now) -> datetime:
        """The agreed end as the computer's wall clock will show it, however it was set since."""
        return now.at + timedelta(seconds=self.remaining(now))

    @property
    def length(self) -> float:
        """Seconds from the start to the agreed end."""
        return max(1.0, (self.agreed_end - self.started_at).total_seconds())

    def share(self, now: Now) -> float:
        """The used share of the time, 0 to 1."""
        return min(1.0, max(0.0, self.since_start(now) / self.length))

    def phase(self, now: Now, phases: "tuple[Phase, ...]") -> "Phase | None":
        """The phase of a template, scaled to this session's length, that now falls into; None without phases."""
        if not phases:
            return None
        passed = self.share(now) * sum(p.minutes for p in phases)
        for phase in phases:
            passed -= phase.minutes
            if passed < 0:
                return phase
        return phases[-1]


@dataclass(frozen=True)
class Phase:
    """One part of a session's structure; minutes are proportions, scaled to the real length."""

    name: str
    minutes: float
