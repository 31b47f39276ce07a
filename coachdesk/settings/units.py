"""What a number of the settings counts, in the form that fits the number."""

from collections.abc import Callable

from coachdesk.words import _, ngettext

Unit = Callable[[int], str]
"""The word for so many, in the person's language."""


def minutes(count: int) -> str:
    """One minute, several minutes."""
    return ngettext("minute", "minutes", count)


def seconds(count: int) -> str:
    """One second, several seconds."""
    return ngettext("second", "seconds", count)


def days(count: int) -> str:
    """One day, several days."""
    return ngettext("day", "days", count)


def years(count: int) -> str:
    """One year, several years."""
    return ngettext("year", "years", count)


def people(count: int) -> str:
    """One person, several people."""
    return ngettext("person", "people", count)


def hour_of_day(_hour: int) -> str:
    """What stands after a full hour of the day."""
    return _("o'clock")
