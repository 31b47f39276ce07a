"""Commitments: the coach's own promises and the clients' next steps, and what became of them."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, Session, col, select

from coachdesk.clock import Now
from coachdesk.errors import Refused
from coachdesk.practice.clients import Client
from coachdesk.practice.record import Record, change, get, made, needed_text, one_of, put, text, within
from coachdesk.words import _

OWNERS = ("coach", "client", "both")
STATES = ("open", "kept", "partly", "carried", "released")
OUTCOMES = ("kept", "partly", "carried", "released")
PLAN = ("cue", "evidence", "obstacle")
"""The lines of the plan behind one."""


class Commitment(Record, table=True):
    """A promise or a next step: what, whose, by when, and the line *when …, I will …*."""

    __table_args__ = (
        CheckConstraint("owner IN ('coach','client','both')", name="commitment_owner"),
        CheckConstraint("state IN ('open','kept','partly','carried','released')", name="commitment_state"),
        CheckConstraint("confidence IS NULL OR confidence BETWEEN 1 AND 10", name="commitment_confidence"),
        Index("commitment_by_owner", "owner", "id", "state"),
        Index("commitment_by_day", "due_on", "owner", "state"),
    )

    client_id: str = Field(foreign_key="client.id", ondelete="CASCADE", index=True)
    session_id: str | None = Field(default=None, foreign_key="session.id", ondelete="SET NULL", index=True)
    owner: str = "coach"
    text: str
    due_on: date | None = None
    cue: str = ""
    evidence: str = ""
    confidence: int | None = None
    obstacle: str = ""
    state: str = Field(default="open", index=True)
    carried_from_id: str | None = Field(default=None, foreign_key="commitment.id", ondelete="SET NULL", unique=True)


class Review(Record, table=True):
    """What became of a commitment, once looked at. Reviews are only ever added; taking one back adds *withdrawn*."""

    __table_args__ = (
        CheckConstraint("state IN ('kept','partly','carried','released','withdrawn')", name="review_state"),
        Index("review_of_commitment", "commitment_id", "created_at"),
        Index("review_by_day", "created_at"),
    )

    commitment_id: str = Field(foreign_key="commitment.id", ondelete="CASCADE", index=True)
    session_id: str | None = Field(default=None, foreign_key="session.id", ondelete="SET NULL", index=True)
    state: str
    note: str = ""
    acknowledged: str = ""


def add(
    db: Session,
    client_id: str,
    words: str,
    *,
    now: Now,
    owner: str = "coach",
    session_id: str | None = None,
    **fields: Any,
) -> Commitment:
    """Keep a promise (owner coach), a next step (owner client), or one of both.

    Raises:
        Refused: nothing was promised (an empty text), an unknown owner, a confidence outside 1 to 10.
    """
    client = get(db, Client, client_id)
    row = Commitment(
        client_id=client.id, session_id=session_id, text=needed_text(words, _("The promise")),
        owner=one_of(owner, OWNERS, _("Whose it is")), **_checked(fields), **made(now),
    )  # fmt: skip
    return put(db, row)


def edit(db: Session, commitment_id: str, *, now: Now, **fields: Any) -> Commitment:
    """Change the wording, the owner, the date or the details; raises as ``add`` does."""
    row = get(db, Commitment, commitment_id)
    if "text" in fields:
        fields["text"] = needed_text(fields["text"], _("The promise"))
    if "owner" in fields:
        one_of(fields["owner"], OWNERS, _("Whose it is"))
    return put(db, change(row, now, **_checked(fields)))


def remove(db: Session, commitment_id: str, *, now: Now) -> None:
    """Remove a commitment with its history; what was carried from it stays, joined to what it was carried from.

    Where nothing was carried from it yet, what it was carried from is let go: it has no successor any more.
    """
    row = get(db, Commitment, commitment_id)
    before_id, after = row.carried_from_id, successor(db, commitment_id)
    db.delete(row)
    db.flush()
    db.expire_all()
    if after is not None:
        put(db, change(after, now, carried_from_id=before_id))
    elif before_id is not None and (before := get(db, Commitment, before_id)).state == "carried":
        put(db, change(before, now, state="released"))
        noted(db, before, "released", now)


def review(
    db: Session,
    commitment_id: str,
    outcome: str,
    *,
    now: Now,
    note: str = "",
    acknowledged: str = "",
    due: date | None = None,
    session_id: str | None = None,
) -> Review:
    """Say what became of a commitment: kept, partly, carried on, let go. *Carried* opens its successor.

    Raises:
        Refused: it was reviewed already; an unknown outcome; a date for anything that is not carried on.
    """
    row = get(db, Commitment, commitment_id)
    one_of(outcome, OUTCOMES, _("What became of it"))
    if row.state != "open":
        raise Refused(_("This one is closed already; take that back first."))
    if due is not None and outcome != "carried":
        raise Refused(_("A new date goes with carrying on."))
    if outcome == "carried":
        _carry(db, row, due, now)
    put(db, change(row, now, state=outcome))
    return noted(db, row, outcome, now, note=text(note), acknowledged=text(acknowledged), session_id=session_id)


def carry_rest(db: Session, commitment_id: str, words: str, *, now: Now, due: date | None = None) -> Commitment:
    """After *partly*: carry the rest on as a commitment of its own."""
    row = get(db, Commitment, commitment_id)
    if row.state != "partly":
        raise Refused(_("Only the rest of something partly done can be carried on like this."))
    if successor(db, commitment_id) is not None:
        raise Refused(_("The rest is carried on already."))
    return put(db, change(_carry(db, row, due, now), now, text=needed_text(words, _("The promise"))))


def withdraw(db: Session, commitment_id: str, *, now: Now) -> Commitment:
    """Take the last review back: the commitment is open again, and an untouched successor goes.

    Raises:
        Refused: there is nothing to take back, or the successor was reviewed since.
    """
    row = get(db, Commitment, commitment_id)
    if row.state == "open":
        raise Refused(_("There is nothing to take back."))
    after = successor(db, commitment_id)
    if after is not None:
        if history(db, after.id):
            raise Refused(_("It was carried on and looked at since, so this cannot be taken back."))
        db.delete(after)
        db.flush()
    put(db, change(row, now, state="open"))
    noted(db, row, "withdrawn", now)
    return row


def one(db: Session, commitment_id: str) -> Commitment:
    """The commitment with this id."""
    return get(db, Commitment, commitment_id)


def of_client(db: Session, client_id: str) -> Sequence[Commitment]:
    """All commitments with a client: open ones first, then the newest."""
    return db.exec(
        select(Commitment)
        .where(Commitment.client_id == client_id)
        .order_by(
            col(Commitment.state) != "open", col(Commitment.due_on).is_(None), col(Commitment.due_on),
            col(Commitment.created_at).desc(),
        )
    ).all()  # fmt: skip


def open_ones(db: Session, *, client_id: str | None = None, owners: tuple[str, ...] = OWNERS) -> Sequence[Commitment]:
    """Open commitments, what is due soonest first; what is past its date is simply first."""
    found = select(Commitment).where(Commitment.state == "open", col(Commitment.owner).in_(owners))
    if client_id is not None:
        found = found.where(Commitment.client_id == client_id)
    return db.exec(
        found.order_by(col(Commitment.due_on).is_(None), col(Commitment.due_on), col(Commitment.created_at))
    ).all()


def every(db: Session) -> Sequence[Commitment]:
    """All commitments, the newest first."""
    return db.exec(select(Commitment).order_by(col(Commitment.created_at).desc())).all()


def of_session(db: Session, session_id: str) -> Sequence[Commitment]:
    """What was promised in a session."""
    return db.exec(
        select(Commitment).where(Commitment.session_id == session_id).order_by(col(Commitment.created_at))
    ).all()


def history(db: Session, commitment_id: str) -> Sequence[Review]:
    """The reviews of a commitment in their order."""
    return db.exec(select(Review).where(Review.commitment_id == commitment_id).order_by(col(Review.created_at))).all()


def successor(db: Session, commitment_id: str) -> Commitment | None:
    """What a commitment was carried on as."""
    return db.exec(select(Commitment).where(Commitment.carried_from_id == commitment_id)).first()


def _carry(db: Session, row: Commitment, due: date | None, now: Now) -> Commitment:
    kept = {name: getattr(row, name) for name in ("client_id", "owner", "text", "confidence", *PLAN)}
    return put(db, Commitment(**kept, due_on=due, carried_from_id=row.id, **made(now)))


def noted(db: Session, row: Commitment, state: str, now: Now, **fields: Any) -> Review:
    """Add to a commitment's history, after what is there; the commitment itself stays as it is."""
    last = [r.created_at for r in history(db, row.id)][-1:]
    # the wall clock may have been set back since; a review never precedes what it looks at, and follows the one before
    at = max([now.at, row.created_at, *(before + timedelta(microseconds=1) for before in last)])
    return put(db, Review(commitment_id=row.id, state=state, created_at=at, updated_at=at, **fields))


def _checked(fields: dict[str, Any]) -> dict[str, Any]:
    within(fields.get("confidence"), 1, 10, _("Confidence"))
    return {name: text(value) if name in PLAN else value for name, value in fields.items()}
