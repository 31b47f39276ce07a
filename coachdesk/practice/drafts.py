"""Drafts: what is being typed and is not yet a record, kept within a second and cleared once stored."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, UniqueConstraint, and_, delete, func
from sqlalchemy.dialects.sqlite import insert
from sqlmodel import Session, col, select

from coachdesk.clock import Now
from coachdesk.practice.record import Record, clean, made, new_id


class Draft(Record, table=True):
    """The present text of one field on one screen about one subject (a client or session id, or empty)."""

    __table_args__ = (UniqueConstraint("screen", "subject_id", "field", name="draft_once"),)

    screen: str
    subject_id: str = ""
    field: str
    text: str


_NEW = insert(Draft.metadata.tables["draft"])  # the table, not the class: half the work, and it announces nothing
_KEPT = _NEW.on_conflict_do_update(
    index_elements=["screen", "subject_id", "field"],
    set_={"text": _NEW.excluded.text, "updated_at": func.max(_NEW.excluded.updated_at, col(Draft.created_at))},
    where=col(Draft.text) != _NEW.excluded.text,
)
"""Put together once, and one statement for the first time and the next: it runs while the coach types."""


def keep(db: Session, screen: str, subject_id: str, field: str, words: str, *, now: Now) -> None:
    """Keep what is being typed; an empty text clears the draft."""
    words = clean(words)
    if words:
        row = {"id": new_id(), "screen": screen, "subject_id": subject_id, "field": field, "text": words, **made(now)}
        db.exec(_KEPT, params=row)
    else:
        db.exec(delete(Draft).where(_at(screen, subject_id, field)))


def get(db: Session, screen: str, subject_id: str, field: str) -> str:
    """The text being typed there; empty when there is none."""
    return db.exec(select(Draft.text).where(_at(screen, subject_id, field))).first() or ""


def clear(db: Session, screen: str, subject_id: str, field: str, *, now: Now) -> None:
    """Forget a draft, because its text is a record now."""
    keep(db, screen, subject_id, field, "", now=now)


def of_screen(db: Session, screen: str, subject_id: str) -> Sequence[Draft]:
    """All drafts of one screen about one subject."""
    found = select(Draft).where(Draft.screen == screen, Draft.subject_id == subject_id)
    return db.exec(found.execution_options(populate_existing=True)).all()  # what was read before may be stale


def waiting(db: Session, screen: str, field: str) -> dict[str, str]:
    """What is being typed into this field of any subject of a screen, by subject."""
    return dict(db.exec(select(Draft.subject_id, Draft.text).where(Draft.screen == screen, Draft.field == field)).all())


def _at(screen: str, subject_id: str, field: str) -> ColumnElement[bool]:
    return and_(col(Draft.screen) == screen, col(Draft.subject_id) == subject_id, col(Draft.field) == field)
