"""Marks: moments of a session marked with one key; words are added afterwards."""

from collections.abc import Sequence

from sqlalchemy import CheckConstraint, bindparam
from sqlmodel import Field, Session, col, select

from coachdesk.clock import Now
from coachdesk.errors import Refused
from coachdesk.practice import canvas, sessions
from coachdesk.practice.record import Record, change, get, made, one_of, put, text
from coachdesk.words import _

KINDS = ("moment", "insight", "strain", "repair", "silence", "thread")


class Mark(Record, table=True):
    """A marked moment: seconds since the session's start, a kind, words if there are any.

    The seconds are negative where a corrected start lies after it; it is then shown as at the beginning.
    """

    __table_args__ = (
        CheckConstraint("kind IN ('moment','insight','strain','repair','silence','thread')", name="mark_kind"),
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
    """Say of a mark what kind it was, and put it into words.

    A thread with words also goes onto the canvas, once; its line there follows when it is worded anew, and goes when
    it is no thread after all.
    """
    row = get(db, Mark, mark_id)
    before = row.text if row.kind == "thread" else ""
    if kind is not None:
        change(row, now, kind=one_of(kind, KINDS, _("The kind of a mark")))
    if words is not None:
        change(row, now, text=text(words))
    if (after := row.text if row.kind == "thread" else "") != before:
        _onto_canvas(db, row.session_id, before, after, now)
    return put(db, row)


def remove(db: Session, mark_id: str, *, now: Now) -> None:  # noqa: ARG001  # every verb takes now
    """Remove a mark."""
    db.delete(get(db, Mark, mark_id))


_OF_SESSION = (  # put together once: that takes longer than the answer
    select(Mark).where(Mark.session_id == bindparam("session")).order_by(col(Mark.at_seconds), col(Mark.created_at))
)


def of_session(db: Session, session_id: str) -> Sequence[Mark]:
    """The marks of a session in their order."""
    return db.exec(_OF_SESSION, params={"session": session_id}).all()


def _onto_canvas(db: Session, session_id: str, before: str, after: str, now: Now) -> None:
    """Let the canvas follow a thread from its words before to those after; empty: it was or is none."""
    client_id = sessions.one(db, session_id).client_id
    here = [line for line in canvas.threads(db, client_id) if line.session_id == session_id]
    mine = [line for line in here if before and line.text == before]
    if mine and after:
        canvas.edit(db, mine[0].id, words=after, now=now)
    elif mine:
        canvas.remove(db, mine[0].id, now=now)
    elif after and all(line.text != after for line in here):
        canvas.add(db, client_id, after, kind="thread", session_id=session_id, now=now)
