"""When there was last something with each client, and whether a date is ahead; told by one query for all who ask."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session as Db
from sqlmodel import col, func, select

from coachdesk.clock import Now
from coachdesk.practice import retention
from coachdesk.practice.clients import Client, every
from coachdesk.practice.sessions import PLAN_TAKEN_WITHIN, Session

_mine = Session.client_id == col(Client.id)
_last = select(func.max(col(Session.started_at))).where(_mine, Session.state == "finished")
_planned = select(func.max(col(Session.planned_start))).where(_mine, Session.state == "planned")
_fell_away = select(func.max(Session.fell_away_at)).where(_mine, col(Session.state).in_(("missed", "cancelled")))
_CONTACT: Any = select(
    *(col(Client.id), col(Client.created_at), col(Client.ended_on), col(Client.archived_at)),
    *(looked_up.scalar_subquery() for looked_up in (_last, _planned, _fell_away)),
).where(Client.kind != "self")
# Built once: to build it takes longer than to ask it. Each look is one step in the index session_at_a_glance.


@dataclass(frozen=True)
class Contact:
    """The moments that count of one client; all aware UTC."""

    client_id: str
    created_at: datetime
    ended_on: date | None
    archived_at: datetime | None
    last: datetime | None
    """The beginning of the last session that was held."""
    planned: datetime | None
    """The last session that is planned, whether it is still ahead or not."""
    fell_away: datetime | None
    """When it was last noted that a session was cancelled or missed, whenever it would have been."""

    @property
    def last_at(self) -> datetime:
        """The last session or the archiving; where there was neither, when the client was added."""
        return max(filter(None, (self.last, self.archived_at)), default=self.created_at)

    @property
    def dateless_since(self) -> datetime | None:
        """From when on they have no date; None for one who does not come any more, or never came.

        That is when the last session was held or fell away, or when the last planned one counts as not held.
        """
        if self.archived_at is not None or self.ended_on is not None or not (self.last or self.fell_away):
            return None
        given_up = self.planned + PLAN_TAKEN_WITHIN if self.planned else None
        return max(filter(None, (self.last, self.fell_away, given_up)))


@dataclass(frozen=True)
class Past:
    """A client with whom there was nothing any more since a day: of ``Contact.last_at``, or of the coaching's end."""

    client: Client
    last_on: date


def of_all(db: Db) -> list[Contact]:
    """The contact with every client but oneself."""
    return [Contact(*row) for row in db.exec(_CONTACT)]


def without_next(db: Db, *, now: Now) -> list[Client]:
    """Clients who come and have no next date, by name."""
    found = {one.client_id for one in of_all(db) if one.dateless_since is not None and one.dateless_since <= now.at}
    return list(db.exec(select(Client).where(col(Client.id).in_(found)).order_by(col(Client.name))))


def past_retention(db: Db, years: int, *, now: Now, zone: ZoneInfo) -> list[Past]:
    """Clients whose records have been kept for so many years after the last thing, the longest ago first.

    Days are those of ``zone``. Whoever has a session planned is not among them, nor is the coach; 0 years: nobody.
    """
    if years <= 0:
        return []
    today, clients = now.at.astimezone(zone).date(), {client.id: client for client in every(db)}
    found = [
        Past(clients[one.client_id], retention.last_on(day, one.ended_on))
        for one, day in ((one, one.last_at.astimezone(zone).date()) for one in of_all(db))
        if retention.over_on(day, one.ended_on, years) <= today and (one.planned is None or one.planned <= now.at)
    ]
    return sorted(found, key=lambda each: (each.last_on, each.client.id))
