"""The canvas: what is understood of a client so far, dated line by dated line; and the coach's private lines."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import CheckConstraint, bindparam
from sqlmodel import Field, Session, col, select

from coachdesk.clock import Now
from coachdesk.errors import Refused
from coachdesk.practice.clients import Client
from coachdesk.practice.record import Record, change, get, made, needed_text, one_of, put
from coachdesk.storage.store import UtcDateTime
from coachdesk.words import _

KINDS = ("context", "words", "strength", "value", "thread")


class CanvasLine(Record, table=True):
    """One line: context, the client's own words, a strength, a value, or a thread to come back to."""

    __table_args__ = (
        CheckConstraint("kind IN ('context','words','strength','value','thread')", name="canvas_line_kind"),
    )

    client_id: str = Field(foreign_key="client.id", ondelete="CASCADE", index=True)
    session_id: str | None = Field(default=None, foreign_key="session.id", ondelete="SET NULL", index=True)
    kind: str = "context"
    text: str
    private: bool = False
    resolved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


def add(
    db: Session,
    client_id: str,
    words: str,
    *,
    now: Now,
    kind: str = "context",
    private: bool = False,
    session_id: str | None = None,
) -> CanvasLine:
    """Add a line; a private one is for the coach alone."""
    client = get(db, Client, client_id)
    row = CanvasLine(
        client_id=client.id, session_id=session_id, kind=one_of(kind, KINDS, _("The kind of line")),
        text=needed_text(words, _("The line")), private=private, **made(now),
    )  # fmt: skip
    return put(db, row)


def edit(db: Session, line_id: str, *, now: Now, words: str | None = None, kind: str | None = None) -> CanvasLine:
    """Change the words or the kind of a line."""
    row = get(db, CanvasLine, line_id)
    if words is not None:
        change(row, now, text=needed_text(words, _("The line")))
    if kind is not None:
        change(row, now, kind=one_of(kind, KINDS, _("The kind of line")))
    return put(db, row)


def resolve(db: Session, line_id: str, *, now: Now, done: bool = True) -> CanvasLine:
    """Say that a thread was taken up (or, with ``done`` false, that it is open after all)."""
    row = get(db, CanvasLine, line_id)
    if row.kind != "thread":
        raise Refused(_("Only a thread can be taken up."))
    return put(db, change(row, now, resolved_at=now.at if done else None))


def remove(db: Session, line_id: str, *, now: Now) -> None:  # noqa: ARG001  # every verb takes now
    """Remove a line."""
    db.delete(get(db, CanvasLine, line_id))


_LINES = (  # put together once: that takes longer than the answer
    select(CanvasLine)
    .where(CanvasLine.client_id == bindparam("client"), CanvasLine.private == bindparam("private"))
    .order_by(col(CanvasLine.created_at).desc())
)


def lines(db: Session, client_id: str, *, private: bool = False) -> Sequence[CanvasLine]:
    """The lines of a client's canvas, or the private ones instead; the newest first."""
    return db.exec(_LINES, params={"client": client_id, "private": private}).all()


def threads(db: Session, client_id: str) -> Sequence[CanvasLine]:
    """Threads to come back to, the oldest first; private ones are not among them."""
    return open_threads(lines(db, client_id))


def open_threads(found: Iterable[CanvasLine]) -> Sequence[CanvasLine]:
    """Which of these lines are threads to come back to, the oldest first."""
    return sorted(
        (line for line in found if line.kind == "thread" and line.resolved_at is None),
        key=lambda line: line.created_at,
    )
