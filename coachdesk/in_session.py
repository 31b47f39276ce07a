"""What the sitting holds of the running session: its view of the records, and what is on screen now."""

import math
from dataclasses import dataclass
from datetime import datetime

from coachdesk import prompts
from coachdesk.clock import Now, Phase, SessionClock
from coachdesk.desk import Desk
from coachdesk.practice import cues_shown, marks, own_prompts, sessions
from coachdesk.reminders import cues
from coachdesk.words import _, ngettext


@dataclass(frozen=True)
class InSession:
    """What the records say of the running session, read again only after a change."""

    session: sessions.Session
    clock: SessionClock
    points: tuple[cues.Point, ...]
    showings: tuple[cues.Showing, ...]
    marks: tuple[float, ...]
    phases: tuple[Phase, ...]
    next_at: datetime | None
    late_by: int

    def situation(self, now: Now, *, held: bool, hidden: bool, stays: float) -> cues.Situation:
        """What the cue rules look at."""
        return cues.Situation(
            here=self.clock.since_start(now), length=self.clock.length, showings=self.showings, marks=self.marks,
            paused=self.clock.paused, held=held, hidden=hidden, stays=stays,
        )  # fmt: skip


def look(desk: Desk) -> InSession | None:
    """The running session as the records have it; None when none runs."""
    row = desk.read(sessions.running)
    if row is None:
        return None
    clock, wishes = desk.read(sessions.clock_of, row), desk.settings.cues
    first = sessions.planned_length(row)
    points = cues.points(clock.length, wishes.process_checks, wishes.landing, end=wishes.end, planned=first)
    shown = desk.read(cues_shown.of_session, row.id)
    return InSession(
        session=row, clock=clock, points=points,
        showings=tuple(cues.Showing(s.point, s.kind, float(s.at_seconds), s.answer) for s in shown),
        marks=tuple(float(m.at_seconds) for m in desk.read(marks.of_session, row.id)),
        phases=next((t.phases for t in desk.settings.templates if t.id == row.template), ()),
        next_at=_next_today(desk), late_by=_late_by(row, clock),
    )  # fmt: skip


def wording(desk: Desk, view: InSession, point: cues.Point, now: Now) -> tuple[str, str, str]:
    """What a cue says: the prompt's id (empty for our own lines), the short line, the full wording."""
    minutes = math.ceil(view.clock.remaining(now) / 60)
    if point.kind == "landing":
        line = ngettext("{n} minute left: time to land", "{n} minutes left: time to land", minutes)
        return (
            "",
            line.format(n=minutes),
            _("There is time to gather what mattered and what comes next, without hurry."),
        )
    if point.kind == "end":
        return "", _("The agreed time is over"), _("You can end here, or agree on a few minutes more.")
    prompt = _prompt(desk, view, point)
    if prompt is None:  # the coach has switched every one of them off
        alone = view.session.kind == "self"
        line = _("How is this for me?") if alone else _("How is this conversation for you so far?")
        return "", line, line
    return prompt.id, prompt.short, prompt.text


def _prompt(desk: Desk, view: InSession, point: cues.Point) -> prompts.Prompt | None:
    """The process check to offer: the same one when it comes back, else one this client has not been asked lately."""
    everything = library(desk)
    before = [s.prompt_id for s in desk.read(cues_shown.of_session, view.session.id) if s.point == point.name]
    again = next((p for p in everything if p.id in before), None)
    used = desk.read(cues_shown.prompts_used, view.session.client_id)
    category = "self" if view.session.kind == "self" else "process_check"
    return again or prompts.choose(everything, category, used, view.session.id)


def library(desk: Desk) -> tuple[prompts.Prompt, ...]:
    """All prompts, shipped and one's own, those switched off marked as such."""
    own = (row.plain() for row in desk.read(own_prompts.every))
    return prompts.library(desk.settings.appearance.language, desk.settings.prompts.off, own)


def _next_today(desk: Desk) -> datetime | None:
    """When the next planned session begins, within the coming twelve hours."""
    now = desk.now()
    ahead = [s.planned_start for s in desk.read(sessions.coming) if s.planned_start and s.planned_start > now.at]
    return ahead[0] if ahead and (ahead[0] - now.at).total_seconds() < 12 * 3600 else None


def _late_by(row: sessions.Session, clock: SessionClock) -> int:
    """Minutes of the planned length that a late start took away and that were not given back."""
    missing = 60 * (row.planned_minutes or 0) - clock.length
    return max(0, round(missing / 60)) if row.planned_start else 0
