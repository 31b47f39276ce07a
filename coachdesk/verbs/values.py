"""Between the records and JSON: plain values out, dates and times in."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, get_args

from coachdesk.errors import Refused
from coachdesk.machine.here import zone_here
from coachdesk.words import _

EARLIEST, LATEST = 1900, 2200
"""Years between which a date is taken for meant."""


def plain(value: Any) -> Any:
    """The value in what JSON knows: records as objects with their field names, times in ISO 8601 with offset.

    The usual values come first: twenty years of promises are some millions of them.
    """
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, Mapping):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if hasattr(type(value), "model_fields"):
        return {name: plain(getattr(value, name)) for name in type(value).model_fields}
    if is_dataclass(value):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    return value


LARGEST = 1_000_000_000
"""No number anybody means is larger."""


def fits(value: Any, kind: Any) -> bool:
    """Whether a JSON value is of a kind, such as ``str`` or ``int | None``; a date comes as a text.

    Whatever the kind, it is a single value, and no number so large that the records could not hold it.
    """
    if value is not None and not isinstance(value, str | int | float):
        return False
    if isinstance(value, int) and abs(value) > LARGEST:
        return False
    kinds = get_args(kind) or (kind,)
    return Any in kinds or type(value) in {str if each is date else each for each in kinds}


def fitting(given: Mapping[str, Any], row: Any) -> Mapping[str, Any]:
    """The fields, if each is of the kind of the row's column; raises Refused."""
    for name, value in given.items():
        if not fits(value, row.model_fields[name].annotation):
            raise Refused(_("“{name}” cannot be {value}.").format(name=name, value=value))
    return given


def legible(sentence: str) -> str:
    """A sentence that can be written everywhere: halves of a character in what it repeats become �."""
    return sentence.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def moment(text: str) -> datetime:
    """The moment meant by an ISO 8601 text, aware, UTC; without an offset it is local time.

    Raises:
        Refused: it is no such text, has no time of day, or a time the clocks leap over on that day.
    """
    try:
        read = datetime.fromisoformat(text.strip())
        only_day = len(text.strip()) <= len("2026-03-02")
        aware = read if read.tzinfo else read.replace(tzinfo=zone_here())
        there = aware.astimezone(UTC)
    except (ValueError, OverflowError):
        only_day, there = True, None
    if there is None or only_day or not EARLIEST <= there.year <= LATEST:
        raise Refused(
            _(
                "“{text}” is not a time CoachDesk can read; write it like 2026-03-02T14:30, "
                "or with an offset like 2026-03-02T14:30+01:00."
            ).format(text=text)
        )
    if there.astimezone(aware.tzinfo).replace(tzinfo=None) != aware.replace(tzinfo=None):
        raise Refused(_("There is no {text} on that day: the clocks are set forward over it.").format(text=text))
    return there


def day(text: str) -> date:
    """The date meant by an ISO 8601 text; raises Refused when it is none."""
    try:
        read = date.fromisoformat(text.strip())
    except ValueError:
        read = date.min
    if not EARLIEST <= read.year <= LATEST:
        raise Refused(_("“{text}” is not a date CoachDesk can read; write it like 2026-03-02.").format(text=text))
    return read


def dates(given: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """The arguments with those of these names read as dates; None stays None."""
    return {name: day(value) if name in names and value is not None else value for name, value in given.items()}


def day_here(at: datetime) -> date:
    """The local day of a moment."""
    return at.astimezone(zone_here()).date()
