"""Pure: what is due between sessions, and when that changes next."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from coachdesk.clock import Now
from coachdesk.practice import retention, weeks
from coachdesk.settings import Settings
from coachdesk.settings.groups import WEEKDAYS

KINDS = (
    *("session_soon", "my_promise", "our_promise", "reflection"),
    *("agreement", "without_next", "retention", "backup", "erasure"),
)
"""In the order in which they matter."""

_DAYS = [name for name, _label in WEEKDAYS]
_FIRST, _LAST = date(2, 1, 1), date(retention.LATEST, 1, 1)
"""Beyond these days, arithmetic with time zones overflows; a mistyped year is no reason to fail."""


@dataclass(frozen=True)
class Promised:
    """An open promise with a date; owner "coach" or "both"."""

    id: str
    client_id: str
    owner: str
    due_on: date


@dataclass(frozen=True)
class Planned:
    """A planned session."""

    id: str
    client_id: str
    start: datetime
    minutes: int


@dataclass(frozen=True)
class Dateless:
    """A client who comes, and has no date from a moment on, past or future.

    The moment is when the last session was held or fell away, or when the last planned one counts as not held.
    """

    client_id: str
    since: datetime


@dataclass(frozen=True)
class Past:
    """When the last thing with a client was, the day on which the coaching was ended, and what is planned."""

    client_id: str
    last_at: datetime
    """The last session or the archiving; where there was neither, when the client was added."""
    ended_on: date | None = None
    planned: datetime | None = None
    """The last session that is planned; until then nobody is past."""


@dataclass(frozen=True)
class Agreed:
    """The agreement in force, with the day on which it is to be looked at again."""

    id: str
    client_id: str
    agreed_on: date
    review_on: date


@dataclass(frozen=True)
class Facts:
    """All that duties are computed from. Moments are aware UTC; clients are other people, never oneself."""

    promised: tuple[Promised, ...] = ()
    planned: tuple[Planned, ...] = ()
    dateless: tuple[Dateless, ...] = ()
    past: tuple[Past, ...] = ()
    agreed: tuple[Agreed, ...] = ()
    reflected: frozenset[str] = frozenset()
    """Weeks that count as written, as ISO 8601 names them: ``2026-W10``."""
    begun_at: datetime | None = None
    """When the first client was written down."""
    held_any: bool = False
    """Whether any session was ever held; before, there is nothing to reflect on."""
    backup_at: datetime | None = None
    unfinished: tuple[tuple[str, datetime], ...] = ()
    """Erasures that were begun and not finished: id, and since when."""


@dataclass(frozen=True)
class Duty:
    """One thing to be brought to mind, from a moment on until it is done, or until another moment (both aware UTC).

    ``kind``, ``subject_id`` and ``occasion`` together are the same for ever; by them it is told once.
    """

    kind: str
    subject_id: str
    """What it is about: a promise, a session, an agreement, a client, an erasure; empty for the practice itself."""
    occasion: str
    """Which one of several about the same: a day, a week, a moment."""
    due_at: datetime
    until: datetime | None = None
    client_id: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is known by."""
        return self.kind, self.subject_id, self.occasion


def duties(facts: Facts, settings: Settings, now: Now, zone: ZoneInfo) -> tuple[Duty, ...]:
    """What is due now, in the order in which it matters; what is due longest is first within a kind."""
    standing = [
        duty
        for duty in _all(facts, settings, now, zone)
        if duty.due_at <= now.at and (duty.until is None or now.at < duty.until)
    ]
    return tuple(sorted(standing, key=lambda duty: (KINDS.index(duty.kind), duty.due_at, duty.subject_id)))


def next_change(facts: Facts, settings: Settings, now: Now, zone: ZoneInfo) -> datetime | None:
    """The next moment (aware UTC) at which time alone changes the answer of ``duties``; None if it never does."""
    moments = (moment for duty in _all(facts, settings, now, zone) for moment in (duty.due_at, duty.until))
    return min((moment for moment in moments if moment is not None and moment > now.at), default=None)


def morning_of(day: date, hour: int, zone: ZoneInfo) -> datetime:
    """The moment (UTC) at which a day's reminders begin.

    Where the clocks skip that hour it is the moment they go on from; of an hour that comes twice, the first.
    """
    known = min(max(day, _FIRST), _LAST)
    return datetime.combine(known, time(hour), tzinfo=zone).astimezone(UTC)  # fold 0 is just that, by PEP 495


def _all(facts: Facts, settings: Settings, now: Now, zone: ZoneInfo) -> Iterator[Duty]:
    """Every duty there is, also what is due later."""
    days = _Days(settings.reminders.morning, zone)
    here = now.at.astimezone(zone).date()
    wishes = settings.reminders
    yield from _soon(facts.planned, wishes.brief_minutes)
    if wishes.promises:
        yield from _promises(facts.promised, days)
    if wishes.reflection and facts.held_any:
        yield from _reflections(facts.reflected, _DAYS.index(wishes.reflection_day), here, days)
    yield from _agreements(facts.agreed, days)
    if wishes.without_next:
        yield from _without_next(facts.dateless, days)
    if settings.privacy.retention_years:
        yield from _retention(facts.past, settings.privacy.retention_years, days)
    yield from _backup(facts, wishes.backup_days, days)
    yield from _erasures(facts.unfinished, days)


@dataclass(frozen=True)
class _Days:
    """Days as the coach's wall clock has them."""

    hour: int
    zone: ZoneInfo

    def begin(self, day: date) -> datetime:
        """When a day's reminders begin."""
        return morning_of(day, self.hour, self.zone)

    def of(self, moment: datetime) -> date:
        """The day it was then."""
        return moment.astimezone(self.zone).date()


def _soon(planned: Iterable[Planned], ahead: int) -> Iterator[Duty]:
    """A little before a session, until its planned time is over. A new start is a new occasion."""
    for one in planned if ahead else ():
        due, end = one.start - timedelta(minutes=ahead), one.start + timedelta(minutes=one.minutes)
        yield Duty("session_soon", one.id, one.start.isoformat(timespec="minutes"), due, end, one.client_id)


def _promises(promised: Iterable[Promised], days: _Days) -> Iterator[Duty]:
    for one in promised:
        kind = "my_promise" if one.owner == "coach" else "our_promise"
        yield Duty(kind, one.id, one.due_on.isoformat(), days.begin(one.due_on), client_id=one.client_id)


def _reflections(written: frozenset[str], weekday: int, here: date, days: _Days) -> Iterator[Duty]:
    """From the chosen day until the week is over; this week's and the next one's."""
    present = weeks.of_day(here)
    for week in (present, present.later()):
        if str(week) not in written:
            due = days.begin(week.monday + timedelta(days=weekday))
            yield Duty("reflection", "", str(week), due, week.span(days.zone)[1])


def _agreements(agreed: Iterable[Agreed], days: _Days) -> Iterator[Duty]:
    """What was agreed on that day or later has been looked at."""
    for one in agreed:
        if one.review_on > one.agreed_on:
            due = days.begin(one.review_on)
            yield Duty("agreement", one.id, one.review_on.isoformat(), due, client_id=one.client_id)


def _without_next(dateless: Iterable[Dateless], days: _Days) -> Iterator[Duty]:
    """On the morning after: at closing, the next date was proposed already."""
    for one in dateless:
        due = days.begin(days.of(one.since) + timedelta(days=1))
        occasion = one.since.isoformat(timespec="seconds")
        yield Duty("without_next", one.client_id, occasion, due, client_id=one.client_id)


def _retention(past: Iterable[Past], years: int, days: _Days) -> Iterator[Duty]:
    """On the morning after so many years: then ``contact.past_retention`` lists the client too."""
    for one in past:
        day = retention.over_on(days.of(one.last_at), one.ended_on, years)
        due = max(days.begin(day), one.planned or one.last_at)
        occasion = f"{one.last_at.isoformat(timespec='seconds')} {one.ended_on or ''} +{years}"
        yield Duty("retention", one.client_id, occasion, due, client_id=one.client_id)


def _backup(facts: Facts, every: int, days: _Days) -> Iterator[Duty]:
    """So many days after the last backup, or after the practice began where there is none yet."""
    since = facts.backup_at or facts.begun_at
    if since is not None:
        day = days.of(since) + timedelta(days=every)
        yield Duty("backup", "", since.isoformat(timespec="seconds"), days.begin(day))


def _erasures(unfinished: Iterable[tuple[str, datetime]], days: _Days) -> Iterator[Duty]:
    for erasure_id, since in unfinished:
        yield Duty("erasure", erasure_id, "", days.begin(days.of(since) + timedelta(days=1)))
