"""Settings that are themselves confidential, such as the coach's name and address lines on what is handed out."""

from sqlmodel import Field, Session, select

from coachdesk.clock import Now
from coachdesk.practice.record import Record, change, made, put, text


class SettingPrivate(Record, table=True):
    """One confidential setting."""

    key: str = Field(unique=True)
    value: str


def keep(db: Session, key: str, value: str, *, now: Now) -> SettingPrivate:
    """Set a confidential setting."""
    row = db.exec(select(SettingPrivate).where(SettingPrivate.key == key)).first()
    if row is None:
        return put(db, SettingPrivate(key=key, value=text(value), **made(now)))
    return put(db, change(row, now, value=text(value)))


def value(db: Session, key: str) -> str:
    """A confidential setting; empty when it was never set."""
    row = db.exec(select(SettingPrivate).where(SettingPrivate.key == key)).first()
    return row.value if row else ""
