"""When a calendar's rule repeats, worked out one period after the other so that no rule can run for ever."""

import calendar
import itertools
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from datetime import time as clock_time

from coachdesk.words import _

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
TOO_OFTEN = ("SECONDLY", "MINUTELY", "HOURLY")
"""No appointment repeats within a day; who writes such rules counts on programs that unfold them."""
STEPS = 2_000_000
"""Days looked at for all rules of a reading together; a usual calendar of ten years needs some ten thousand."""
STEPS_OF_ONE = 60_000
"""Days looked at for one rule: 160 years, day by day."""
SECONDS = 20.0
"""How long a reading may take altogether."""
_BY_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_LIMITS = {
    "BYMONTH": (1, 12), "BYWEEKNO": (-53, 53), "BYYEARDAY": (-366, 366), "BYMONTHDAY": (-31, 31),
    "BYHOUR": (0, 23), "BYMINUTE": (0, 59), "BYSECOND": (0, 60), "BYSETPOS": (-366, 366),
}  # fmt: skip


class Unreadable(ValueError):  # it never leaves the reading of a calendar: it becomes one of its sentences
    """What is wrong with an entry, in words."""


class TooMuch(Unreadable):
    """A rule would take longer than any appointment is worth."""


@dataclass
class Budget:
    """What a reading may cost; ``clock`` gives seconds that only go forward."""

    steps: int = STEPS
    seconds: float = SECONDS
    clock: Callable[[], float] = time.monotonic
    until: float = field(init=False)

    def __post_init__(self) -> None:
        self.until = self.clock() + self.seconds

    @property
    def used_up(self) -> bool:
        """Whether nothing more may be worked out."""
        return self.steps <= 0 or self.clock() >= self.until

    def spend(self, steps: int) -> None:
        """Note that so many days were looked at."""
        self.steps -= steps


@dataclass(frozen=True)
class Rule:
    """A rule of a day or more (RFC 5545, 3.3.10); ``days`` are pairs of an ordinal (0: every) and a weekday."""

    freq: str
    interval: int = 1
    count: int | None = None
    until: str = ""
    """As written: its meaning depends on the start it belongs to."""
    months: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    year_days: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    days: tuple[tuple[int, int], ...] = ()
    hours: tuple[int, ...] = ()
    minutes: tuple[int, ...] = ()
    seconds: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    week_start: int = 0


def parse(text: str) -> Rule:
    """The rule in a text such as ``FREQ=WEEKLY;BYDAY=TU``; raises Unreadable."""
    parts = dict(part.partition("=")[::2] for part in text.upper().replace(" ", "").split(";") if part)
    freq = parts.get("FREQ", "")
    if freq in TOO_OFTEN:
        raise Unreadable(_("it repeats within a day; CoachDesk does not unfold such rules"))
    if freq not in FREQUENCIES:
        raise Unreadable(_("its rule of repeating has no frequency that can be read"))
    numbers = {name: _numbers(parts.get(name, ""), name) for name in _LIMITS}
    return Rule(
        freq, _natural(parts.get("INTERVAL", "1")), _natural(parts["COUNT"]) if "COUNT" in parts else None,
        parts.get("UNTIL", ""), numbers["BYMONTH"], numbers["BYWEEKNO"], numbers["BYYEARDAY"], numbers["BYMONTHDAY"],
        _days(parts.get("BYDAY", "")), numbers["BYHOUR"], numbers["BYMINUTE"], numbers["BYSECOND"],
        numbers["BYSETPOS"], _weekday(parts.get("WKST", "MO")),
    )  # fmt: skip


def starts(
    rule: Rule, first: datetime, until: datetime | None, after: datetime, before: datetime, budget: Budget
) -> Iterator[datetime]:
    """The starts a rule names from ``after`` until before ``before``, in order; all are wall times without a zone.

    ``first`` is the start of the series, ``until`` the last moment the rule allows.

    Raises:
        TooMuch: so many days would have to be looked at that nobody can have meant it.
    """
    meant = _completed(rule, first)
    clocks = _clocks(meant, first)
    last = before if until is None else min(before, until + timedelta(seconds=1))
    found, looked_at = 0, 0
    for days in _periods(meant, first, after if rule.count is None else first, last):
        looked_at += len(days)
        budget.spend(len(days))
        if looked_at > STEPS_OF_ONE or budget.used_up:
            raise TooMuch(_("its rule of repeating goes on for longer than CoachDesk follows"))
        moments = [datetime.combine(day, at) for day in days if _fits(meant, day) for at in clocks]
        for moment in _picked(moments, meant.positions):
            if moment < first:
                continue
            found += 1
            if moment >= last or (rule.count is not None and found > rule.count):
                return
            if moment >= after:
                yield moment


def last_moment(written: str, zone: tzinfo | None) -> datetime | None:
    """The UNTIL of a rule as wall time in the series' zone; a day counts wholly. None where nothing is written."""
    if not written:
        return None
    try:
        day = datetime.strptime(written[:8], "%Y%m%d")  # noqa: DTZ007  # a wall time has no zone
        if len(written) == 8:
            return day + timedelta(days=1, seconds=-1)
        at = datetime.strptime(written[:15], "%Y%m%dT%H%M%S")  # noqa: DTZ007
        if written.endswith("Z") and zone is not None:
            return at.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
    except (ValueError, OverflowError):
        raise Unreadable(_("the end of its repeating, “{value}”, is no date").format(value=written[:40])) from None
    return at


def _completed(rule: Rule, first: datetime) -> Rule:
    """What the rule leaves open is taken from the first start."""
    if rule.weeks or rule.year_days or rule.month_days or rule.days:
        return rule
    if rule.freq == "YEARLY":
        return replace(rule, months=rule.months or (first.month,), month_days=(first.day,))
    if rule.freq == "MONTHLY":
        return replace(rule, month_days=(first.day,))
    return replace(rule, days=((0, first.weekday()),)) if rule.freq == "WEEKLY" else rule


def _clocks(rule: Rule, first: datetime) -> list[clock_time]:
    hours, minutes = rule.hours or (first.hour,), rule.minutes or (first.minute,)
    seconds = [min(second, 59) for second in rule.seconds] or [first.second]
    return sorted({clock_time(*each) for each in itertools.product(hours, minutes, seconds)})[:24]


def _picked(moments: list[datetime], positions: Sequence[int]) -> list[datetime]:
    if not positions:
        return moments
    size = len(moments)
    return sorted({moments[at - 1 if at > 0 else at] for at in positions if 0 < abs(at) <= size})


def _periods(rule: Rule, first: datetime, after: datetime, last: datetime) -> Iterator[Sequence[date]]:
    """The days of each period of the rule; those that lie wholly before ``after`` are leapt over."""
    longest = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 31, "YEARLY": 366}[rule.freq]
    number = max(0, (after - first).days // (longest * rule.interval) - 2)
    while True:
        try:
            days = _period(rule, first.date(), number * rule.interval)
        except (OverflowError, ValueError):  # past the year 9999
            return
        if datetime.combine(days[0], clock_time()) >= last:
            return
        yield days
        number += 1


def _period(rule: Rule, first: date, ahead: int) -> Sequence[date]:
    if rule.freq == "DAILY":
        return [first + timedelta(days=ahead)]
    if rule.freq == "WEEKLY":
        begin = first - timedelta(days=(first.weekday() - rule.week_start) % 7)
        return [begin + timedelta(days=7 * ahead + at) for at in range(7)]
    if rule.freq == "MONTHLY":
        year, month = divmod(first.year * 12 + first.month - 1 + ahead, 12)
        return _month(year, month + 1)
    return [day for month in rule.months or range(1, 13) for day in _month(first.year + ahead, month)]


def _month(year: int, month: int) -> list[date]:
    return [date(year, month, day) for day in range(1, calendar.monthrange(year, month)[1] + 1)]


def _fits(rule: Rule, day: date) -> bool:
    """Whether a day is one the rule names (RFC 5545, the table of 3.3.10)."""
    return (
        (not rule.months or day.month in rule.months)
        and (not rule.weeks or _of(rule.weeks, *_week(day, rule.week_start)))
        and (not rule.year_days or _of(rule.year_days, day.timetuple().tm_yday, _year_length(day.year)))
        and (not rule.month_days or _of(rule.month_days, day.day, _month_length(day)))
        and (not rule.days or any(_is_weekday(rule, day, *each) for each in rule.days))
    )


def _of(named: Sequence[int], number: int, size: int) -> bool:
    """Whether a number counted from the front, or from the back of so many, is among those named."""
    return number in named or number - size - 1 in named


def _is_weekday(rule: Rule, day: date, ordinal: int, weekday: int) -> bool:
    if day.weekday() != weekday:
        return False
    if not ordinal or rule.freq in ("DAILY", "WEEKLY") or rule.weeks:
        return True
    if rule.freq == "MONTHLY" or rule.months:
        at, size = day.day, _month_length(day)
    else:
        at, size = day.timetuple().tm_yday, _year_length(day.year)
    return (at - 1) // 7 + 1 == ordinal or (size - at) // 7 + 1 == -ordinal


def _week(day: date, week_start: int) -> tuple[int, int]:
    """The number of a day's week in its year (the first has at least four days in it), and how many there are."""
    middle = day + timedelta(days=3 - (day.weekday() - week_start) % 7)
    number = (middle.timetuple().tm_yday - 1) // 7 + 1
    first = (middle - timedelta(weeks=number - 1)).timetuple().tm_yday
    return number, (_year_length(middle.year) - first) // 7 + 1


def _year_length(year: int) -> int:
    return 366 if calendar.isleap(year) else 365


def _month_length(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1]


def _natural(text: str) -> int:
    if not re.fullmatch(r"\d{1,6}", text) or not int(text):
        raise Unreadable(_("its rule of repeating has a number that cannot be, “{value}”").format(value=text[:40]))
    return int(text)


def _numbers(text: str, name: str) -> tuple[int, ...]:
    low, high = _LIMITS[name]
    found = []
    for part in text.split(",")[:400] if text else ():
        number = int(part) if re.fullmatch(r"[+-]?\d{1,3}", part) else high + 1
        if not low <= number <= high or (low < 0 and not number):
            raise Unreadable(_("its rule of repeating has a number that cannot be, “{value}”").format(value=part[:40]))
        found.append(number)
    return tuple(sorted(set(found)))


def _days(text: str) -> tuple[tuple[int, int], ...]:
    found = []
    for part in text.split(",")[:400] if text else ():
        read = _BY_DAY.fullmatch(part)
        if read is None:
            raise Unreadable(_("its rule of repeating has no such weekday, “{value}”").format(value=part[:40]))
        found.append((int(read[1] or 0), WEEKDAYS.index(read[2])))
    return tuple(found)


def _weekday(text: str) -> int:
    if text not in WEEKDAYS:
        raise Unreadable(_("its rule of repeating has no such weekday, “{value}”").format(value=text[:40]))
    return WEEKDAYS.index(text)
