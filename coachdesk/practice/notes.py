"""Notes: what is written during a session or after it, line by line or as one text."""

from collections.abc import Sequence

from sqlmodel import Field, Session, col, select

from coachdesk.clock import Now
from coachdesk.errors import Refused
from coachdesk.practice import sessions
from coachdesk.practice.record import Record, change, get, made, needed_text, put
from coachdesk.words import _


class Note(Record, table=True):
    """A note on a session; Markdown is kept as written."""

    session_id: str = Field(foreign_key="session.id", ondelete="CASCADE", index=True)
    body: str


def jot(db: Session, body: str, *, now: Now) -> Note:
    """Note a line in the running session."""
    row = sessions.seen(db, now=now)
    if row is None:
        raise Refused(_("No session is running."))
    return add(db, row.id, body, now=now)


def add(db: Session, session_id: str, body: str, *, now: Now) -> Note:
    """Add a note to a session."""
    session = sessions.one(db, session_id)
    return put(db, Note(session_id=session.id, body=needed_text(body, _("The note")), **made(now)))


def edit(db: Session, note_id: str, body: str, *, now: Now) -> Note:
    """Change a note."""
    return put(db, change(get(db, Note, note_id), now, body=needed_text(body, _("The note"))))


def remove(db: Session, note_id: str, *, now: Now) -> None:  # noqa: ARG001  # every verb takes now
    """Remove a note."""
    db.delete(get(db, Note, note_id))


def of_session(db: Session, session_id: str) -> Sequence[Note]:
    """The notes of a session in their order."""
    return db.exec(select(Note).where(Note.session_id == session_id).order_by(col(Note.created_at))).all()
