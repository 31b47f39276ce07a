"""Which client a calendar entry belongs to: rules the coach confirmed once."""

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from coachdesk.practice.record import Record


class CalendarRule(Record, table=True):
    """Entries with this e-mail address among their people, this title, or of this series (UID) are with this client.

    Without a client they are none of ours and are passed over from then on.
    """

    __table_args__ = (
        CheckConstraint("kind IN ('email','title','series')", name="calendar_rule_kind"),
        UniqueConstraint("kind", "value", name="calendar_rule_once"),
    )

    client_id: str | None = Field(default=None, foreign_key="client.id", ondelete="CASCADE", index=True)
    kind: str
    value: str
