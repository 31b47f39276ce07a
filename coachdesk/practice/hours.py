"""Hours: how long was coached, per client and in total, from sessions that were held."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func
from sqlalchemy import select as sqlalchemy_select
from sqlmodel import Session as Db
from sqlmodel import col

from coachdesk.practice.clients import Client
from coachdesk.practice.sessions import Session


@dataclass(frozen=True)
class Hours:
    """Held sessions with one client: how many, and whole seconds paid and pro bono; pauses do not count."""

    client_id: str
    name: str
    sessions: int
    paid_seconds: int
    pro_bono_seconds: int


def per_client(db: Db, *, since: datetime | None = None) -> Sequence[Hours]:
    """Hours with each client (sessions with oneself do not count), by name; only sessions begun since, if given."""
    seconds = func.coalesce(col(Session.elapsed_seconds), 0)
    free = case((col(Session.paid) == "pro_bono", seconds), else_=0)
    found = (
        sqlalchemy_select(col(Client.id), col(Client.name), func.count(), func.sum(seconds - free), func.sum(free))
        .join(Session, col(Session.client_id) == col(Client.id))
        .where(col(Session.state) == "finished", col(Client.kind) != "self")
    )
    if since is not None:
        found = found.where(col(Session.started_at) >= since)
    rows = db.execute(found.group_by(col(Client.id)).order_by(func.lower(col(Client.name)))).all()
    return [Hours(*row) for row in rows]
