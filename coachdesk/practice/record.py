"""What every record has in common: an id, two dates, and texts that were looked at before they are kept."""

import re
import uuid
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy.orm import declared_attr
from sqlmodel import Field, Session, SQLModel

from coachdesk.clock import Now
from coachdesk.errors import Refused
from coachdesk.storage.store import UtcDateTime
from coachdesk.words import _

LONGEST_TEXT = 1_000_000
"""Characters; a guard against a pasted novel, far above the 100,000 that always fit."""

R = TypeVar("R", bound="Record")


def new_id() -> str:
    """A fresh random UUID as text."""
    return str(uuid.uuid4())


class Record(SQLModel):
    """A row: its id, when it was made and when it was last changed (aware UTC)."""

    id: str = Field(default_factory=new_id, primary_key=True)
    created_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    updated_at: datetime = Field(sa_type=UtcDateTime, nullable=False)

    @declared_attr.directive
    def __tablename__(cls) -> str:  # noqa: N805  # SQLAlchemy calls it with the class
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    def __repr__(self) -> str:
        """The table and the id only: a record that ends up in a log or a crash report tells nothing of its content."""
        return f"<{type(self).__name__} {self.id}>"

    __str__ = __repr__


def put(db: Session, row: R) -> R:
    """Put a new row into the records and return it; foreign keys and checks speak at once."""
    db.add(row)
    db.flush()
    return row


def made(now: Now) -> dict[str, Any]:
    """The two dates of a new row."""
    return {"created_at": now.at, "updated_at": now.at}


def get(db: Session, table: type[R], row_id: str) -> R:
    """The row with this id.

    Raises:
        Refused: when there is none, for example because it was removed in another window.
    """
    row = db.get(table, row_id)
    if row is None:
        raise Refused(_("This record is no longer there."))
    return row


def change(row: R, now: Now, **fields: Any) -> R:
    """Set fields of a row; it counts as changed only if one really differs."""
    unknown = set(fields) - set(type(row).model_fields)
    if unknown:
        raise TypeError(f"{type(row).__name__} has no {', '.join(sorted(unknown))}")
    differing = {name: value for name, value in fields.items() if getattr(row, name) != value}
    for name, value in differing.items():
        setattr(row, name, value)
    if differing:
        row.updated_at = max(now.at, row.created_at)
    return row


def needed_text(value: str, what: str) -> str:
    """A text that must not be empty, trimmed; ``what`` names it in the refusal."""
    kept = text(value)
    if not kept:
        raise Refused(_("{what} is still empty.").format(what=what))
    return kept


def clean(value: str) -> str:
    """A text as it can be stored: without the NUL character, halves of a character put together or replaced by �."""
    return value.replace("\x00", "").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def text(value: str | None) -> str:
    """A text as it is kept: trimmed at both ends, cleaned, never None."""
    kept = clean(value or "").strip()
    if len(kept) > LONGEST_TEXT:
        raise Refused(_("This text is too long to keep; please shorten it to a million characters."))
    return kept


def near(moment: datetime, what: str) -> datetime:
    """The moment, if it lies in a year that somebody can have meant; far out, arithmetic with time zones overflows."""
    if not 1900 <= moment.year <= 2200:
        raise Refused(_("{what} lies in the year {year}; please look at it again.").format(what=what, year=moment.year))
    return moment


def one_of(value: str, allowed: tuple[str, ...], what: str) -> str:
    """The value, if it is one of the allowed words."""
    if value not in allowed:
        raise Refused(
            _("{what} cannot be “{value}”; it is one of: {allowed}.").format(
                what=what, value=value, allowed=", ".join(allowed)
            )
        )
    return value


def within(value: int | None, low: int, high: int, what: str) -> int | None:
    """The number, if it lies within the limits; None stays None."""
    if value is not None and not low <= value <= high:
        raise Refused(_("{what} must be between {low} and {high}.").format(what=what, low=low, high=high))
    return value
