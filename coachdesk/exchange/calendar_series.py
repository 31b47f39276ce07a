"""The events of a calendar as values, and a series with its exceptions unfolded into single entries."""

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time

from coachdesk.exchange.calendar_lines import Block, Property
from coachdesk.exchange.calendar_recurrence import Budget, Rule, Unreadable, last_moment, parse, starts
from coachdesk.exchange.calendar_zones import Zone, Zones
from coachdesk.practice.calendar_entries import Entry
from coachdesk.words import _

MOST_OF_A_SERIES = 500
"""Instances of one series: more than two a day for half a year."""
MOST_DATES = 5_000
"""Dates listed for or against one series."""
MOST_RULES = 4
MOST_PEOPLE = 50
FURTHEST = timedelta(days=370)
"""How far *this and all following* may be moved at once."""
_NEAR = timedelta(days=2)
"""Wide enough that no time zone matters where dates are compared as written."""
_DATE = re.compile(r"(\d{8})(?:T(\d{2})(\d{2})(\d{2})?(Z)?)?", re.IGNORECASE)
_DURATION = re.compile(
    r"([+-]?)P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?", re.IGNORECASE
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_ADDRESS = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+")


@dataclass(frozen=True)
class Moment:
    """A time as written: wall time and the zone it is in; of a day, its beginning."""

    wall: datetime
    zone: Zone
    is_day: bool = False

    @property
    def utc(self) -> datetime:
        """The moment itself."""
        return self.zone.utc(self.wall)


@dataclass
class Event:
    """One VEVENT: a single appointment, a series, or an exception to one."""

    uid: str
    start: Moment
    length: timedelta
    title: str = ""
    people: tuple[str, ...] = ()
    cancelled: bool = False
    sequence: int = 0
    rules: tuple[Rule, ...] = ()
    more: tuple[tuple[Moment, timedelta | None], ...] = ()
    """Further starts (RDATE), where they are periods with their own length."""
    without: tuple[Moment, ...] = ()
    instead_of: Moment | None = None
    """Which instance of the series this replaces (RECURRENCE-ID)."""
    and_following: bool = False
    place: tuple[str, int] = field(default=("", 0))
    """The file and the number in it."""


def as_written(since: datetime, until: datetime) -> tuple[str, str]:
    """The first and the last day of a stretch of time as they are written, wide enough for any zone."""
    return f"{since - _NEAR:%Y%m%d}", f"{until + _NEAR:%Y%m%d}"


def wanted(block: Block, low: str, high: str, *, cancels: bool = False) -> bool:
    """Whether an event can have a part in these days, told from the dates as they are written."""
    if cancels or _is_cancelled(block):
        return True  # it may call off a series it does not repeat
    begin = _day_written(block.one("DTSTART"))
    if begin is None or not block.ended:
        return True  # what is wrong with it is to be told
    if block.one("RDATE") is not None:
        return True
    if block.one("RRULE") is not None:
        ends = [re.search(r"UNTIL=(\d{8})", line.value.upper()) for line in block.all("RRULE")]
        return begin <= high and any(end is None or end[1] >= low for end in ends)
    instead_of = block.one("RECURRENCE-ID")
    if instead_of is not None:
        replaced = _day_written(instead_of)
        following = instead_of.parameters.get("RANGE", "").upper() == "THISANDFUTURE"
        return following or replaced is None or low <= replaced <= high or low <= begin <= high
    return low <= begin <= high


def event(block: Block, zones: Zones, *, cancels: bool = False) -> Event:
    """The event of a block; raises Unreadable, and OverflowError for times at the end of all years."""
    if not block.ended:
        raise Unreadable(_("it breaks off in the middle"))
    begin = block.one("DTSTART")
    if begin is None:
        raise Unreadable(_("it does not say when it begins"))
    start = _moment(begin.value, begin, zones)
    title = title_of(block)
    instead_of = block.one("RECURRENCE-ID")
    return Event(
        uid=_uid(block, begin.value, title), start=start, length=_length(block, start, zones), title=title,
        people=_people(block),
        cancelled=cancels or _is_cancelled(block),
        sequence=_sequence(block.one("SEQUENCE")),
        rules=tuple(parse(line.value.strip()) for line in block.all("RRULE")[:MOST_RULES]),
        more=tuple(_periods(block.all("RDATE"), zones)),
        without=tuple(at for at, _length in _periods(block.all("EXDATE"), zones)),
        instead_of=None if instead_of is None else _moment(instead_of.value, instead_of, zones),
        and_following=instead_of is not None and instead_of.parameters.get("RANGE", "").upper() == "THISANDFUTURE",
    )  # fmt: skip


def title_of(block: Block) -> str:
    """The title on one line."""
    line = block.one("SUMMARY")
    if line is None:
        return ""
    plain = _ESCAPED.sub(lambda one: "\n" if one[1] in "nN" else one[1], line.value[:2000])
    return " ".join("".join(letter for letter in plain if letter.isprintable() or letter.isspace()).split())[:500]


def unfold(
    series: Sequence[Event], since: datetime, until: datetime, budget: Budget, tell: Callable[[Event, Exception], None]
) -> list[Entry]:
    """The entries of all events with one UID that begin within the time; ``tell`` hears of what cannot be unfolded."""
    masters = [one for one in series if one.instead_of is None]
    found: dict[datetime, Entry] = {}
    if masters:
        master = _latest(masters)
        following = sorted(
            (one for one in series if one.instead_of and one.and_following), key=lambda one: _replaced(one, master)
        )
        try:
            for at, length in _instances(master, following, since, until, budget):
                found[master.start.zone.utc(at)] = _as_of(master, following, at, length)
        except (Unreadable, OverflowError) as why:
            tell(master, why)
    for one in sorted((one for one in series if one.instead_of is not None), key=lambda one: one.sequence):
        at = _replaced(one, masters[0] if masters else None)
        found[at] = replace(_entry(one, at, one.start, one.length), repeats=True)
    return [one for one in found.values() if since <= one.start < until]


def _latest(masters: Sequence[Event]) -> Event:
    """The event as it stands by the last of its versions; one that only calls it off need not repeat its rules."""
    latest = max(masters, key=lambda one: (one.sequence, one.cancelled))
    if latest.cancelled and not latest.rules:
        ruled = [one for one in masters if one.rules]
        if ruled:
            last = max(ruled, key=lambda one: one.sequence)
            return replace(last, cancelled=True)
    return latest


def _instances(
    master: Event, following: Sequence[Event], since: datetime, until: datetime, budget: Budget
) -> list[tuple[datetime, timedelta | None]]:
    """Wall times in the master's zone at which the series has an instance by its rules, with lengths of their own."""
    zone = master.start.zone
    margin = _NEAR + min(FURTHEST, max((_shift(one, master) for one in following), default=timedelta()))
    after, before = zone.wall(since - margin), zone.wall(until + margin)
    found: dict[datetime, timedelta | None] = {}
    if after <= master.start.wall < before:
        found[master.start.wall] = None
    for moment, length in master.more:
        at = moment.wall if moment.is_day else zone.wall(moment.utc)
        if after <= at < before:
            found[at] = length
    for rule in master.rules:
        last = last_moment(rule.until, None if master.start.is_day else zone.rules)
        for at in starts(rule, master.start.wall, last, after, before, budget):
            found.setdefault(at, None)
            if len(found) > MOST_OF_A_SERIES:
                raise Unreadable(_("it repeats more often than CoachDesk follows; it was left out"))
    days = {one.wall.date() for one in master.without if one.is_day}
    out = {one.utc for one in master.without if not one.is_day}
    return [(at, length) for at, length in sorted(found.items()) if at.date() not in days and zone.utc(at) not in out]


def _as_of(master: Event, following: Sequence[Event], at: datetime, length: timedelta | None) -> Entry:
    """An instance of the series, as the last *this and all following* before it has it."""
    instance = master.start.zone.utc(at)
    told = replace(master, length=length or master.length)
    start = Moment(at, master.start.zone, master.start.is_day)
    for one in following:
        if _replaced(one, master) <= instance:
            begins = master.start.zone.wall(_replaced(one, master))
            told, start = one, replace(one.start, wall=one.start.wall + (at - begins))
    return replace(_entry(told, instance, start, told.length), repeats=bool(master.rules or master.more))


def _entry(one: Event, instance: datetime, start: Moment, length: timedelta) -> Entry:
    begin = start.utc
    end = start.zone.utc(start.wall + length) if start.is_day else begin + length
    return Entry(
        one.uid, instance, begin, end, one.title, one.people, one.cancelled, start.is_day, start.zone.name, False
    )


def _replaced(one: Event, master: Event | None) -> datetime:
    """The instance an exception stands for; one named by its day alone has the series' time of day."""
    named = one.instead_of or one.start
    if master is not None and named.is_day and not master.start.is_day:
        return master.start.zone.utc(datetime.combine(named.wall.date(), master.start.wall.time()))
    return named.utc


def _shift(one: Event, master: Event) -> timedelta:
    return abs(one.start.utc - _replaced(one, master))


def _is_cancelled(block: Block) -> bool:
    status = block.one("STATUS")
    return status is not None and status.value.strip().upper() == "CANCELLED"


def _day_written(line: Property | None) -> str | None:
    read = re.match(r"\s*(\d{8})", line.value) if line else None
    return read[1] if read else None


def _moment(text: str, line: Property, zones: Zones) -> Moment:
    """The time written in a text, by the parameters of its line."""
    read = _DATE.fullmatch(text.strip())
    try:
        if read is None:
            raise ValueError
        day = date(int(read[1][:4]), int(read[1][4:6]), int(read[1][6:]))
        if read[2] is None:
            return Moment(datetime.combine(day, clock_time()), zones.here, is_day=True)
        clock = clock_time(int(read[2]), int(read[3]), min(59, int(read[4] or 0)))
    except ValueError:
        raise Unreadable(_("“{value}” is no date or time").format(value=text.strip()[:40])) from None
    if not 1900 <= day.year <= 2200:
        raise Unreadable(_("it lies in the year {year}").format(year=day.year))
    wall, name = datetime.combine(day, clock), line.parameters.get("TZID", "").strip()
    if read[5]:
        return Moment(wall, Zone(UTC, "UTC"))
    return Moment(wall, zones.of(name) if name else zones.here)


def _length(block: Block, start: Moment, zones: Zones) -> timedelta:
    """How long it lasts: by its end, its duration, else a day for a day and no time for a time."""
    end, duration = block.one("DTEND"), block.one("DURATION")
    if end is not None and end.value.strip():
        at = _moment(end.value, end, zones)
        length = at.wall - start.wall if start.is_day or at.is_day else at.utc - start.utc
    elif duration is not None:
        length = _duration(duration.value.strip())
    else:
        length = timedelta(days=1) if start.is_day else timedelta()
    if length < timedelta():
        raise Unreadable(_("it ends before it begins"))
    return length


def _duration(text: str) -> timedelta:
    read = _DURATION.fullmatch(text)
    if read is None or not any(read.groups()[1:]):
        raise Unreadable(_("“{value}” is no length of time").format(value=text[:40]))
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in read.groups()[1:])
    length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -length if read[1] == "-" else length


def _periods(lines: Sequence[Property], zones: Zones) -> Iterator[tuple[Moment, timedelta | None]]:
    """The moments of RDATE or EXDATE lines; raises Unreadable for more than anybody lists."""
    count = 0
    for line in lines:
        for text in line.value.split(","):
            count += 1
            if count > MOST_DATES:
                raise Unreadable(_("it lists more dates than CoachDesk follows"))
            begin, slash, end = text.partition("/")
            moment, length = _moment(begin, line, zones), None
            if slash:
                lasts = end.strip().upper().startswith(("P", "+P"))
                length = _duration(end.strip()) if lasts else _moment(end, line, zones).utc - moment.utc
            if length is not None and length < timedelta():
                raise Unreadable(_("it ends before it begins"))
            yield moment, length


def _sequence(line: Property | None) -> int:
    text = line.value.strip() if line else ""
    return int(text) if re.fullmatch(r"\d{1,9}", text) else 0


def _people(block: Block) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for line in [*block.all("ORGANIZER"), *block.all("ATTENDEE")][: MOST_PEOPLE * 2]:
        said = line.parameters.get("EMAIL", "") or re.sub("(?i)^mailto:", "", line.value.strip())
        if _ADDRESS.fullmatch(said.strip()) and len(said) < 320:
            found[said.strip().lower()] = None
    return tuple(found)[:MOST_PEOPLE]


def _uid(block: Block, begin: str, title: str) -> str:
    """The entry's own name, else one that is the same at each reading."""
    line = block.one("UID")
    said = line.value.strip()[:500] if line else ""
    return said or "without-" + hashlib.sha256(f"{begin}\n{title}".encode()).hexdigest()[:32]
