"""Drafts: what is being typed and is not yet a record, kept within a second and cleared once stored."""

from collections.abc import Sequence

from sqlalchemy import UniqueConstraint
from sqlmodel import Session, select

from coachdesk.clock import Now
from coachdesk.practice.record import Record, change, clean, made, put


class Draft(Record, table=True):
    """The present text of one field on one screen about one subject (a client or session id, or empty)."""

    __table_args__ = (UniqueConstraint("screen", "subject_id", "field", name="draft_once"),)

    screen: str
    subject_id: str = ""
    field: str
    text: str


def keep(db: Session, screen: str, subject_id: str, field: str, words: str, *, now: Now) -> Draft | None:
    """Keep what is being typed; an empty text clears the draft."""
    row, words = _one(db, screen, subject_id, field), clean(words)
    if not words:
        if row is not None:
            db.delete(row)
        return None
    if row is None:
        return put(db, Draft(screen=screen, subject_id=subject_id, field=field, text=words, **made(now)))
    return put(db, change(row, now, text=words))


def get(db: Session, screen: str, subject_id: str, field: str) -> str:
    """The text being typed there; empty when there is none."""
    row = _one(db, screen, subject_id, field)
    return row.text if row else ""


def clear(db: Session, screen: str, subject_id: str, field: str, *, now: Now) -> None:
    """Forget a draft, because its text is a record now."""
    keep(db, screen, subject_id, field, "", now=now)


def of_screen(db: Session, screen: str, subject_id: str) -> Sequence[Draft]:
    """All drafts of one screen about one subject."""
    return db.exec(select(Draft).where(Draft.screen == screen, Draft.subject_id == subject_id)).all()


def waiting(db: Session, screen: str, field: str) -> dict[str, str]:
    """What is being typed into this field of any subject of a screen, by subject."""
    found = select(Draft).where(Draft.screen == screen, Draft.field == field)
    return {draft.subject_id: draft.text for draft in db.exec(found)}


def _one(db: Session, screen: str, subject_id: str, field: str) -> Draft | None:
    return db.exec(
        select(Draft).where(Draft.screen == screen, Draft.subject_id == subject_id, Draft.field == field)
    ).first()
