"""Agreements: what client and coach settled about working together; a change is a new one, the old one stays."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Field, Session, col, select

from coachdesk.clock import Now
from coachdesk.practice.clients import Client
from coachdesk.practice.record import Record, change, get, made, put, text, within
from coachdesk.words import _

TEXTS = ("rescheduling", "between_sessions", "feedback", "confidentiality", "exceptions", "fee_note")


class Agreement(Record, table=True):
    """One version of the agreement with a client; the one without ``ended_on`` is in force."""

    client_id: str = Field(foreign_key="client.id", ondelete="CASCADE", index=True)
    agreed_on: date
    session_minutes: int | None = None
    rescheduling: str = ""
    between_sessions: str = ""
    feedback: str = ""
    confidentiality: str = ""
    exceptions: str = ""
    fee_note: str = ""
    review_on: date | None = None
    ended_on: date | None = None


def agree(db: Session, client_id: str, *, now: Now, agreed_on: date | None = None, **fields: Any) -> Agreement:
    """Settle a new agreement, today where no day is given; what is not named is taken over from the one it ends."""
    client = get(db, Client, client_id)
    before = present(db, client_id)
    kept = {name: getattr(before, name) for name in ("session_minutes", "review_on", *TEXTS)} if before else {}
    wanted = {**kept, **_checked(fields)}
    day = agreed_on or now.at.astimezone().date()
    if before is not None:
        put(db, change(before, now, ended_on=max(day, before.agreed_on)))
    return put(db, Agreement(client_id=client.id, agreed_on=day, **wanted, **made(now)))


def edit(db: Session, agreement_id: str, *, now: Now, **fields: Any) -> Agreement:
    """Correct an agreement without making a new one, for slips of the pen."""
    return put(db, change(get(db, Agreement, agreement_id), now, **_checked(fields)))


def remove(db: Session, agreement_id: str, *, now: Now) -> None:
    """Remove one version; when it was the one in force, the version before is in force again."""
    row = get(db, Agreement, agreement_id)
    client_id, was_present = row.client_id, row.ended_on is None
    db.delete(row)
    db.flush()
    older = history(db, client_id)
    if was_present and older:
        put(db, change(older[0], now, ended_on=None))


def _checked(fields: dict[str, Any]) -> dict[str, Any]:
    within(fields.get("session_minutes"), 5, 480, _("The length of a session in minutes"))
    return {name: text(value) if name in TEXTS else value for name, value in fields.items()}


_PRESENT = (  # put together once: that takes longer than the answer
    select(Agreement)
    .where(Agreement.client_id == bindparam("client"), col(Agreement.ended_on).is_(None))
    .order_by(col(Agreement.agreed_on).desc(), col(Agreement.created_at).desc())
)


def present(db: Session, client_id: str) -> Agreement | None:
    """The agreement in force with a client."""
    return db.exec(_PRESENT, params={"client": client_id}).first()


def history(db: Session, client_id: str) -> Sequence[Agreement]:
    """All versions with a client, newest first."""
    return db.exec(
        select(Agreement)
        .where(Agreement.client_id == client_id)
        .order_by(col(Agreement.agreed_on).desc(), col(Agreement.created_at).desc())
    ).all()
