"""Forgetting a client: what goes and what stays, and the erasure that follows."""

from datetime import datetime

from sqlmodel import Field

from coachdesk.practice.record import Record
from coachdesk.storage.store import UtcDateTime


class Erasure(Record, table=True):
    """A client was forgotten. Until ``done_at`` their words may still lie in the file or in backups."""

    client_id: str
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
