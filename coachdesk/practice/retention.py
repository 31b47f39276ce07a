"""How long records are kept after the last thing with a client."""

from datetime import date, timedelta

LATEST = 9998
"""The last year that is reckoned with."""


def over_on(last: date, ended_on: date | None, years: int) -> date:
    """The first day after so many years since ``last_on``."""
    return years_after(last_on(last, ended_on), years) + timedelta(days=1)


def last_on(last: date, ended_on: date | None) -> date:
    """The day the years count from: of the last thing with a client or, if that is later, the coaching's end."""
    return max(last, ended_on or date.min)


def years_after(day: date, years: int) -> date:
    """The same day so many years later, in no later year than 9998; where there is no 29 February, on 1 March."""
    year = min(day.year + years, LATEST)
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 3, 1)
