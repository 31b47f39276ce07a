"""Focus mode follows the session: on while one runs, a little longer for closing it, and off by the coach's word."""

from datetime import timedelta
from typing import TYPE_CHECKING

from coachdesk.clock import Now
from coachdesk.desk import Desk
from coachdesk.focus.plan import GRACE, Plan

if TYPE_CHECKING:
    from coachdesk.focus.mode import Focus
    from coachdesk.in_session import InSession

CLOSING = 10 * 60.0
"""Seconds for which it goes on after a session, at most, so that closing it is quiet too."""
WORTH_TELLING = 60.0
"""Seconds by which the end must move before the guardian is told: it has ``GRACE`` to spare."""


class SessionFocus:
    """Begins focus mode once for each session, keeps its end beyond the session's, and lets it run out.

    One rule covers a session begun here, by the command line, or found running after a crash; one that is paused,
    extended or over its time; and one whose end is taken back. What the coach has ended by hand stays ended.
    """

    def __init__(self, desk: Desk, focus: "Focus | None") -> None:
        self._desk, self._focus = desk, focus
        self._session_id = ""
        self._ours = False
        """Whether what is on now goes with a session; one's own time, with this switched off, does not."""
        self._until: float | None = None
        """Awake reading at which the guardian was last told to end by itself; None when the session is over."""

    def follow(self, view: "InSession | None", now: Now) -> None:
        """Bring focus mode in line with the session that runs now, if one does."""
        if self._focus is None:
            return
        if view is not None:
            self._go_on(self._focus, view, now)
        elif self._until is not None:
            self._until = None
            if self._ours:
                self._focus.last(CLOSING, now.at + timedelta(seconds=CLOSING))

    def _go_on(self, focus: "Focus", view: "InSession", now: Now) -> None:
        new = view.session.id != self._session_id
        if new:
            self._session_id, self._ours = view.session.id, self._desk.settings.focus.with_sessions
        lasts = self._desk.clock.real_seconds(max(0.0, view.clock.remaining(now))) + GRACE
        if self._until is not None and not new and abs(now.awake + lasts - self._until) < WORTH_TELLING:
            return
        self._until = now.awake + lasts
        if self._ours and focus.state.is_on:
            focus.last(lasts)
        elif self._ours and new:
            focus.enter(Plan.of(self._desk.settings, lasts))
