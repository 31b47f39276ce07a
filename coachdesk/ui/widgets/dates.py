"""Days and times as a person reads them: in this computer's zone and language, right when clocks change."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QTime

from coachdesk.words import _, ngettext

if TYPE_CHECKING:
    from coachdesk.desk import Desk

SHORT = QLocale.FormatType.ShortFormat
LONG = QLocale.FormatType.LongFormat
_YEAR = re.compile(r"[\s,./-]*(?:'[^']*'\s*)?y+(?:年|년|\.)?(?:\s*'[^']*')?[\s,./-]*")


def local(at: datetime) -> datetime:
    """A moment on this computer's wall clock, with the offset that holds on that very day."""
    return at.astimezone()


def today(desk: Desk) -> date:
    """The day it is here."""
    return local(desk.now().at).date()


def moment(day: date, clock: time) -> datetime:
    """The moment (UTC) at which this computer's clock shows a day and time.

    A time left out when the clocks go forward is taken as the same stretch later; of a doubled one, the first.
    """
    wanted = datetime.combine(day, clock)
    at = wanted.astimezone()
    return (at + max(wanted - at.astimezone(UTC).astimezone().replace(tzinfo=None), timedelta())).astimezone(UTC)


def clock_words(at: datetime | time) -> str:
    """The time of day, for example "14:00"."""
    shown = local(at) if isinstance(at, datetime) else at
    return QLocale().toString(QTime(shown.hour, shown.minute), SHORT)


def day_words(day: date, here: date) -> str:
    """A day seen from today: today, tomorrow, yesterday, "Fri, 13 Mar", with the year where it is another."""
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}.get((day - here).days)
    if near is not None:
        return near
    return QLocale().toString(qt_day(day), _short_pattern(with_year=day.year != here.year))


def full_day_words(day: date) -> str:
    """A day with its weekday, for example "Friday, 13 March"."""
    pattern = QLocale().dateFormat(LONG)
    return QLocale().toString(qt_day(day), _YEAR.sub(" ", pattern).strip() or pattern)


def moment_words(at: datetime, here: date) -> str:
    """A day and a time, for example "tomorrow, 14:00"."""
    return _("{day}, {time}").format(day=day_words(local(at).date(), here), time=clock_words(at))


def span_words(start: datetime, end: datetime) -> str:
    """From one time to another, for example "14:00 – 14:50"."""
    return _("{start} – {end}").format(start=clock_words(start), end=clock_words(end))


def minutes_words(minutes: int) -> str:
    """So many minutes, written out."""
    return ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes)


def length_words(seconds: float) -> str:
    """How long something lasted, in whole minutes."""
    minutes = round(seconds / 60)
    if minutes < 90:
        return _("{n} min").format(n=minutes)
    hours, rest = divmod(minutes, 60)
    return (
        _("{hours} h {minutes} min").format(hours=hours, minutes=rest) if rest else _("{hours} h").format(hours=hours)
    )


def next_like(day: date, here: date) -> date:
    """The next day after today with the same weekday."""
    return here + timedelta(days=((day.weekday() - here.weekday() - 1) % 7) + 1)


def _short_pattern(*, with_year: bool) -> str:
    pattern = QLocale().dateFormat(LONG)
    if not with_year:
        pattern = _YEAR.sub(" ", pattern).strip() or pattern
    return pattern.replace("dddd", "ddd").replace("MMMM", "MMM")


def qt_day(day: date) -> QDate:
    """The day as Qt has it."""
    return QDate(day.year, day.month, day.day)
