"""Marks: moments of a session marked with one key; words are added afterwards."""

from collections.abc import Sequence

from sqlalchemy import CheckConstraint
from sqlmodel import Field, Session, col, select

from coachdesk.clock import Now
from coachdesk.errors import Refused
from coachdesk.practice import canvas, sessions
from coachdesk.practice.record import Record, change, get, made, one_of, put, text
from coachdesk.words import _

KINDS = ("moment", "insight", "strain", "repair", "silence", "thread")


class Mark(Record, table=True):
    """A marked moment: seconds since the session's start, a kind, words if there are any."""

    __table_args__ = (
        CheckConstraint("kind IN ('moment','insight','strain','repair','silence','thread')", name="mark_kind"),
        CheckConstraint("at_seconds >= 0", name="mark_at"),
    )

    session_id: str = Field(foreign_key="session.id", ondelete="CASCADE", index=True)
    at_seconds: int
    kind: str = "moment"
    text: str = ""


def mark(db: Session, kind: str = "moment", *, now: Now, words: str = "") -> Mark:
    """Mark this moment of the running session.

    Raises:
        Refused: no session runs; an unknown kind.
    """
    row = sessions.seen(db, now=now)
    if row is None:
        raise Refused(_("No session is running."))
    at = sessions.clock_of(db, row).since_start(now)
    one_of(kind, KINDS, _("The kind of a mark"))
    return put(db, Mark(session_id=row.id, at_seconds=max(0, round(at)), kind=kind, text=text(words), **made(now)))


def one(db: Session, mark_id: str) -> Mark:
    """The mark with this id."""
    return get(db, Mark, mark_id)


def word(db: Session, mark_id: str, *, now: Now, kind: str | None = None, words: str | None = None) -> Mark:
    """Say of a mark what kind it was, and put it into words. A thread with words also goes onto the canvas, once."""
    row = get(db, Mark, mark_id)
    if kind is not None:
        change(row, now, kind=one_of(kind, KINDS, _("The kind of a mark")))
    if words is not None:
        change(row, now, text=text(words))
    if row.kind == "thread" and row.text:
        _onto_canvas(db, row, now)
    return put(db, row)


def remove(db: Session, mark_id: str, *, now: Now) -> None:  # noqa: ARG001  # every verb takes now
    """Remove a mark."""
    db.delete(get(db, Mark, mark_id))


def of_session(db: Session, session_id: str) -> Sequence[Mark]:
    """The marks of a session in their order."""
    return db.exec(
        select(Mark).where(Mark.session_id == session_id).order_by(col(Mark.at_seconds), col(Mark.created_at))
    ).all()


def _onto_canvas(db: Session, mark: Mark, now: Now) -> None:
    session = sessions.one(db, mark.session_id)
    there = canvas.lines(db, session.client_id)
    mine = [
        line for line in there if line.session_id == session.id and line.kind == "thread" and line.text == mark.text
    ]
    if not mine:
        canvas.add(db, session.client_id, mark.text, kind="thread", session_id=session.id, now=now)
