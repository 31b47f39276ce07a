"""Past sessions noted afterwards: with the number who took part, and seen beside the others of the same time."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session as Db
from sqlmodel import col, select

from coachdesk.clock import Now
from coachdesk.practice import sessions
from coachdesk.practice.record import change, put, within
from coachdesk.practice.sessions import Session
from coachdesk.words import _

LONGEST = timedelta(days=2)
"""No session lasts longer; so only those begun since then can reach into a time."""


def log(
    db: Db,
    client_id: str,
    start: datetime,
    minutes: int,
    *,
    now: Now,
    paid: str | None = None,
    time_zone: str = "",
    group_size: int | None = None,
) -> Session:
    """Note a past session as ``sessions.log`` does; a group's with how many took part.

    Raises:
        Refused: as ``sessions.log``, or a number of people nobody can have meant.
    """
    within(group_size, 1, 1000, _("The size of the group"))
    row = sessions.log(db, client_id, start, minutes, now=now, paid=paid, time_zone=time_zone)
    if row.kind == "group" and group_size is not None:
        put(db, change(row, now, group_size=group_size))
    return row


def overlapping(db: Db, start: datetime, end: datetime, *, besides: str = "") -> Sequence[Session]:
    """Sessions held, or running, at any moment between two, the earliest first; the one with the id ``besides`` not.

    A session that ends when the other begins does not overlap it.
    """
    begun = col(Session.started_at)
    found = db.exec(
        select(Session)
        .where(begun < end, begun > start - LONGEST, col(Session.state).in_(("finished", *sessions.LIVE)))
        .order_by(begun)
    )
    return [row for row in found if row.id != besides and (row.ended_at is None or row.ended_at > start)]
