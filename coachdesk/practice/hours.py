"""Hours: how long was coached, per client and in total, from sessions that were held."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import CheckConstraint, case, func
from sqlalchemy import select as sqlalchemy_select
from sqlmodel import Field, col
from sqlmodel import Session as Db

from coachdesk.practice.clients import Client
from coachdesk.practice.record import Record
from coachdesk.practice.sessions import Session


class HoursNoted(Record, table=True):
    """Hours without sessions of ours: from an imported log, or all that is left of a client who was forgotten.

    Without ``client_id`` they are nobody's by name; rows with the same ``stands_for`` (a random id) are one client's.
    """

    __table_args__ = (
        CheckConstraint("source IN ('imported','forgotten')", name="hours_noted_source"),
        CheckConstraint("to_on >= from_on", name="hours_noted_order"),
        CheckConstraint("paid_seconds >= 0 AND pro_bono_seconds >= 0 AND sessions >= 0", name="hours_noted_amounts"),
    )

    client_id: str | None = Field(default=None, foreign_key="client.id", ondelete="CASCADE", index=True)
    stands_for: str = ""
    source: str
    kind: str = "individual"
    group_size: int | None = None
    from_on: date
    to_on: date
    sessions: int = 0
    paid_seconds: int = 0
    pro_bono_seconds: int = 0


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
