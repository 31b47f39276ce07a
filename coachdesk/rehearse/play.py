"""A rehearsal without a window: a made-up coach holds a whole session in no time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from coachdesk.clock import Now, Still
from coachdesk.desk import Desk
from coachdesk.rehearse.stage import throw_away
from coachdesk.reminders import cues
from coachdesk.sitting import Sitting
from coachdesk.words import _, ngettext

if TYPE_CHECKING:
    from coachdesk.moment import Moment, ShownCue

ANSWER_AFTER = 6.0
"""Seconds the made-up coach takes to answer a cue."""
WEEK = 7 * 86400.0


@dataclass(frozen=True)
class Event:
    """Something that happened in a rehearsal: the minute since the beginning, its name, and in words."""

    minute: float
    name: str
    what: str


@dataclass
class Zone:
    """The time zone a rehearsal stays in."""

    name: str = "UTC"

    def time_zone(self) -> str:
        """The zone, as IANA names it."""
        return self.name


def play(start: Now, minutes: int, zone: str = "UTC") -> tuple[list[Event], list[str]]:
    """Play a session of so many minutes in no time; what happened, and the names of what should have and did not."""
    clock = Still(start)
    with throw_away(clock, zone, minutes=minutes) as stage:
        desk = Desk(clock, stage.home)
        desk.open(stage.key)
        try:
            events = _Play(desk, clock, Sitting(desk, Zone(zone)), stage.client_id, minutes).whole()
        finally:
            desk.close()
        return events, missing(expected(desk, minutes), events)


def expected(desk: Desk, minutes: int) -> list[str]:
    """What a session of this length should bring, by name and in its order."""
    wishes = desk.settings.cues
    points = cues.points(minutes * 60.0, wishes.process_checks, wishes.landing, end=wishes.end)
    shown = [_short(point.name) for point in points]
    asked = ["asked"] if any(point.kind == "process_check" for point in points) else []
    return ["brief", "begin", *shown, *asked, "mark", "promise", "ended", "close", "next brief"]


def missing(wanted: Sequence[str], events: Sequence[Event]) -> list[str]:
    """Names of what was wanted and did not happen, in the order of the wishes."""
    happened = {event.name for event in events}
    return [name for name in wanted if name not in happened]


def _short(point: str) -> str:
    """The name of a planned cue without the length of the session it was planned for."""
    return point.partition("@")[0]


@dataclass
class _Play:
    """A made-up coach who holds one session."""

    desk: Desk
    clock: Still
    sitting: Sitting
    client_id: str
    minutes: int
    events: list[Event] = field(default_factory=list)
    began: float = 0.0

    def whole(self) -> list[Event]:
        """Prepare, hold, close, and look into the next brief."""
        from coachdesk.practice import sessions

        planned = self.desk.read(sessions.coming, client_id=self.client_id)[0].planned_start
        ahead = (planned - self.clock.now().at).total_seconds() if planned else 0.0
        self.began = self.clock.now().awake + ahead
        self._prepare()
        self.clock.advance(ahead)
        self._hold()
        self._close()
        self._next_week()
        return self.events

    def _prepare(self) -> None:
        from coachdesk.practice import brief

        seen = self.desk.read(brief.brief, self.client_id)
        if seen.promises and seen.strains:
            self._note("brief", _("The brief: session {n}, a strain from last time, my promise: {text}").format(
                n=seen.session_number, text=seen.promises[0].text
            ))  # fmt: skip

    def _hold(self) -> None:
        row = self.sitting.begin(self.client_id, minutes=self.minutes)
        length = row.planned_minutes or self.minutes
        agreed = ngettext("Begin: {n} minute is agreed", "Begin: {n} minutes are agreed", length)
        self._note("begin", agreed.format(n=length))
        seen: set[str] = set()
        while True:
            wait = self.sitting.tick()
            moment = self.sitting.moment()
            if moment is None or moment.remaining < -120:
                break
            if moment.cue is not None and moment.cue.id not in seen:
                seen.add(moment.cue.id)
                self._cue(moment, moment.cue)
            if "mark" not in self._names() and self._time_to_mark(moment):
                self._mark(moment.session_id)
            self.clock.advance(wait)
        self.sitting.end()
        self._note("ended", _("End"))

    def _time_to_mark(self, moment: "Moment") -> bool:
        return "asked" in self._names() or moment.share >= 0.6 or (self.minutes < 12 and moment.share >= 0.1)

    def _cue(self, moment: "Moment", cue: "ShownCue") -> None:
        from coachdesk.practice import cues_shown

        point = next(row.point for row in self.desk.read(cues_shown.of_session, moment.session_id) if row.id == cue.id)
        words = _("Process check: {text}").format(text=cue.text) if cue.kind == "process_check" else cue.short
        self._note(_short(point), words)
        if cue.kind == "process_check":
            self.clock.advance(ANSWER_AFTER)
            self.sitting.answer("asked")
            self._note("asked", _("Marked as asked"))

    def _mark(self, session_id: str) -> None:
        from coachdesk.practice import commitments, marks

        self.desk.do(marks.mark, "insight")
        self._note("mark", _("A moment is marked"))
        text = _("Send the two questions we ended with")
        self.desk.do(commitments.add, self.client_id, text, session_id=session_id)  # type: ignore[arg-type]
        self._note("promise", _("A promise is noted: {text}").format(text=text))

    def _close(self) -> None:
        from coachdesk.practice import commitments, sessions

        row = self.desk.read(sessions.held, self.client_id)[0]
        self.clock.advance(90)
        old = [each for each in self.desk.read(commitments.open_ones, client_id=self.client_id, owners=("coach",))
               if each.session_id != row.id]  # fmt: skip
        for each in old:
            self.desk.do(commitments.review, each.id, "kept", session_id=row.id)
        self.desk.do(sessions.close, row.id, what_mattered=_("The door may stay as it is."))  # type: ignore[arg-type]
        again = self.clock.now().at + timedelta(seconds=WEEK)
        self.desk.do(sessions.plan, self.client_id, again)
        closed = ngettext(
            "Closed: {n} promise kept, the next session is planned",
            "Closed: {n} promises kept, the next session is planned",
            len(old),
        )
        self._note("close", closed.format(n=len(old)))

    def _next_week(self) -> None:
        from coachdesk.practice import brief

        self.clock.advance(WEEK - 300)
        seen = self.desk.read(brief.brief, self.client_id)
        texts = [each.text for each in seen.promises]
        if any(each.session_id == (seen.last and seen.last.id) for each in seen.promises) and seen.coming:
            self._note("next brief", _("The next brief begins with the promise: {text}").format(text=texts[-1]))

    def _names(self) -> set[str]:
        return {event.name for event in self.events}

    def _note(self, name: str, what: str) -> None:
        self.events.append(Event((self.clock.now().awake - self.began) / 60, name, what))
