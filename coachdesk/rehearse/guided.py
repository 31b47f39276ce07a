"""A rehearsal in the real window: the pace of its clock, and the line that says what to try next."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coachdesk.clock import Clock, Now
from coachdesk.desk import Changed, Desk
from coachdesk.rehearse.stage import Stage
from coachdesk.settings import Settings, changed
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.moment import Moment, ShownCue
    from coachdesk.practice.sessions import Session


@dataclass
class Pace:
    """A clock that goes as in life, and faster while a session runs: so there is time to read before and after."""

    clock: Clock
    speed: float
    real: Now
    shown: Now
    fast: bool = False

    @classmethod
    def of(cls, clock: Clock, speed: float) -> "Pace":
        """Begin now, as in life."""
        now = clock.now()
        return cls(clock, speed, now, now)

    def now(self) -> Now:
        """The present reading."""
        real, here = self.clock.now(), self.shown
        factor = self.speed if self.fast else 1.0
        return replace(
            real,
            at=here.at + (real.at - self.real.at) * factor,
            awake=here.awake + (real.awake - self.real.awake) * factor,
            up=here.up + (real.up - self.real.up) * factor,
        )

    def real_seconds(self, seconds: float) -> float:
        """Real seconds until so many of this clock have passed."""
        return self.clock.real_seconds(seconds) / (self.speed if self.fast else 1.0)

    def go(self, *, fast: bool) -> None:
        """Go at this pace from now on; the reading itself does not jump."""
        self.shown, self.real, self.fast = self.now(), self.clock.now(), fast


@dataclass
class Guided:
    """A rehearsal in the real window: the pace of its clock, and one line that says what to try next."""

    stage: Stage
    pace: Pace

    def watch(self, desk: Desk) -> None:
        """Follow what the coach does on this desk."""

        def on_changed(_changed: Changed) -> None:
            from coachdesk.practice import sessions

            if desk.is_open:
                self.pace.go(fast=desk.read(sessions.running) is not None)

        desk.listeners.insert(0, on_changed)

    def line(self, desk: Desk, moment: "Moment | None") -> str:
        """What to try now, in a sentence or two; empty while the records are locked."""
        if not desk.is_open:
            return ""
        if moment is not None and moment.state != "ended":
            return _in_session(desk, moment)
        return _around(desk, self.stage.client_id, moment, self.pace.speed)


def wishes(settings: Settings, speed: float) -> Settings:
    """The coach's own settings, with cues that stay long enough to be read on a clock so fast."""
    return changed(settings, "cues.seconds", min(120, round(settings.cues.seconds * max(1.0, speed / 4))))


def _in_session(desk: Desk, moment: "Moment") -> str:
    from coachdesk.practice import commitments, marks

    keys = desk.settings.shortcuts
    if moment.cue is not None:
        return _on_cue(desk, moment.cue)
    if moment.state == "paused":
        return _("Paused: the time stands still for you, the agreed end stays. Go on when you like.")
    if moment.at_end:
        return _("The time is over and nothing presses you. End with {key}, or in the bar.").format(key=keys.end)
    if not desk.read(marks.of_session, moment.session_id):
        return _(
            "The bar is all that stays beside a call. Point at it to open it. Mark this moment: {key}, also while "
            "another window has the keyboard."
        ).format(key=keys.mark)
    if not desk.read(commitments.of_session, moment.session_id):
        return _("Note a promise: {key}, a few words, Enter.").format(key=keys.promise)
    return _(
        "At half-time a process check fades in, ten and five minutes before the end a landing cue. "
        "Hide everything: {key}."
    ).format(key=keys.hide)


def _on_cue(desk: Desk, cue: "ShownCue") -> str:
    keys = desk.settings.shortcuts
    if cue.kind == "process_check":
        return _("A process check: words you may say. Asked: {asked}. Later: {later}. It also goes by itself.").format(
            asked=keys.asked, later=keys.later
        )
    if cue.kind == "landing":
        return _("A landing cue: nobody is hurried at the end. There is nothing to do.")
    return _("The agreed time is over. End with {end}, or agree on five minutes more: {more}.").format(
        end=keys.end, more=keys.extend5
    )


def _around(desk: Desk, client_id: str, moment: "Moment | None", speed: float) -> str:
    """Before a session and after it."""
    from coachdesk.practice import sessions

    held: Session | None = next(iter(desk.read(sessions.held, client_id)), None)
    if held is None or held.started_at is None or (desk.now().at - held.started_at).days >= 1:
        if speed == 1:
            return _("An example practice with made-up people; nothing of it is kept. Try whatever you like.")
        return _(
            "A rehearsal with made-up people; nothing of it is kept. Open Mara's brief, then begin. "
            "Time goes faster while the session runs."
        )
    if held.closed_at is None:
        taken_back = _("For a minute the end can be taken back. ") if moment is not None else ""
        return taken_back + _("Close the session: what was promised, what mattered. Later is possible too.")
    return _(
        "That was the whole path: Mara's next brief begins with what was promised. Close the window when you like."
    )
