"""The running session as one thing: its clock, its cues, its quiet, and what the coach is to see now.

The sitting is asked, it never acts by itself: a face asks ``tick`` when the last answer said to, and then shows
``moment``. Everything that must not be lost is in the records before it is shown.
"""

import math
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from coachdesk.clock import Now
from coachdesk.desk import Changed, Desk
from coachdesk.errors import Refused
from coachdesk.moment import Moment, Notice, ShownCue, resumed_notice, slept_notice, stepped_notice, zone_notice
from coachdesk.session_focus import SessionFocus
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.focus.mode import Focus
    from coachdesk.in_session import InSession
    from coachdesk.practice.sessions import Session
    from coachdesk.reminders.cues import Point, Situation

HEARTBEAT = 5.0
"""Seconds at most between two notes that the session is alive; also the longest wait."""
SLEPT = 30.0
"""Seconds of the computer's sleep worth a sentence."""
STEPPED = 30.0
"""Seconds by which the wall clock must jump to be worth a sentence."""
GAP = 60.0
"""Seconds a session may be out of sight before the coach is asked about it on the next start."""
GAP_UNATTENDED = 4 * 3600.0
"""The same for a session begun from the command line, which is seen only when a verb is given."""


class Zoned(Protocol):
    """What the sitting needs of the machine."""

    def time_zone(self) -> str:
        """The computer's time zone, as IANA names it."""
        ...


class Sitting:
    """The running session; without one, every question is answered with None and every verb refuses."""

    def __init__(self, desk: Desk, machine: Zoned, focus: "Focus | None" = None) -> None:
        """``focus`` is None where the machine is to be left as it is, as in a rehearsal."""
        self._desk = desk
        self._machine = machine
        self._quiet = SessionFocus(desk, focus)
        self._state = _State()
        desk.listeners.insert(0, self._on_changed)  # before every face, which then asks for the moment

    def begin(
        self,
        client_id: str,
        *,
        minutes: int | None = None,
        session_id: str | None = None,
        template: str = "",
        intention: str = "",
    ) -> "Session":
        """Begin a session now; raises Refused as ``sessions.start`` does."""
        from coachdesk.practice import sessions

        settings = self._desk.settings
        row = self._desk.do(
            sessions.start, client_id, session_id=session_id, time_zone=self._machine.time_zone(), minutes=minutes,
            template=template or settings.session.template, intention=intention, usual_minutes=settings.session.minutes,
        )  # fmt: skip
        self._state = _State(of=row.id, last=self._desk.now(), zone=self._machine.time_zone())
        return row

    def unfinished(self) -> "Session | None":
        """A session found running at start that was out of sight for a while: the coach is to be asked about it.

        One seen within the last minute is simply taken up again, as is one begun from the command line without a
        window within the last hours.
        """
        from coachdesk.practice import sessions

        row = self._desk.read(sessions.running)
        if row is None:
            return None
        clock, now = self._desk.read(sessions.clock_of, row), self._desk.now()
        gap = (clock.timeline(now) - clock.seen_at).total_seconds()
        if gap > (GAP if row.attended else GAP_UNATTENDED):
            return row
        self.adopt()
        if row.attended:
            self._state = self._state.told(resumed_notice())
        return None

    def adopt(self) -> "Session":
        """Go on with the session that is running in the records."""
        from coachdesk.practice import sessions

        row = self._desk.do(sessions.attend)
        self._state = _State(of=row.id, last=self._desk.now(), zone=self._machine.time_zone())
        return row

    def extend(self, minutes: int) -> None:
        """Agree on a later end. A landing or end cue on screen goes: it is answered. A process check stays."""
        from coachdesk.practice import sessions

        self._desk.do(sessions.extend, minutes)
        if self._state.cue is not None and self._state.cue.kind != "process_check":
            self._retire("asked")

    def answer(self, answer: str) -> None:
        """Answer the cue on screen. *Asked* without one withdraws the process check that was waiting or is next."""
        if self._state.cue is not None:
            self._retire(answer)
        elif answer == "asked":
            self._note_asked()

    def hold(self, minutes: float | None) -> None:
        """Hold all cues for some minutes, or no longer."""
        until = None if minutes is None else self._desk.now().awake + minutes * 60
        if minutes is not None:
            self._retire()
        self._state = replace(self._state, held_until=until)

    def hide(self, hidden: bool) -> None:
        """Hide everything but a thin line, or show it again. A cue on screen goes and comes back later."""
        if hidden:
            self._retire()
        self._state = replace(self._state, hidden=hidden)

    def end(self) -> "Session":
        """End the session now; for a minute this can be taken back."""
        from coachdesk.practice import sessions

        self._retire()
        row = self._desk.do(sessions.finish)
        self._state = replace(self._state, view=None, notices=(), beat=None, ended=(row, self._desk.now().awake))
        return row

    def take_back(self) -> None:
        """Take the end back; raises Refused after a minute."""
        from coachdesk.practice import sessions

        if self._state.ended is None:
            raise Refused(_("There is no ended session to take back."))
        self._desk.do(sessions.take_back, self._state.ended[0].id)
        self._state = replace(self._state, ended=None)

    def choose(self, choice: str) -> None:
        """Answer the notice: leave a sleep out of the time, or leave everything as it is."""
        from coachdesk.practice import sessions

        for _notice, slept in self._state.notices[:1]:
            if choice == "leave_out" and slept is not None:
                self._desk.do(sessions.leave_out, *slept)
        self._state = replace(self._state, notices=self._state.notices[1:])

    def tick(self) -> float:
        """Do what is due now; returns the seconds until something visible may change, at most ``HEARTBEAT``."""
        now = self._desk.now()
        if self._state.forgotten_in(now) <= 0:
            self._state = replace(self._state, ended=None)
        view = self._view()
        self._quiet.follow(view, now)
        if view is None:
            return self._state.forgotten_in(now)
        self._notice_time(view, now)
        self._cue(view, now)  # first: a cue need not wait for the disk twice
        self._beat(now)
        return self._wait(view, now)

    def moment(self) -> Moment | None:
        """What to show now; None when no session runs and none has just ended."""
        now = self._desk.now()
        view = self._view()
        if view is None:
            return self._ended_moment(now)
        state, clock = self._state, view.clock
        phase = clock.phase(now, view.phases)
        return Moment(
            session_id=view.session.id, client_id=view.session.client_id, state=view.session.state,
            share=clock.share(now), remaining=clock.remaining(now), elapsed=clock.elapsed(now),
            ends_at=clock.ends_at(now), cue=state.cue, hold_left=state.hold_left(now), hidden=state.hidden,
            phase=phase.name if phase else None, next_at=view.next_at, notice=state.notice, late_by=view.late_by,
        )  # fmt: skip

    # --- inner --------------------------------------------------------------------------------------------------

    def _on_changed(self, _changed: Changed) -> None:
        self._state = replace(self._state, view=None)

    def _view(self) -> "InSession | None":
        if self._state.view is None and self._desk.is_open:
            from coachdesk.in_session import look

            view = look(self._desk)
            if view is None:  # what is held or hidden waits for the end to be taken back
                self._state = replace(self._state, cue=None, notices=())
            elif view.session.id != self._state.of:  # what was on screen or held belonged to the one before
                self._state = _State(of=view.session.id, ended=self._state.ended)
            self._state = replace(self._state, view=view)
        return self._state.view

    def _situation(self, view: "InSession", now: Now) -> "Situation":
        state = self._state
        held, stays = state.hold_left(now) is not None, float(self._desk.settings.cues.seconds)
        return view.situation(now, held=held, hidden=state.hidden, stays=stays)

    def _retire(self, answer: str | None = None) -> None:
        """Take the cue off the screen; without an answer it may come back once."""
        from coachdesk.practice import cues_shown

        cue = self._state.cue
        if cue is None:
            return
        if answer is not None:
            self._desk.do(cues_shown.answered, cue.id, answer)
        self._state = replace(self._state, cue=None, view=None)

    def _note_asked(self) -> None:
        from coachdesk.practice import cues_shown
        from coachdesk.reminders import cues

        view = self._view()
        if view is None:
            raise Refused(_("No session is running."))
        point = cues.asked_point(view.points, self._situation(view, self._desk.now()))
        name = point.name if point else "unasked"
        shown = self._desk.do(cues_shown.shown, view.session.id, "process_check", name)
        self._desk.do(cues_shown.answered, shown.id, "asked")

    def _ended_moment(self, now: Now) -> Moment | None:
        if self._state.ended is None:
            return None
        row = self._state.ended[0]
        if self._desk.is_open and not self._waits(row.id):  # it was closed, or removed
            self._state = replace(self._state, ended=None)
            return None
        elapsed = float(row.elapsed_seconds or 0)
        return Moment(row.id, row.client_id, "ended", 1.0, 0.0, elapsed, row.ended_at or now.at)

    def _waits(self, session_id: str) -> bool:
        from coachdesk.practice import sessions

        return self._desk.read(sessions.waits, session_id)

    def _beat(self, now: Now) -> None:
        from coachdesk.practice import sessions

        if self._state.beat is None or now.awake - self._state.beat >= HEARTBEAT - 0.5:
            self._desk.do_quietly(sessions.seen)
            self._state = replace(self._state, beat=now.awake)

    def _notice_time(self, view: "InSession", now: Now) -> None:
        last, zone = self._state.last, self._machine.time_zone()
        state = self._state
        if last is not None:
            slept, stepped = now.slept_since(last), now.stepped_since(last)
            if slept >= SLEPT:
                here, paused = view.clock.timeline(now), view.clock.paused
                span = None if paused else (here - timedelta(seconds=slept), here)
                state = state.told(slept_notice(slept, paused), span)
            if abs(stepped) >= STEPPED:
                state = state.told(stepped_notice(stepped))
            if state.zone and zone != state.zone:
                state = state.told(zone_notice(zone))
        self._state = replace(state, last=now, zone=zone)

    def _cue(self, view: "InSession", now: Now) -> None:
        from coachdesk.reminders import cues

        if self._state.cue is not None and (now.awake >= self._state.cue_until or view.clock.paused):
            self._retire()
            view = self._view() or view
        if self._state.cue is None:
            point = cues.due(view.points, self._situation(view, now))
            if point is not None:
                self._show(view, point, now)

    def _show(self, view: "InSession", point: "Point", now: Now) -> None:
        from coachdesk.in_session import wording
        from coachdesk.practice import cues_shown

        prompt_id, short, text = wording(self._desk, view, point, now)
        row = self._desk.do(cues_shown.shown, view.session.id, point.kind, point.name, prompt_id=prompt_id)
        cue = ShownCue(row.id, point.kind, short, text)
        self._state = replace(self._state, cue=cue, cue_until=now.awake + self._desk.settings.cues.seconds)

    def _wait(self, view: "InSession", now: Now) -> float:
        from coachdesk.reminders import cues

        remaining = view.clock.remaining(now)
        to_minute = remaining - (math.ceil(remaining / 60) - 1) * 60
        waits = [HEARTBEAT, to_minute, (self._state.beat or now.awake) + HEARTBEAT - now.awake]
        if self._state.cue is not None:
            waits.append(self._state.cue_until - now.awake)
        next_cue = cues.next_change(view.points, self._situation(view, now))
        if next_cue is not None:
            waits.append(next_cue)
        return max(0.02, min(waits))


@dataclass(frozen=True)
class _State:
    """What the sitting remembers between two questions; nothing of it must survive a crash."""

    of: str = ""
    """The session all this is about."""
    view: "InSession | None" = None
    cue: ShownCue | None = None
    cue_until: float = 0.0
    held_until: float | None = None
    hidden: bool = False
    notices: tuple[tuple[Notice, tuple[datetime, datetime] | None], ...] = ()
    """What waits to be answered, the first is shown; with the sleep that may be left out."""
    ended: "tuple[Session, float] | None" = None
    last: Now | None = None
    zone: str = ""
    beat: float | None = None

    @property
    def notice(self) -> Notice | None:
        """The notice on screen."""
        return self.notices[0][0] if self.notices else None

    def told(self, notice: Notice, slept: tuple[datetime, datetime] | None = None) -> "_State":
        """The notice added. It takes the place of an earlier one of its kind, except where that left a choice."""
        waiting = (each for each in self.notices if each[1] is not None or each[0].kind != notice.kind)
        return replace(self, notices=(*waiting, (notice, slept)))

    def forgotten_in(self, now: Now) -> float:
        """Seconds for which an end can be taken back, at most a heartbeat; a heartbeat where nothing has ended."""
        from coachdesk.practice.sessions import TAKE_BACK_WITHIN

        return HEARTBEAT if self.ended is None else min(HEARTBEAT, self.ended[1] + TAKE_BACK_WITHIN - now.awake)

    def hold_left(self, now: Now) -> int | None:
        """Minutes for which cues are still held, rounded up."""
        if self.held_until is None or now.awake >= self.held_until:
            return None
        return math.ceil((self.held_until - now.awake) / 60)
