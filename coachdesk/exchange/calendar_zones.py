"""The time zones of a calendar: by their IANA name, by Windows' name, or as the file itself describes them."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from coachdesk.exchange.calendar_lines import Block, Property
from coachdesk.exchange.calendar_recurrence import Budget, Unreadable, last_moment, parse, starts

MOST_CHANGES = 400
"""Changes of the clocks taken of one zone a file describes; two a year make eight in four years."""
_OFFSET = re.compile(r"([+-])(\d{2})(\d{2})(\d{2})?")
_BY_OFFSET = re.compile(r"(?:UTC|GMT)\s*([+-])(\d{1,2})(?::?(\d{2}))?", re.IGNORECASE)


@dataclass(frozen=True)
class Zone:
    """How wall times of a zone become moments. ``name`` is its IANA name, empty where it has none."""

    rules: tzinfo
    name: str = ""

    def utc(self, wall: datetime) -> datetime:
        """The moment of a wall time: of a doubled one the first, one left out as if the clocks went forward later."""
        return wall.replace(tzinfo=self.rules, fold=0).astimezone(UTC)

    def wall(self, at: datetime) -> datetime:
        """The wall time of a moment, without a zone."""
        return at.astimezone(self.rules).replace(tzinfo=None)


class Described(tzinfo):
    """A zone as a VTIMEZONE describes it: from each change of the clocks on, another offset holds."""

    def __init__(self, changes: Iterable[tuple[datetime, timedelta, timedelta]]) -> None:
        """``changes``: the wall time before each change, the offset before, and the one after."""
        self._changes = sorted(changes)
        self._walls = [at + max(after - before, timedelta()) for at, before, after in self._changes]
        self._moments = [at - before for at, before, _after in self._changes]

    def utcoffset(self, dt: datetime | None) -> timedelta:
        """The offset of a wall time; a doubled one is the first."""
        return self._offset(self._walls, dt.replace(tzinfo=None) if dt else self._walls[-1])

    def dst(self, _dt: datetime | None) -> timedelta:
        """Not told by anything that is asked here."""
        return timedelta()

    def tzname(self, _dt: datetime | None) -> str:
        """It has none of its own."""
        return ""

    def fromutc(self, dt: datetime) -> datetime:
        """The wall time of a moment."""
        return dt + self._offset(self._moments, dt.replace(tzinfo=None))

    def _offset(self, marks: list[datetime], at: datetime) -> timedelta:
        place = bisect_right(marks, at)
        return self._changes[place - 1][2] if place else self._changes[0][1]


class Zones:
    """Finds the zone of a name; ``blocks`` are the VTIMEZONEs of the file, for names nobody else knows."""

    def __init__(
        self, here: ZoneInfo, blocks: Mapping[str, Block], since: datetime, until: datetime, budget: Budget
    ) -> None:
        self.here = Zone(here, here.key)
        self._blocks, self._budget = blocks, budget
        self._since, self._until = since.replace(tzinfo=None), until.replace(tzinfo=None)
        self._found: dict[str, Zone] = {}

    def of(self, name: str) -> Zone:
        """The zone called so; raises Unreadable where nobody can say which it is."""
        if name not in self._found:
            self._found[name] = self._find(name)
        return self._found[name]

    def _find(self, name: str) -> Zone:
        known = known_zone(name)
        if known is not None:
            return known
        if name in self._blocks:
            return Zone(self._described(self._blocks[name]))
        from coachdesk.words import _

        raise Unreadable(_("its time zone, “{name}”, is not known").format(name=name[:60]))

    def _described(self, block: Block) -> tzinfo:
        changes = [change for part in block.parts for change in self._changes(part)]
        if not changes:
            return UTC
        if len({after for _at, _before, after in changes}) == 1:
            return timezone(changes[0][2])
        return Described(changes)

    def _changes(self, part: Block) -> list[tuple[datetime, timedelta, timedelta]]:
        """The changes of one STANDARD or DAYLIGHT: the last before the time that is looked at, and those within."""
        begin = part.one("DTSTART")
        before, after = _offset(part.one("TZOFFSETFROM")), _offset(part.one("TZOFFSETTO"))
        first = last_moment(begin.value[:15] if begin else "19700101T000000", None) or datetime(1970, 1, 1)  # noqa: DTZ001
        moments = [first]
        since, until = self._since - timedelta(days=800), self._until + timedelta(days=400)
        for line in part.all("RRULE")[:4]:
            rule = parse(line.value)
            last = last_moment(rule.until, timezone(before))
            moments += list(starts(rule, first, last, min(since, last - timedelta(days=800)) if last else since, until,
                                   self._budget))[:MOST_CHANGES]  # fmt: skip
        for line in part.all("RDATE")[:MOST_CHANGES]:
            moments += [at for each in line.value.split(",")[:MOST_CHANGES] if (at := last_moment(each[:15], None))]
        return [(at, before, after) for at in moments]


@lru_cache(maxsize=256)
def known_zone(name: str) -> Zone | None:
    """The zone of an IANA name (also after a path, as some programs write it), of Windows' name, or of an offset."""
    plain = name.strip().strip('"')
    parts = plain.strip("/").split("/")
    for candidate in [plain, *("/".join(parts[-size:]) for size in (3, 2, 1) if size < len(parts)), _windows(plain)]:
        zone = _iana(candidate)
        if zone is not None:
            return Zone(zone, zone.key)
    by_offset = _BY_OFFSET.fullmatch(plain)
    if by_offset and int(by_offset[2]) < 24:
        size = timedelta(hours=int(by_offset[2]), minutes=int(by_offset[3] or 0))
        return Zone(timezone(size if by_offset[1] == "+" else -size))
    return None


def _iana(name: str) -> ZoneInfo | None:
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}", name):
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # a folder of zones is told as an OSError
        return None


def _windows(name: str) -> str:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    return WINDOWS_TO_OLSON.get(name, "")


def _offset(line: Property | None) -> timedelta:
    read = _OFFSET.fullmatch(line.value.strip()) if line else None
    if read is None or int(read[2]) > 23:
        from coachdesk.words import _

        raise Unreadable(_("its time zone is described in a way that cannot be read"))
    size = timedelta(hours=int(read[2]), minutes=int(read[3]), seconds=int(read[4] or 0))
    return size if read[1] == "+" else -size
