"""What the coach may ask of focus mode, from a page, the bar or the tray."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from coachdesk.errors import sentence_of
from coachdesk.words import ngettext

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell

ALONE_MINUTES = 25
"""How long focus mode lasts that was asked for without a session: everything that is quiet has an end."""


def put_back(shell: Shell, tell: Callable[[str], object] | None = None) -> None:
    """Put everything back now, also what a killed CoachDesk left, and say what came of it."""
    from coachdesk.ui import quiet_words

    tell = tell or shell.say
    if shell.focus is not None:
        shell.tasks.run(
            shell.focus.put_back,
            done=lambda outcome: tell(quiet_words.after(outcome)),
            failed=lambda error: tell(sentence_of(error)),
        )


def begin(shell: Shell, desk: Desk, minutes: int = ALONE_MINUTES) -> None:
    """Focus mode without a session, for some minutes; raises Refused."""
    from coachdesk.focus.plan import Plan

    if shell.focus is not None:
        lasts = timedelta(minutes=minutes)
        shell.focus.enter(Plan.of(desk.settings, lasts.total_seconds()), desk.now().at + lasts)


def go_on(shell: Shell, desk: Desk) -> None:
    """Be quiet again for the session that runs; raises Refused."""
    from coachdesk.focus.plan import GRACE, Plan

    moment = shell.sitting.moment()
    if shell.focus is not None and moment is not None:
        shell.focus.enter(Plan.of(desk.settings, max(0.0, moment.remaining) + GRACE))


def alone_words() -> str:
    """What beginning without a session is called."""
    words = ngettext("Focus for {n} minute", "Focus for {n} minutes", ALONE_MINUTES)
    return words.format(n=ALONE_MINUTES)
