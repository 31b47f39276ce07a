"""Weeks as ISO 8601 numbers them: from Monday to Sunday, the first of a year is the one with its first Thursday."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from coachdesk.errors import Refused
from coachdesk.words import _

EARLIEST, LATEST = 1900, 2200
"""Years between which a week is taken for meant."""
_WRITTEN = re.compile(r"(\d{4})-?[Ww](\d{1,2})")


@dataclass(frozen=True, order=True)
class Week:
    """One week; written ``2026-W10``. The days around a new year may belong to a week of the other year."""

    year: int
    number: int

    def __str__(self) -> str:
        """As it is kept."""
        return f"{self.year:04}-W{self.number:02}"

    @property
    def monday(self) -> date:
        """Its first day."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)

    def later(self, weeks: int = 1) -> Week:
        """The week so many weeks later; earlier for a negative number."""
        return of_day(self.monday + timedelta(weeks=weeks))

    def span(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Its first moment in a zone, and the first of the week after (UTC); 167 to 169 hours where clocks change."""
        return beginning(self.monday, zone), beginning(self.later().monday, zone)


def of_day(day: date) -> Week:
    """The week a day belongs to."""
    year, number, _weekday = day.isocalendar()
    return Week(year, number)


def of(at: datetime, zone: ZoneInfo) -> Week:
    """The week a moment belongs to for a person in a zone."""
    return of_day(at.astimezone(zone).date())


def read(text: str) -> Week:
    """The week meant by a text such as ``2026-W10``.

    Raises:
        Refused: it is none, or a week 53 in a year that has 52.
    """
    found = _WRITTEN.fullmatch(text.strip())
    try:
        week = of_day(date.fromisocalendar(int(found[1]), int(found[2]), 1)) if found else None
    except ValueError:
        week = None
    if week is None or not EARLIEST <= week.year <= LATEST:
        raise Refused(_("“{text}” is no week CoachDesk can read; write it like 2026-W10.").format(text=text))
    return week


def beginning(day: date, zone: ZoneInfo) -> datetime:
    """The first moment of a day in a zone (UTC)."""
    return datetime.combine(day, time(), zone).astimezone(UTC)
