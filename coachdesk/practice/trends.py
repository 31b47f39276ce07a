"""Trends: one's own practice by month, for the coach alone. Never anything about a client."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import String, func, type_coerce
from sqlalchemy import select as sqlalchemy_select
from sqlmodel import Session as Db
from sqlmodel import col

from coachdesk.clock import Now
from coachdesk.practice.clients import Client
from coachdesk.practice.commitments import OUTCOMES, Commitment, Review
from coachdesk.practice.cues_shown import CueShown
from coachdesk.practice.evidence import MINE
from coachdesk.practice.sessions import Session
from coachdesk.practice.weeks import beginning

EARLIEST = date(1900, 1, 1)
"""No practice began before; a record with an impossible date does not make a chart of a thousand years."""


@dataclass(frozen=True)
class Month:
    """One month of one's own practice: promises by what became of them, sessions held, process checks asked."""

    first: date
    """Its first day."""
    kept: int = 0
    partly: int = 0
    carried: int = 0
    released: int = 0
    sessions: int = 0
    seconds: int = 0
    """Time of these sessions; pauses do not count."""
    checks: int = 0


def by_month(db: Db, whom: str, *, now: Now, zone: ZoneInfo, months: int | None = None) -> Sequence[Month]:
    """The last so many months up to the present one, or all since the first of anything; the earliest first.

    Promises stand in the month in which the coach said what became of them, sessions in that in which they began (a
    person's months, in their zone). Sessions with oneself count for those who use CoachDesk for themselves (``whom``
    is *self* or *both*). Empty months stand between others; with ``months=None`` and no record there are none.
    """
    last = now.at.astimezone(zone).date().replace(day=1)
    since = _months_before(last, months - 1) if months is not None else None
    start = beginning(since, zone) if since is not None else None
    outcomes, held, checks = _outcomes(db, start), _held(db, whom, start), _checks(db, start)
    if since is None:
        moments = [at for at, _told in (*outcomes, *held, *checks)]
        if not moments:
            return []
        since = min(last, max(EARLIEST, _moment(min(moments)).astimezone(zone).date().replace(day=1)))
    starts = _firsts(since, last)
    counts: list[dict[str, int]] = [{} for _each in starts]
    edges = [_stored(beginning(day, zone)) for day in starts]
    end = _stored(beginning(_months_before(last, -1), zone))
    for at, name, amount in _amounts(outcomes, held, checks):
        if edges[0] <= at < end:
            month = counts[bisect_right(edges, at) - 1]
            month[name] = month.get(name, 0) + amount
    return [Month(first, **counted) for first, counted in zip(starts, counts, strict=True)]


Row = tuple[str, Any]
"""A moment as it is stored, and what is told of it: thousands of rows are never made datetimes."""


def _outcomes(db: Db, start: datetime | None) -> list[Row]:
    """When the coach said what became of each of their own promises, and what; taken back ones are open again."""
    found = (
        sqlalchemy_select(func.max(type_coerce(col(Review.created_at), String)), col(Commitment.state))
        .join(Review, col(Review.commitment_id) == col(Commitment.id))
        .where(col(Commitment.owner).in_(MINE), col(Commitment.state).in_(OUTCOMES))
        .group_by(col(Commitment.id))
    )
    return [(at, state) for at, state in db.execute(found.where(*_since(col(Review.created_at), start)))]


def _held(db: Db, whom: str, start: datetime | None) -> list[Row]:
    """When each session began, and how many seconds it took."""
    found = (
        sqlalchemy_select(type_coerce(col(Session.started_at), String), func.coalesce(col(Session.elapsed_seconds), 0))
        .join(Client, col(Client.id) == col(Session.client_id))
        .where(col(Session.state) == "finished", col(Session.started_at).is_not(None))
    )
    if whom == "clients":
        found = found.where(col(Client.kind) != "self")
    return [(at, seconds) for at, seconds in db.execute(found.where(*_since(col(Session.started_at), start)))]


def _checks(db: Db, start: datetime | None) -> list[Row]:
    """When each process check was asked."""
    found = sqlalchemy_select(type_coerce(col(CueShown.created_at), String)).where(
        col(CueShown.kind) == "process_check", col(CueShown.answer) == "asked"
    )
    return [(at, 1) for (at,) in db.execute(found.where(*_since(col(CueShown.created_at), start)))]


def _since(moment: Any, start: datetime | None) -> tuple[Any, ...]:
    """Only what is not before a start; without one nothing is said, so that SQLite goes by its widest index."""
    return () if start is None else (moment >= start,)


def _amounts(outcomes: list[Row], held: list[Row], checks: list[Row]) -> Iterable[tuple[str, str, int]]:
    """Each moment with the field of ``Month`` it adds to, and how much."""
    yield from ((at, state, 1) for at, state in outcomes)
    yield from ((at, "sessions", 1) for at, _seconds in held)
    yield from ((at, "seconds", seconds) for at, seconds in held)
    yield from ((at, "checks", 1) for at, _one in checks)


def _firsts(since: date, last: date) -> list[date]:
    """The first days of the months from one to another."""
    months = (last.year - since.year) * 12 + last.month - since.month
    return [_months_before(last, back) for back in range(months, -1, -1)]


def _months_before(first: date, months: int) -> date:
    count = first.year * 12 + first.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)


def _stored(at: datetime) -> str:
    """A moment as SQLAlchemy writes it for SQLite, so that texts compare as moments do."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def _moment(stored: str) -> datetime:
    return datetime.fromisoformat(stored).replace(tzinfo=UTC)
