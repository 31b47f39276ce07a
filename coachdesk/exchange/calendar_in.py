"""Reads calendars: a file or folder of iCalendar (RFC 5545) into plain entries, whatever is in it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from coachdesk.exchange import calendar_lines
from coachdesk.exchange.calendar_lines import Block
from coachdesk.exchange.calendar_recurrence import Budget, Unreadable
from coachdesk.exchange.calendar_series import Event, as_written, event, title_of, unfold, wanted
from coachdesk.exchange.calendar_zones import Zones
from coachdesk.practice.calendar_entries import Entry, Reading, in_order
from coachdesk.words import _, ngettext

BACK = timedelta(days=7)
"""How far back is read: an appointment of last week may have been moved to the next."""
AHEAD = timedelta(days=180)
"""How far ahead: half a year is further than sessions are planned, and keeps endless series small."""
MOST_EVENTS = 20_000
"""Events within that time taken from the files; nobody has a hundred appointments a day."""
MOST_ENTRIES = 5_000
"""Entries handed on."""
MOST_PROBLEMS = 100
"""Sentences about what is wrong; more are counted."""

AT_ONCE = 2_000
"""Events read before it is asked whether the reading is still wanted."""

Progress = Callable[[float], object]


def read(
    source: Path, *, now: datetime, zone: ZoneInfo, budget: Budget | None = None, progress: Progress | None = None
) -> Reading:
    """Everything that begins within the time that is looked at; ``zone`` is the person's, for times without one.

    What cannot be read is told in ``problems`` and the rest is taken; nothing is raised for what is in a file.
    """
    work = _Work(Path(source).absolute(), now, zone, budget or Budget())
    found = calendar_lines.find(work.source)
    for sentence in found.problems:
        work.tell(sentence)
    room = calendar_lines.MOST_BYTES
    for at, path in enumerate(found.paths):
        if room <= 0 or work.budget.used_up:
            work.tell(_more())
            break
        name = "" if path == work.source else path.name
        if progress is not None:
            progress(0.9 * at / len(found.paths))
        room -= work.take(path, name, room, progress)
    return work.outcome()


def read_all(
    sources: Sequence[Path],
    *,
    now: datetime,
    zone: ZoneInfo,
    budget: Budget | None = None,
    progress: Progress | None = None,
) -> Reading:
    """One calendar as ``read`` does; of several the entries together, as if they were invitations from anywhere."""
    if len(sources) == 1:
        return read(sources[0], now=now, zone=zone, budget=budget, progress=progress)
    share = budget or Budget()
    found = []
    for at, source in enumerate(sources):
        found.append(read(source, now=now, zone=zone, budget=share))
        if progress is not None:
            progress((at + 1) / len(sources))
    entries = in_order(entry for one in found for entry in one.entries)
    problems = tuple(
        _("{file}: {sentence}").format(file=Path(one.source).name, sentence=each)
        for one in found
        for each in one.problems
    )
    is_calendar = any(one.is_calendar for one in found)
    return Reading("", now - BACK, now + AHEAD, entries, problems, whole=False, is_calendar=is_calendar)


@dataclass
class _Work:
    """One reading under way."""

    source: Path
    now: datetime
    zone: ZoneInfo
    budget: Budget
    events: dict[str, list[Event]] = field(default_factory=dict)
    taken: int = 0
    problems: list[str] = field(default_factory=list)
    untold: int = 0
    whole: bool = True
    is_calendar: bool = False

    def __post_init__(self) -> None:
        self.since, self.until = self.now - BACK, self.now + AHEAD

    def tell(self, sentence: str) -> None:
        """Keep a sentence about what is not taken."""
        self.whole = False
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(sentence)
        else:
            self.untold += 1

    def take(self, path: Path, name: str, room: int, progress: Progress | None = None) -> int:
        """Take the events of a file; the answer is how many characters it had."""
        file = calendar_lines.load(path, name, room)
        for sentence in file.problems:
            self.tell(sentence)
        self.is_calendar |= bool(file.text)
        described: dict[str, Block] = {}
        zones = Zones(self.zone, described, self.since, self.until, self.budget)
        waiting: list[tuple[int, Block]] = []
        days = as_written(self.since, self.until)
        number = 0
        for block in file.blocks():
            if block.kind == "VTIMEZONE":
                tzid = block.one("TZID")
                if tzid is not None and len(described) < calendar_lines.MOST_LINES:
                    described.setdefault(tzid.value.strip(), block)
                continue
            number += 1
            if not number % AT_ONCE and self._is_over(progress):
                break
            if not wanted(block, *days, cancels=file.cancels):
                continue
            if self.taken >= MOST_EVENTS:
                self.tell(_more())
                break
            self.taken += 1
            waiting.append((number, block))
        for number, block in waiting:  # a zone may be described after the events that name it
            self._take_event(block, zones, name, number, cancels=file.cancels)
        return len(file.text)

    def outcome(self) -> Reading:
        """The entries of everything that was taken."""
        entries: list[Entry] = []
        for series in self.events.values():
            entries += self._unfolded(series)
        in_time = in_order(one for one in entries if self.since <= one.start < self.until)
        if len(in_time) > MOST_ENTRIES:
            self.tell(
                _("There are more than {most} appointments; those after them were left out.").format(most=MOST_ENTRIES)
            )
        if self.untold:
            sentence = ngettext("{n} more of this kind.", "{n} more of this kind.", self.untold)
            self.problems.append(sentence.format(n=self.untold))
        return Reading(
            str(self.source), self.since, self.until, in_time[:MOST_ENTRIES], tuple(self.problems), self.whole,
            is_calendar=self.is_calendar or self.source.is_dir(),  # one may begin to follow a folder that is empty
        )  # fmt: skip

    def _is_over(self, progress: Progress | None) -> bool:
        """Whether there is no time left; where it is told how far the reading is, that may also end it by raising."""
        if progress is not None:
            progress(0.9)
        if self.budget.used_up:
            self.tell(_more())
        return self.budget.used_up

    def _take_event(self, block: Block, zones: Zones, file: str, number: int, *, cancels: bool) -> None:
        try:
            read_one = event(block, zones, cancels=cancels)
        except (Unreadable, OverflowError) as why:
            self.tell(_wrong(file, number, block, why))
            return
        if block.cut:
            self.tell(
                _wrong(file, number, block, Unreadable(_("it is longer than CoachDesk reads; some was left out")))
            )
        read_one.place = (file, number)
        self.events.setdefault(read_one.uid, []).append(read_one)

    def _unfolded(self, series: list[Event]) -> Iterable[Entry]:
        def tell(one: Event, why: Exception) -> None:
            self.tell(_wrong(*one.place, one.title, why))

        if self.budget.used_up:
            tell(series[0], Unreadable(_("there was no time left for it")))
            return ()
        return unfold(series, self.since.astimezone(UTC), self.until.astimezone(UTC), self.budget, tell)


def _more() -> str:
    return _("There is more in this calendar than CoachDesk reads; the rest was left out.")


def _wrong(file: str, number: int, what: Block | str, why: Exception) -> str:
    """Which entry it is and what is wrong with it."""
    title = what if isinstance(what, str) else title_of(what)
    said = str(why) if isinstance(why, Unreadable) else _("its times lie too far away")
    place = _("Entry {n}, “{title}”: {what}.") if title else _("Entry {n}: {what}.")
    sentence = place.format(n=number, title=title[:80], what=said)
    return _("{file}: {sentence}").format(file=file, sentence=sentence) if file else sentence
