"""Days and times as they stand in what is handed out, in the language of the program."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from coachdesk.words import N_, _

MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"), N_("August"),
    N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip
WEEKDAYS = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
)  # fmt: skip


def day_words(day: date) -> str:
    """A day in full, for example "Monday, 2 March 2026"."""
    weekday, month = _(WEEKDAYS[day.weekday()]), _(MONTHS[day.month - 1])
    return _("{weekday}, {day} {month} {year}").format(weekday=weekday, day=day.day, month=month, year=day.year)


def clock_words(at: datetime) -> str:
    """The time of day a moment has in its own zone, for example "14:00"."""
    return f"{at:%H:%M}"


@dataclass(frozen=True)
class Days:
    """How days and times are written; a face that knows the person's habits gives its own."""

    day: Callable[[date], str] = day_words
    clock: Callable[[datetime], str] = clock_words

    def moment(self, at: datetime, zone: ZoneInfo) -> str:
        """A moment in a zone: the day and the time."""
        there = at.astimezone(zone)
        return _("{day}, {time}").format(day=self.day(there.date()), time=self.clock(there))


def zone_of(name: str, otherwise: ZoneInfo) -> ZoneInfo:
    """The time zone of this name; the other one where the name is empty or names none."""
    try:
        return ZoneInfo(name) if name else otherwise
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return otherwise
