"""Progress towards a credential: plain figures beside what ICF asks for; the rules change, and ICF has the last word.

Source: coachingfederation.org, experience requirements; the paid hours and clients for MCC as commonly quoted.
"""

import calendar
from dataclasses import dataclass
from datetime import date

from coachdesk.practice.hours import Report

RECENT_MONTHS = 18


@dataclass(frozen=True)
class Credential:
    """What a credential asks for, in hours; ``recent`` within the last 18 months, None where nothing is asked."""

    name: str
    hours: int
    paid: int
    clients: int
    recent: int | None = None


CREDENTIALS = (
    Credential("ACC", 100, 75, 8, 25),
    Credential("PCC", 500, 450, 25, 50),
    Credential("MCC", 2500, 2250, 35),
)


@dataclass(frozen=True)
class Progress:
    """What counts so far, in seconds and clients; ``recent_from`` is the first day of the last 18 months."""

    seconds: int
    paid_seconds: int
    clients: int
    recent_seconds: int
    recent_from: date


def recent_from(today: date) -> date:
    """The day 18 calendar months ago; where that month is shorter, its last day. Days know no change of clocks."""
    months = today.year * 12 + today.month - 1 - RECENT_MONTHS
    year, month = divmod(months, 12)
    return date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))


def progress(report: Report, today: date) -> Progress:
    """The figures of a report that was asked for with ``recent_from`` of the same day.

    Everything that counts is in it, whether the client agreed to be named or not.
    """
    total = report.total
    return Progress(
        total.seconds,
        total.paid_seconds,
        sum(each.people for each in report.every),
        report.recent_seconds,
        recent_from(today),
    )
