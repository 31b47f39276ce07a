"""Hours: how long was coached, per client and in total, from sessions that were held."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case
from sqlmodel import Session as Db
from sqlmodel import col, func, select

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
    seconds = func.coalesce(Session.elapsed_seconds, 0)
    found = (
        select(
            Client.id, Client.name, func.count(),
            func.sum(case((col(Session.paid) == "pro_bono", 0), else_=seconds)),
            func.sum(case((col(Session.paid) == "pro_bono", seconds), else_=0)),
        )
        .join(Session, col(Session.client_id) == col(Client.id))
        .where(Session.state == "finished", Client.kind != "self")
    )  # fmt: skip
    if since is not None:
        found = found.where(col(Session.started_at) >= since)
    rows = db.exec(found.group_by(Client.id, Client.name).order_by(func.lower(Client.name))).all()
    return [Hours(*row) for row in rows]
