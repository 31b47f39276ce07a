"""Which duties were told in a notification already, so that each is told once."""

from sqlalchemy import UniqueConstraint

from coachdesk.practice.record import Record


class DutyTold(Record, table=True):
    """One duty that was told: its kind, the id of what it is about, and which occasion of it (a date, a week)."""

    __table_args__ = (UniqueConstraint("kind", "subject_id", "occasion", name="duty_told_once"),)

    kind: str
    subject_id: str = ""
    occasion: str = ""
