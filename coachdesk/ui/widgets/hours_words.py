"""Hours as a person reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from coachdesk.practice.hours import in_hours
from coachdesk.ui.widgets.dates import day_words
from coachdesk.words import _

if TYPE_CHECKING:
    from datetime import date

    from coachdesk.practice.hours import Amount


def hours_words(seconds: int) -> str:
    """Hours with two decimals, for example "1,234.50"."""
    return QLocale().toString(float(in_hours(seconds)), "f", 2)


def amount_words(amount: Amount) -> str:
    """For example "12.50 h paid · 1.00 h pro bono"; what is nothing is left out."""
    parts = [
        _("{hours} h paid").format(hours=hours_words(amount.paid_seconds)) if amount.paid_seconds else "",
        _("{hours} h pro bono").format(hours=hours_words(amount.pro_bono_seconds)) if amount.pro_bono_seconds else "",
    ]
    return " · ".join(filter(None, parts)) or _("{hours} h").format(hours=hours_words(0))


def days_words(first: date, last: date, here: date) -> str:
    """From one day to another, seen from today; one day alone where both are the same."""
    if first == last:
        return day_words(first, here)
    return _("{start} – {end}").format(start=day_words(first, here), end=day_words(last, here))
