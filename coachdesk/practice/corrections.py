"""Correcting the times of a session that is over; what the clock had measured stays beside the correction."""

from datetime import datetime, timedelta

from sqlmodel import Session as Db
from sqlmodel import select

from coachdesk.clock import Now, counted
from coachdesk.errors import Refused
from coachdesk.practice import sessions
from coachdesk.practice.cues_shown import CueShown
from coachdesk.practice.marks import Mark
from coachdesk.practice.record import change, get, near, put
from coachdesk.practice.sessions import Session
from coachdesk.words import _


def times(
    db: Db, session_id: str, *, now: Now, started_at: datetime | None = None, ended_at: datetime | None = None
) -> Session:
    """Say when a session began, ended, or both; marks and cues keep their moments, pauses still do not count.

    Raises:
        Refused: the session is not over; it would end before it began, more than a day after, or in the future; a year
            nobody can have meant.
    """
    row = get(db, Session, session_id)
    if row.state != "finished" or row.started_at is None or row.ended_at is None:
        raise Refused(_("Only the times of a session that is over can be corrected."))
    start, end = started_at or row.started_at, ended_at or row.ended_at
    if end < start:
        raise Refused(_("A session cannot end before it began."))
    near(start, _("The start"))
    if end - start > max(timedelta(minutes=sessions.LONGEST), row.ended_at - row.started_at):
        raise Refused(_("A session lasts a day at most; please look at its times again."))
    if end > max(now.at, row.ended_at):
        raise Refused(_("A session that was held cannot end in the future."))
    if (start, end) == (row.started_at, row.ended_at):
        return row
    if row.measured_start is None:
        change(row, now, measured_start=row.started_at, measured_end=row.ended_at, measured_seconds=row.elapsed_seconds)
    shift_moments(db, row.id, (row.started_at - start).total_seconds(), now)
    counting = round(counted(start, end, sessions.spans(db, row.id)))
    return put(db, change(row, now, started_at=start, ended_at=end, elapsed_seconds=counting))


def back_to_measured(db: Db, session_id: str, *, now: Now) -> Session:
    """Take every correction back: the times are those of the clock again; raises Refused when nothing was corrected."""
    row = get(db, Session, session_id)
    if row.measured_start is None or row.started_at is None:
        raise Refused(_("The times of this session were not corrected."))
    shift_moments(db, row.id, (row.started_at - row.measured_start).total_seconds(), now)
    change(row, now, started_at=row.measured_start, ended_at=row.measured_end, elapsed_seconds=row.measured_seconds)
    return put(db, change(row, now, measured_start=None, measured_end=None, measured_seconds=None))


def shift_moments(db: Db, session_id: str, seconds: float, now: Now) -> None:
    """Move the marks and cues of a session by so many seconds, because its start was corrected.

    One that lay before a corrected start is kept as so many seconds before it, so that going back loses nothing.
    """
    moments: list[Mark | CueShown] = [
        *db.exec(select(Mark).where(Mark.session_id == session_id)).all(),
        *db.exec(select(CueShown).where(CueShown.session_id == session_id)).all(),
    ]
    for row in moments:
        put(db, change(row, now, at_seconds=round(row.at_seconds + seconds)))
