"""What duties are computed from, read out of the records in a few quick queries."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlmodel import Session as Db
from sqlmodel import col, func, select

from coachdesk.clock import Now
from coachdesk.practice.agreements import Agreement
from coachdesk.practice.clients import Client
from coachdesk.practice.commitments import Commitment
from coachdesk.practice.forget import Erasure
from coachdesk.practice.reflections import Reflection
from coachdesk.practice.sessions import PLAN_TAKEN_WITHIN, Session
from coachdesk.reminders.duties import Agreed, Dateless, Facts, Past, Planned, Promised, week_of

TABLES: frozenset[type] = frozenset({Agreement, Client, Commitment, Erasure, Reflection, Session})
"""The tables it reads: a change of one of these may change the duties."""

STILL = timedelta(days=1)
"""How far back a planned session is looked for; none is planned to last longer than eight hours."""


def facts(db: Db, *, now: Now, backup_at: datetime | None = None) -> Facts:
    """The facts as they are; of backups, which are no records, the moment of the last one is given."""
    seen = _seen(db)
    return Facts(
        promised=_promised(db),
        planned=_planned(db, now),
        dateless=_dateless(db, [one for one in seen if one.comes]),
        past=tuple(Past(one.id, one.known_until, one.ended_on) for one in seen),
        agreed=_agreed(db),
        reflected=_reflected(db, now),
        begun_at=min((one.created_at for one in seen), default=None),
        held_any=any(one.last is not None for one in seen) or _held_alone(db),
        backup_at=backup_at,
        unfinished=_unfinished(db),
    )


class _Seen:
    """A client as duties see them."""

    def __init__(
        self,
        client_id: str,
        created_at: datetime,
        ended_on: date | None,
        archived_at: datetime | None,
        last: datetime | None,
        planned: datetime | None,
    ) -> None:
        self.id, self.created_at, self.ended_on = client_id, created_at, ended_on
        self.last, self.planned = last, planned
        self.comes = archived_at is None and ended_on is None

    @property
    def known_until(self) -> datetime:
        """The last moment at which there was anything with them."""
        return max(filter(None, (self.last, self.planned)), default=self.created_at)


def _seen(db: Db) -> list[_Seen]:
    """Every client but oneself; each of the two looks is one step in the index ``session_at_a_glance``."""
    mine = Session.client_id == col(Client.id)
    last = select(func.max(col(Session.started_at))).where(mine, Session.state == "finished").scalar_subquery()
    planned = select(func.max(col(Session.planned_start))).where(mine, Session.state == "planned").scalar_subquery()
    columns = (Client.id, Client.created_at, Client.ended_on, Client.archived_at)
    found = db.exec(select(*columns, last, planned).where(Client.kind != "self")).all()  # type: ignore[call-overload]
    return [_Seen(*row) for row in found]


def _promised(db: Db) -> tuple[Promised, ...]:
    """Never a client's own next step: that is nothing to chase."""
    found = db.exec(
        select(col(Commitment.id), col(Commitment.client_id), col(Commitment.owner), col(Commitment.due_on)).where(
            Commitment.state == "open",
            col(Commitment.owner).in_(("coach", "both")),
            col(Commitment.due_on).is_not(None),
        )
    ).all()
    return tuple(Promised(*row) for row in found)  # type: ignore[arg-type]  # the day is there


def _planned(db: Db, now: Now) -> tuple[Planned, ...]:
    found = db.exec(
        select(col(Session.id), col(Session.client_id), col(Session.planned_start), col(Session.planned_minutes)).where(
            Session.state == "planned", col(Session.planned_start) >= now.at - STILL
        )
    ).all()
    return tuple(Planned(id_, client_id, start, minutes or 0) for id_, client_id, start, minutes in found if start)


def _dateless(db: Db, coming: Collection[_Seen]) -> tuple[Dateless, ...]:
    """From when on: a session fell away when that was noted, whenever it would have been."""
    away = db.exec(
        select(Session.client_id, func.max(Session.updated_at))
        .where(col(Session.client_id).in_([one.id for one in coming]), col(Session.state).in_(("missed", "cancelled")))
        .group_by(Session.client_id)
    ).all()
    fell = dict(away)
    found = []
    for one in coming:
        if (since := max(filter(None, (one.last, fell.get(one.id))), default=None)) is not None:
            given_up = one.planned + PLAN_TAKEN_WITHIN if one.planned is not None else since
            found.append(Dateless(one.id, max(since, given_up)))
    return tuple(found)


def _agreed(db: Db) -> tuple[Agreed, ...]:
    found = db.exec(
        select(col(Agreement.id), col(Agreement.client_id), col(Agreement.agreed_on), col(Agreement.review_on))
        .join(Client, col(Client.id) == col(Agreement.client_id))
        .where(
            col(Agreement.ended_on).is_(None), col(Agreement.review_on).is_not(None),
            col(Client.archived_at).is_(None), col(Client.ended_on).is_(None),
        )
    ).all()  # fmt: skip
    return tuple(Agreed(*row) for row in found)  # type: ignore[arg-type]  # the day is there


def _reflected(db: Db, now: Now) -> frozenset[str]:
    """Of the weeks this one may be called in any time zone, and the next, those that are written."""
    near = {week_of(now.at.date() + timedelta(days=days)) for days in (-7, -1, 0, 1, 7, 8)}
    return frozenset(db.exec(select(Reflection.week).where(col(Reflection.week).in_(near))).all())


def _held_alone(db: Db) -> bool:
    """Whether there ever was a session of one's own; only asked where there was none with a client."""
    return db.exec(select(Session.id).where(Session.state == "finished").limit(1)).first() is not None


def _unfinished(db: Db) -> tuple[tuple[str, datetime], ...]:
    found = db.exec(select(Erasure.id, Erasure.created_at).where(col(Erasure.done_at).is_(None))).all()
    return tuple((id_, since) for id_, since in found)
