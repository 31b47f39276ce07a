"""The path of a session between its pages: beginning it, and the words that name it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coachdesk.practice import sessions
from coachdesk.practice.brief import Brief
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.ui.widgets.page import Shell


def begin(shell: Shell, client_id: str, minutes: int, template: str, intention: str = "") -> sessions.Session | None:
    """Begin the session and leave the screen to the call; None when it was refused, which is then said."""
    begun = None
    with shell.telling():
        if shell.sitting is not None:
            begun = shell.sitting.begin(client_id, minutes=minutes, template=template, intention=intention)
    if begun is not None:
        shell.bridge.sitting_changed.emit()
        shell.show_page("session")
        shell.step_aside()
    return begun


def number_words(brief: Brief) -> str:
    """Which session it is: "session 4 of 10"."""
    planned = brief.client.planned_sessions
    if planned and brief.session_number <= planned:
        return _("session {n} of {planned}").format(n=brief.session_number, planned=planned)
    return _("session {n}").format(n=brief.session_number)
