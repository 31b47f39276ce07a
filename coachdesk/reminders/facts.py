"""What duties are computed from, read out of the records in a few quick queries."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam
from sqlmodel import Session as Db
from sqlmodel import col, func, select

from coachdesk.clock import Now
from coachdesk.practice import contact, reflections, weeks
from coachdesk.practice.agreements import Agreement
from coachdesk.practice.checklists import ChecklistItem
from coachdesk.practice.clients import Client
from coachdesk.practice.commitments import Commitment
from coachdesk.practice.forget import Erasure
from coachdesk.practice.reflections import Reflection, ReflectionAnswer
from coachdesk.practice.sessions import Session
from coachdesk.reminders.duties import Agreed, Dateless, Facts, Past, Planned, Promised

TABLES: frozenset[type] = frozenset({
    Agreement, ChecklistItem, Client, Commitment, Erasure, Reflection, ReflectionAnswer, Session,
})  # fmt: skip
"""The tables it reads: a change of one of these may change the duties."""

STILL = timedelta(days=1)
"""How far back a planned session is looked for; none is planned to last longer than eight hours."""


_PROMISED: Any = (
    select(col(Commitment.id), col(Commitment.client_id), col(Commitment.owner), col(Commitment.due_on))
    .join(Client, col(Client.id) == col(Commitment.client_id))
    .where(
        Commitment.state == "open", col(Commitment.owner).in_(("coach", "both")), col(Commitment.due_on).is_not(None),
        col(Client.archived_at).is_(None),
    )
)  # fmt: skip
"""Never a client's own next step, that is nothing to chase; nor one to a client who was put away.

To one whose coaching has ended a promise is still kept.
"""

_PLANNED: Any = select(
    col(Session.id), col(Session.client_id), col(Session.planned_start), func.coalesce(Session.planned_minutes, 0)
).where(Session.state == "planned", col(Session.planned_start) >= bindparam("since"))

_AGREED: Any = (
    select(col(Agreement.id), col(Agreement.client_id), col(Agreement.agreed_on), col(Agreement.review_on))
    .join(Client, col(Client.id) == col(Agreement.client_id))
    .where(
        col(Agreement.ended_on).is_(None), col(Agreement.review_on).is_not(None),
        col(Client.archived_at).is_(None), col(Client.ended_on).is_(None),
    )
)  # fmt: skip

_REFLECTED: Any = select(col(Reflection.week)).where(col(Reflection.week) >= bindparam("since"))
_HELD: Any = select(col(Session.id)).where(Session.state == "finished").limit(1)
_UNFINISHED: Any = select(col(Erasure.id), col(Erasure.created_at)).where(col(Erasure.done_at).is_(None))
# Built once: to build them takes longer than to ask them.


def facts(db: Db, *, now: Now, zone: ZoneInfo, whom: str, backup_at: datetime | None = None) -> Facts:
    """The facts as they are for a person in a zone, who uses CoachDesk *clients*, *self* or *both*.

    Of backups, which are no records, the moment of the last one is given.
    """
    seen = contact.of_all(db)
    planned = db.exec(_PLANNED, params={"since": now.at - STILL})
    begun = db.exec(_REFLECTED, params={"since": str(weeks.of(now.at, zone))})
    written = [week for week in begun.all() if reflections.is_written(db, week, whom, now=now, zone=zone)]
    return Facts(
        promised=tuple(Promised(*row) for row in db.exec(_PROMISED)),
        planned=tuple(Planned(*row) for row in planned),
        dateless=tuple(Dateless(one.client_id, since) for one in seen if (since := one.dateless_since) is not None),
        past=tuple(Past(one.client_id, one.last_at, one.ended_on, one.planned) for one in seen),
        agreed=tuple(Agreed(*row) for row in db.exec(_AGREED)),
        reflected=frozenset(written),
        begun_at=min((one.created_at for one in seen), default=None),
        held_any=any(one.last for one in seen) or db.exec(_HELD).first() is not None,
        backup_at=backup_at,
        unfinished=tuple((erasure_id, since) for erasure_id, since in db.exec(_UNFINISHED)),
    )
