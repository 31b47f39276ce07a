"""Which duties were told in a notification already, so that each is told once."""

from collections.abc import Collection, Iterable
from datetime import timedelta

from sqlalchemy import UniqueConstraint, tuple_
from sqlmodel import Session, col, select

from coachdesk.clock import Now
from coachdesk.practice.record import Record, made, put

KEPT = timedelta(days=400)
"""How long it is kept that a duty was told; longer while the duty still stands."""

Key = tuple[str, str, str]
"""Kind, the id of what it is about, and which occasion of it."""


class DutyTold(Record, table=True):
    """One duty that was told: its kind, the id of what it is about, and which occasion of it (a date, a week)."""

    __table_args__ = (UniqueConstraint("kind", "subject_id", "occasion", name="duty_told_once"),)

    kind: str
    subject_id: str = ""
    occasion: str = ""


def note(db: Session, keys: Iterable[Key], *, now: Now) -> tuple[Key, ...]:
    """Note as told those duties that were never told, and return them; they are told once this is kept.

    What cannot be noted is so never told again and again; what then cannot be told has its note taken back.
    """
    fresh = untold(db, keys)
    for kind, subject_id, occasion in fresh:
        put(db, DutyTold(kind=kind, subject_id=subject_id, occasion=occasion, **made(now)))
    return fresh


def take_back(db: Session, keys: Collection[Key]) -> None:
    """These could not be told after all, and are to be told another time."""
    kept = tuple_(col(DutyTold.kind), col(DutyTold.subject_id), col(DutyTold.occasion))
    for row in db.exec(select(DutyTold).where(kept.in_(keys))).all():
        db.delete(row)


def untold(db: Session, keys: Iterable[Key]) -> tuple[Key, ...]:
    """Those of these duties that were never told, in their order."""
    asked = tuple(dict.fromkeys(keys))
    kept = (col(DutyTold.kind), col(DutyTold.subject_id), col(DutyTold.occasion))
    told = {tuple(row) for row in db.exec(select(*kept).where(tuple_(*kept).in_(asked)))}
    return tuple(key for key in asked if key not in told)


def prune(db: Session, standing: Collection[Key], *, now: Now) -> int:
    """Forget what was told long ago, unless it still stands and would be told again; returns how many."""
    old = db.exec(select(DutyTold).where(col(DutyTold.created_at) < now.at - KEPT)).all()
    gone = [row for row in old if (row.kind, row.subject_id, row.occasion) not in standing]
    for row in gone:
        db.delete(row)
    return len(gone)
