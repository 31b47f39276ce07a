"""The practice at a glance: per client the sessions held, the last and the next; and what was closed lately."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case
from sqlmodel import Session as Db
from sqlmodel import and_, col, func, select

from coachdesk.clock import Now
from coachdesk.practice import clients
from coachdesk.practice.clients import Client
from coachdesk.practice.commitments import Commitment
from coachdesk.practice.sessions import PLAN_TAKEN_WITHIN, Session

LATELY = 20


@dataclass(frozen=True)
class Entry:
    """One client: how many sessions were held, when the last was and when the next will be."""

    client: Client
    held: int
    last_at: datetime | None
    next_at: datetime | None

    @property
    def number(self) -> int:
        """Which session the coming one is, 1 for the first."""
        return self.held + 1


def roster(db: Db, *, now: Now) -> list[Entry]:
    """All clients, archived ones last, by name."""
    finished = col(Session.state) == "finished"
    soon = and_(col(Session.state) == "planned", col(Session.planned_start) >= now.at - PLAN_TAKEN_WITHIN)
    found = db.exec(
        select(
            Session.client_id,
            func.sum(case((finished, 1), else_=0)),
            func.max(case((finished, col(Session.started_at)))),
            func.min(case((soon, col(Session.planned_start)))),
        ).group_by(Session.client_id)
    ).all()
    known = {client_id: (int(held or 0), last, coming) for client_id, held, last, coming in found}
    return [Entry(client, *known.get(client.id, (0, None, None))) for client in clients.every(db)]


def held(db: Db, client_ids: Iterable[str]) -> dict[str, int]:
    """How many sessions were held with each of these clients."""
    found = db.exec(
        select(Session.client_id, func.count())
        .where(col(Session.client_id).in_(list(client_ids)), Session.state == "finished")
        .group_by(Session.client_id)
    ).all()
    return {client_id: int(count) for client_id, count in found}


def anything_closed(
    db: Db, *, owners: tuple[str, ...] = ("coach", "client", "both"), client_id: str | None = None
) -> bool:
    """Whether any commitment was ever closed, of these owners, with this client."""
    found = select(Commitment.id).where(Commitment.state != "open", col(Commitment.owner).in_(owners))
    if client_id is not None:
        found = found.where(Commitment.client_id == client_id)
    return db.exec(found.limit(1)).first() is not None


def closed_lately(db: Db, owners: tuple[str, ...] = ("coach", "both"), most: int = LATELY) -> Sequence[Commitment]:
    """Commitments closed last, the newest first."""
    return db.exec(
        select(Commitment)
        .where(Commitment.state != "open", col(Commitment.owner).in_(owners))
        .order_by(col(Commitment.updated_at).desc())
        .limit(most)
    ).all()
