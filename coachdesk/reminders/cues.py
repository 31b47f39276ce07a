"""Which cue is due in a session now: pure rules over the session's clock, what was shown, and the coach's wishes.

The calm rules, from the design: a cue waits for its moment. Not within a minute after the last one, not for three
minutes after any mark, not while cues are held, everything is hidden, or the session is paused. A process check that
is not answered comes back once, at a whole minute or later; then it rests. What was missed is never shown in a burst:
of several waiting cues only the one that fits now is shown, and those before it are overtaken.

All places are on the session's timeline, pauses included: half-way is half-way to the agreed end, which a pause does
not move.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

APART = 60.0
"""Seconds between the end of one cue and the beginning of the next."""
AFTER_MARK = 180.0
"""Seconds of quiet after a mark: something is going on between the two."""
LATER = 300.0
"""Seconds until a cue answered *later* comes back."""
AFTER_START = 180.0
"""No process check falls into the first seconds of a session."""
TOLD_TOLERANCE = 30.0
"""Seconds: showings are kept in whole ones, and an end is agreed anew for a minute at least."""
SHOWINGS = 2
"""How often an unanswered process check is shown: it comes back once. Landing and end only tell."""


@dataclass(frozen=True)
class Point:
    """A planned cue: its name, its kind, and its place in seconds since the session's start."""

    name: str
    kind: str
    at: float
    ahead: float = 0.0
    """Seconds before the end of which it tells; of a process check 0."""


@dataclass(frozen=True)
class Showing:
    """A cue as it was shown: which point, when (seconds since the start), and the answer."""

    point: str
    kind: str
    at: float
    answer: str


@dataclass(frozen=True)
class Situation:
    """Everything the rules look at; all times in seconds since the session's start."""

    here: float
    length: float
    showings: Sequence[Showing] = ()
    marks: Sequence[float] = ()
    paused: bool = False
    held: bool = False
    hidden: bool = False
    stays: float = 20.0
    """How long a cue stays when it is not answered."""


def points(
    length: float, process_checks: Iterable[str], landing: Iterable[int], *, end: bool, planned: float | None = None
) -> tuple[Point, ...]:
    """The cues planned for a session of this length in seconds, in the order of their times.

    Process checks are shares such as ``50%`` or minutes such as ``20``; landing cues are minutes before the end. A
    check that would fall into the first three minutes, or past the first landing cue, is left out: a short session
    is not filled with cues. A landing cue is left out in the first half.

    Where the length has changed from the one ``planned`` at first, the shares of the process checks stay where they
    were.
    """
    first = length if planned is None else planned
    landings = [
        Point(f"landing-{minutes}", "landing", at, ahead=minutes * 60)
        for minutes in landing
        if (at := length - minutes * 60) >= length / 2
    ]
    latest = min([p.at for p in landings] or [length])
    checks = [
        Point(f"check-{spec}", "process_check", at)
        for spec in process_checks
        if AFTER_START <= (at := _place(spec, min(first, length))) < latest
    ]
    ends = [Point("end", "end", length)] if end else []
    return tuple(sorted([*checks, *landings, *ends], key=lambda p: p.at))


def due(planned: Sequence[Point], now: Situation) -> Point | None:
    """The cue to show now, if there is one and its moment has come."""
    waiting = [p for p in planned if _ready_at(p, now) <= now.here and not _settled(p, planned, now)]
    if not waiting or not _moment_is_good(now):
        return None
    # the nearer the end, the more it matters: what was missed before is not shown in a burst
    return max(waiting, key=lambda p: p.at)


def next_change(planned: Sequence[Point], now: Situation) -> float | None:
    """Seconds until a cue may next become due by time alone; None if none will."""
    times = [max(_ready_at(p, now), _quiet_until(now)) for p in planned if not _settled(p, planned, now)]
    ahead = [t - now.here for t in times if t > now.here]
    return min(ahead, default=None)


def asked_point(planned: Sequence[Point], now: Situation) -> Point | None:
    """The process check that an *asked*, given at any time, settles: the one waiting, else the next to come."""
    checks = [p for p in planned if p.kind == "process_check" and not _settled(p, planned, now)]
    waiting = [p for p in checks if p.at <= now.here]
    return waiting[-1] if waiting else next(iter(checks), None)


def _place(spec: str, length: float) -> float:
    number = float(spec.rstrip("% "))
    return length * number / 100 if spec.strip().endswith("%") else number * 60


def _of(point: Point, now: Situation) -> list[Showing]:
    return [s for s in now.showings if s.point == point.name]


def _settled(point: Point, planned: Sequence[Point], now: Situation) -> bool:
    """Told, answered for good, shown often enough, or overtaken by a later cue whose time has come, or by the end."""
    if any(point.at < p.at <= now.here for p in planned) or (point.kind != "end" and now.here >= now.length):
        return True
    if point.kind != "process_check":
        return _told(point, now)
    shown = _of(point, now)
    return (
        len(shown) >= SHOWINGS
        or any(s.answer in ("asked", "not_today") for s in shown)
        or any(s.answer == "not_today" and s.kind == point.kind for s in now.showings)
    )


def _told(point: Point, now: Situation) -> bool:
    """Whether the coach knows already what a landing or end cue tells.

    The end may have been agreed anew since it was told. Then it is told again, unless that would fall into the first
    half of the time since: five minutes more do not begin with "five minutes left".
    """
    tellings = [s.at for s in now.showings if s.kind == "end" or s.point == point.name]
    return any(now.length - at <= 2 * point.ahead + TOLD_TOLERANCE for at in tellings)


def _ready_at(point: Point, now: Situation) -> float:
    """When the point may be shown (again)."""
    shown = _of(point, now)
    if not shown:
        return point.at
    last = shown[-1]
    if last.answer == "later":
        return max(point.at, last.at + LATER)
    return max(point.at, math.ceil((last.at + now.stays + APART) / 60) * 60)


def _moment_is_good(now: Situation) -> bool:
    return not (now.paused or now.held or now.hidden) and _quiet_until(now) <= now.here


def _quiet_until(now: Situation) -> float:
    after_cue = max((s.at + (now.stays if s.answer == "none" else 0) + APART for s in now.showings), default=0.0)
    after_mark = max((m + AFTER_MARK for m in now.marks if m <= now.here), default=0.0)
    return max(after_cue, after_mark)
