"""Which calendar entries were taken already, so that one whose session the coach removed stays away."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, col, select

from coachdesk.clock import Now
from coachdesk.practice.calendar_entries import Entry
from coachdesk.practice.record import Record, change, made, put
from coachdesk.storage.store import UtcDateTime


class CalendarTaken(Record, table=True):
    """An entry that became a session of this client once: its UID, and which of a series.

    It is no step that can be taken back: an import that was undone is not to come again by itself.
    """

    __table_args__ = (UniqueConstraint("uid", "at", name="calendar_taken_once"),)

    client_id: str = Field(foreign_key="client.id", ondelete="CASCADE", index=True)
    uid: str
    at: datetime = Field(sa_type=UtcDateTime)


def note(db: Session, entry: Entry, client_id: str, *, now: Now) -> None:
    """Note that this entry became a session of this client."""
    named = select(CalendarTaken).where(CalendarTaken.uid == entry.uid, CalendarTaken.at == entry.instance)
    row = db.exec(named).first() or CalendarTaken(client_id=client_id, uid=entry.uid, at=entry.instance, **made(now))
    put(db, change(row, now, client_id=client_id))


def forget(db: Session, uid: str) -> None:
    """Let the entries with this UID come again."""
    for row in db.exec(select(CalendarTaken).where(CalendarTaken.uid == uid)).all():
        db.delete(row)
    db.flush()


def between(db: Session, since: datetime, until: datetime) -> set[tuple[str, str, datetime]]:
    """Whose entries were taken, their UID and which of a series; those that stand between two moments."""
    kept = (col(CalendarTaken.client_id), col(CalendarTaken.uid), col(CalendarTaken.at))
    return {(client, uid, at) for client, uid, at in db.exec(select(*kept).where(kept[2].between(since, until)))}
