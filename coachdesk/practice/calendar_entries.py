"""What a calendar says: plain entries with their moments worked out, and what could not be read of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Entry:
    """One appointment at one time; of a series, one of its instances."""

    uid: str
    instance: datetime
    """When the series' rule would have it begin, aware UTC; it stays the same when this one is moved."""
    start: datetime
    """Aware UTC, as is ``end``."""
    end: datetime
    title: str
    people: tuple[str, ...] = ()
    """E-mail addresses in lower case."""
    cancelled: bool = False
    all_day: bool = False
    time_zone: str = ""
    """The IANA name of the zone it was written in; empty where it has none."""
    repeats: bool = False

    @property
    def minutes(self) -> int:
        """Its length, in whole minutes."""
        return round((self.end - self.start).total_seconds() / 60)


@dataclass(frozen=True)
class Reading:
    """What was read of a file or a folder."""

    source: str
    """The absolute path."""
    since: datetime
    until: datetime
    """Between these (aware UTC) lies every start."""
    entries: tuple[Entry, ...] = ()
    """In the order of their starts."""
    problems: tuple[str, ...] = ()
    """Sentences: which entry could not be read and why, what was cut."""
    whole: bool = True
    """Whether everything was read; only then an entry that is missing is really gone."""
    is_calendar: bool = True
    """Whether anything there was a calendar at all, however empty."""


def in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries by their start."""
    return tuple(sorted(entries, key=lambda one: (one.start, one.uid, one.instance)))
